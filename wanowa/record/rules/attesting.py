"""Inspecting checkpoints: whether each is signed, follows the one before, and has the root its heads give."""

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

from django.utils.translation import gettext as _

from wanowa.record.rules.notes import Check, Key, Note, digest_of, read_note
from wanowa.record.rules.problems import Problem
from wanowa.record.rules.sealing import GENESIS, Fault
from wanowa.record.rules.tree import Leaf, Tree

PLACE = "record.checkpoint"
"""Where problems of checkpoints are: the number is that of the checkpoint."""
KEYS = "record.logkey"
"""Where problems of keys are: the number is that of the key."""


class KeyRow(NamedTuple):
    """One public key as it lies in the database. `lost`: introduced when the key before it was gone."""

    number: int
    text: str
    lost: bool


class CheckpointRow(NamedTuple):
    """One checkpoint as it lies in the database, with the heads that moved since the one before."""

    number: int
    text: str
    note: str
    root: str
    size: int
    entries: int
    at: str
    digest: str
    key: int
    moved: Sequence[Leaf]


type Introduced = Mapping[int, tuple[str, bool]]
"""What the record itself says of keys: number → digest of its text, and whether the one before was lost."""


class Heads:
    """The heads of all cases, moving forward from checkpoint to checkpoint, and the tree over them."""

    def __init__(self) -> None:
        self.entries = 0
        self._ends: dict[str, Leaf] = {}
        self._order: list[bytes] = []
        self._tree = Tree()

    @property
    def size(self) -> int:
        """How many cases there are."""
        return len(self._order)

    @property
    def root(self) -> str:
        """The root over all heads, in hex."""
        return self._tree.root.hex()

    def move(self, moved: Iterable[Leaf]) -> list[str]:
        """Take over heads that moved; return the cases whose heads did not move forward.

        ValueError, and nothing taken over, when one of them is no head at all.
        """
        changed, added, backward = [], [], []
        for leaf, value in [(leaf, leaf.hash()) for leaf in moved]:
            before, place = self._ends.get(leaf.case), bisect_left(self._order, leaf.case.encode())
            if leaf.number <= (before.number if before else 0):
                backward.append(leaf.case)
            if before is None:
                self._order.insert(place, leaf.case.encode())
                added.append((place, value))
            else:
                changed.append((leaf.case.encode(), value))
            self.entries += leaf.number - (before.number if before else 0)
            self._ends[leaf.case] = leaf
        self._tree.put_in(added)
        self._tree.change((bisect_left(self._order, name), value) for name, value in changed)
        return backward


def inspect_keys(keys: Sequence[KeyRow], introduced: Introduced) -> Iterator[Problem]:
    """Yield everything wrong with the public keys, in order of their numbers."""
    for number, row in enumerate(keys, 1):
        try:
            key = Key.read(row.text)
            named = key.name.rpartition("/")[2] == str(row.number)
        except Fault:
            named = False
        if row.number != number or not named:
            yield Problem(
                KEYS, row.number, "key", _("%(number)s番の公開鍵がこわれています。") % {"number": row.number}
            )
        elif introduced.get(row.number) != (digest_of(row.text), row.lost):
            sentence = _("%(number)s番の公開鍵が、経過に書かれた鍵とちがいます。")
            yield Problem(KEYS, row.number, "key", sentence % {"number": row.number})
    for number in sorted(introduced.keys() - {row.number for row in keys}):
        yield Problem(KEYS, number, "key", _("%(number)s番の公開鍵がありません。") % {"number": number})


def inspect_checkpoints(
    rows: Iterable[CheckpointRow], keys: Sequence[KeyRow], check: Check
) -> Iterator[Problem]:
    """Yield everything wrong with checkpoints, given in order of their numbers, and with their heads.

    Costs one signature a checkpoint, and the hashes above the heads that moved.
    """
    known, heads = {row.number: row for row in keys}, Heads()
    number, previous, before = 0, GENESIS, 0
    for row in rows:
        if row.number != number + 1:
            yield _problem(number + 1, "gap", _("%(number)s番のまとめ印がありません。"))
        try:
            note = read_note(row.note)
            backward = heads.move(row.moved)
            fits = _fits(row, note, previous if row.number == number + 1 else note.statement.previous)
            signed = _signed(row, note, known, before, check)
        except (ValueError, KeyError):
            yield _problem(row.number, "checkpoint", _("%(number)s番のまとめ印がこわれています。"))
        else:
            if not fits:
                sentence = _("%(number)s番のまとめ印が、前のまとめ印とつながりません。")
                yield _problem(row.number, "checkpoint", sentence)
            if not signed:
                yield _problem(row.number, "signature", _("%(number)s番のまとめ印の署名が合いません。"))
            found = (heads.root, heads.size, heads.entries)
            if found != (row.root, row.size, row.entries) or backward:
                sentence = _("%(number)s番のまとめ印が、そのときの先頭と合いません。")
                yield _problem(row.number, "root", sentence)
        number, previous, before = row.number, digest_of(row.text), row.key


def _fits(row: CheckpointRow, note: Note, previous: str) -> bool:
    """Tell whether columns, text and note say the same, and the note follows the one before."""
    said = note.statement
    columns = (row.number, row.text, row.root, row.size, row.entries, row.at, row.digest)
    note_says = (said.number, note.text, said.root, said.size, said.entries, said.at, digest_of(note.text))
    return columns == note_says and said.previous == previous


def _signed(row: CheckpointRow, note: Note, known: Mapping[int, KeyRow], before: int, check: Check) -> bool:
    """Tell whether exactly the right keys signed: its own, and before it the one that it relieves."""
    own = Key.read(known[row.key].text)
    wanted, relieves = {own.name: own}, bool(before) and before != row.key
    if relieves:
        old = Key.read(known[before].text)
        crossed = any(signature.name == old.name for signature in note.signatures)
        if crossed or not known[row.key].lost:
            wanted[old.name] = old
    return (
        note.statement.key == (own.text if relieves else "")
        and note.statement.origin == own.name.rpartition("/")[0]
        and sorted(signature.name for signature in note.signatures) == sorted(wanted)
        and all(note.signed_by(key, check) for key in wanted.values())
        and row.key >= before
    )


def _problem(number: int, kind: str, sentence: str) -> Problem:
    return Problem(PLACE, number, kind, sentence % {"number": number})
