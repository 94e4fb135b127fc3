"""A receipt: what somebody keeps so that nobody can rewrite an entry behind her back, all in one short text.

    wanowa receipt v1
    case <case>
    number <number of the entry>
    digest <its digest, hex>
    short <the digest as eight words>
    (empty line)
    <the note of a checkpoint whose heads cover the entry>
    (empty line)
    path <index of the case> <number of cases> <hashes to the root, hex, from below>
    leaf <number of the case's head in that checkpoint> <its digest, hex>

It needs no platform to be checked: signature, path and words fit or they do not. Whether the entry is still in
the chain is seen by comparing its digest with the platform's, or with a bundle's.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final, Self

from wanowa.record.rules.notes import Check, Key, Note, read_note
from wanowa.record.rules.sealing import Fault
from wanowa.record.rules.tree import Leaf, leads_to
from wanowa.record.rules.words import words_of

TITLE: Final = "wanowa receipt v1"
LONGEST: Final = 20_000
"""Characters beyond which a text is no receipt."""
_CASE: Final = re.compile(r"[a-z]+\.[a-z]+/[1-9][0-9]{0,17}", re.ASCII)
_HEX: Final = re.compile(r"[0-9a-f]{64}", re.ASCII)
_NUMBER: Final = re.compile(r"[1-9][0-9]{0,8}", re.ASCII)
_PLACE: Final = re.compile(r"0|[1-9][0-9]{0,8}", re.ASCII)


@dataclass(frozen=True, slots=True)
class Receipt:
    """One entry, and how a checkpoint covers it."""

    case: str
    number: int
    digest: str
    note: str
    index: int
    size: int
    path: Sequence[str]
    leaf: Leaf

    @property
    def short(self) -> str:
        """The entry's digest as words."""
        return words_of(self.digest)

    @property
    def text(self) -> str:
        """The receipt as it is mailed and downloaded."""
        return (
            f"{TITLE}\ncase {self.case}\nnumber {self.number}\ndigest {self.digest}\nshort {self.short}\n\n"
            f"{self.note}\n{' '.join(['path', str(self.index), str(self.size), *self.path])}\n"
            f"leaf {self.leaf.number} {self.leaf.digest}\n"
        )

    @classmethod
    def read(cls, typed: str) -> Self:
        """Return the receipt in a text that went through mail or a form. Fault when there is none."""
        if len(typed) > LONGEST:
            raise Fault("no receipt is that long")
        text = "".join(f"{line.rstrip()}\n" for line in typed.strip().splitlines())
        above, _empty, rest = text.partition("\n\n")
        note, _empty, below = rest.rpartition("\n\n")
        title, *lines = above.split("\n")
        if title != TITLE:
            raise Fault(f"a receipt begins with {TITLE!r}")
        case, number, digest, short = _named(lines, "case", "number", "digest", "short")
        path, leaf = _named(below.removesuffix("\n").split("\n"), "path", "leaf")
        index, size, *hashes = _matching(_PLACE, path.split(" "), of=2)
        leaf_number, _space, leaf_digest = leaf.partition(" ")
        _matching(_CASE, [case], of=1)
        _matching(_NUMBER, [number, leaf_number], of=2)
        _matching(_HEX, [digest, leaf_digest, *hashes], of=2 + len(hashes))
        found = cls(
            case=case,
            number=int(number),
            digest=digest,
            note=f"{note}\n",
            index=int(index),
            size=int(size),
            path=hashes,
            leaf=Leaf(case, int(leaf_number), leaf_digest),
        )
        if found.short != short:
            raise Fault("the words do not belong to the digest")
        return found

    def fits(self, chain: Mapping[int, str]) -> bool:
        """Tell whether a chain (number → digest) has the receipt's entry, and the head sealed with it, unchanged.

        So a receipt guards everything before that head, not its own entry alone.
        """
        return (chain.get(self.number), chain.get(self.leaf.number)) == (self.digest, self.leaf.digest)

    def holds(self, keys: Iterable[Key], check: Check) -> Note | None:
        """Return the note if this receipt is true in itself, whatever the platform says today; else None.

        True means: one of `keys` signed the note, the path leads from the leaf to its root, and the leaf is the
        entry or a later one of its case.
        """
        try:
            note = read_note(self.note)
        except Fault:
            return None
        if not any(note.signed_by(key, check) for key in keys):
            return None
        statement = note.statement
        fits = statement.size == self.size and leads_to(
            statement.root, self.leaf.hash(), self.index, self.size, self.path
        )
        later = self.number < self.leaf.number or (self.number, self.digest) == self.leaf[1:]
        return note if fits and later else None


def _named(lines: Sequence[str], *names: str) -> list[str]:
    """Return what stands behind each name; Fault unless the lines are exactly these."""
    found = [line.partition(" ") for line in lines]
    if [name for name, _space, _value in found] != list(names):
        raise Fault(f"a receipt has the lines {', '.join(names)}")
    return [value for _name, _space, value in found]


def _matching(pattern: re.Pattern[str], values: Sequence[str], *, of: int) -> Sequence[str]:
    """Return `values` if there are so many, at least, and the first of them match."""
    if len(values) < of or not all(pattern.fullmatch(value) for value in values[:of]):
        raise Fault(f"{values[:of]!r} has no place in a receipt")
    return values
