"""Making checkpoints: read again everything since the last one, and sign only what fits.

Promise: a number never has two roots, and none skips one. Whoever makes a checkpoint waits for the others; the
signed note leaves the process only after its row is committed; a crash before that leaves no trace. What was
added since the last checkpoint is read over a connection of its own, as it was committed, and every digest is
computed anew before the key is touched: an accident or an intruder between writing and signing stops the
checkpoint instead of being signed.
"""

import json
import logging
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager
from itertools import groupby
from operator import attrgetter
from typing import Final

from django.db import connection, transaction
from django.db.backends.base.base import BaseDatabaseWrapper
from django.utils import timezone
from django.utils.translation import gettext as _

from wanowa.kernel.actors import SYSTEM
from wanowa.record.models import Checkpoint, CheckpointHead, Halt, Head, LogKey
from wanowa.record.queries.checkpoints import latest_checkpoint, newest_key
from wanowa.record.rules import GENESIS, EntryRow, Problem, stamp
from wanowa.record.rules.attesting import PLACE
from wanowa.record.rules.inspecting import inspect_growth
from wanowa.record.rules.notes import Key, Note, Statement, digest_of
from wanowa.record.rules.tree import Leaf, root_of
from wanowa.record.services import keys
from wanowa.record.services.signatures import check
from wanowa.record.services.turns import one_at_a_time
from wanowa.record.services.unrecorded import unrecorded
from wanowa.record.services.verifying import AT, BATCH

HEADS: Final = """SELECT head."case", head.number, head.digest, sealed.number, sealed.digest
    FROM record_head AS head LEFT JOIN LATERAL (
        SELECT number, digest FROM record_checkpointhead
        WHERE "case" = head."case" ORDER BY checkpoint_id DESC LIMIT 1
    ) AS sealed ON true"""
GROWTH: Final = f"""SELECT id, entry."case", entry.number, version, {AT.format("at")}, verb, party,
    facts::text, commitments::text, digest
    FROM unnest(%s::text[], %s::int[]) AS start("case", number)
    JOIN record_entry AS entry ON entry."case" = start."case" AND entry.number >= start.number
    ORDER BY entry."case", entry.number, id"""  # noqa: S608 - constants

log = logging.getLogger(__name__)


class Halted(Exception):
    """Something did not fit, so nothing was signed. `problems` says what."""

    def __init__(self, problems: Sequence[Problem]) -> None:
        super().__init__(problems[0].sentence)
        self.problems = problems


@unrecorded("a checkpoint bears witness to the record; it is no step in it")
def checkpoint() -> Checkpoint | None:
    """Sign the heads of all cases as they are now; None when nothing moved since the last checkpoint.

    Raises Halted, after keeping a Halt and logging an error, when something does not fit; KeyUnusable when the
    key cannot be used. Costs about ten queries, and a hash for each entry added and for each case.
    """
    _have_a_key()
    with one_at_a_time():
        last = latest_checkpoint()
        with _as_committed() as line:
            state = _State(line)
            problems = list(state.problems(last))
        if not problems:
            return _signed(last, state) if state.moved else None
        _halt(last, problems)
    raise Halted(problems)


def _have_a_key() -> None:
    """Introduce the first key, once, when there is something to sign."""
    if newest_key() is None and Head.objects.exists():
        with one_at_a_time():
            if newest_key() is None:
                keys.introduce_key(by=SYSTEM)


@contextmanager
def _as_committed() -> Iterator[BaseDatabaseWrapper]:
    """Yield a connection of its own, in one snapshot of what is committed."""
    with closing(connection.copy()) as line, line.cursor() as sql:
        sql.execute("BEGIN ISOLATION LEVEL REPEATABLE READ, READ ONLY")
        yield line
        sql.execute("ROLLBACK")


class _State:
    """What is committed: the heads of all cases, what was last sealed of each, and what lies between."""

    def __init__(self, line: BaseDatabaseWrapper) -> None:
        self._line = line
        self.heads: list[Leaf] = []
        self._sealed: dict[str, Leaf] = {}
        with line.cursor() as sql:
            sql.execute(HEADS)
            for case, number, digest, sealed_number, sealed_digest in sql.fetchall():
                if sealed_number is not None:
                    self._sealed[case] = Leaf(case, sealed_number, sealed_digest)
                if number or sealed_number:
                    self.heads.append(Leaf(case, number, digest))
        self.moved = [head for head in self.heads if head != self._sealed.get(head.case)]

    def problems(self, last: Checkpoint | None) -> Iterator[Problem]:
        """Yield what does not fit: in the heads sealed last, and in every chain that moved since."""
        if last and (len(self._sealed) != last.size or root_of(self._sealed.values()) != last.root):
            sentence = _("%(number)s番のまとめ印が、そのときの先頭と合いません。")
            yield Problem(PLACE, last.number, "root", sentence % {"number": last.number})
        heads = {head.case: head for head in self.moved}
        starts = {case: self._sealed.get(case, Leaf(case, 0, GENESIS)) for case in heads}
        seen = set()
        for case, entries in groupby(self._growth(starts), key=attrgetter("case")):
            seen.add(case)
            yield from inspect_growth(starts[case], entries, heads[case])
        for case in heads.keys() - seen:
            yield from inspect_growth(starts[case], (), heads[case])

    def _growth(self, starts: dict[str, Leaf]) -> Iterator[EntryRow]:
        """Yield the entries from the sealed heads on, by case, number and id."""
        with self._line.chunked_cursor() as stream:
            stream.execute(GROWTH, [list(starts), [start.number for start in starts.values()]])
            while rows := stream.fetchmany(BATCH):
                for row in rows:
                    yield EntryRow._make((*row[:7], json.loads(row[7]), json.loads(row[8]), row[9], ()))


def _signed(last: Checkpoint | None, state: _State) -> Checkpoint:
    """Write down, sign, check and store what the heads are."""
    newest = newest_key()
    if newest is None:
        raise keys.KeyUnusable(keys.missing())
    kept = keys.kept_secrets()
    signers = _signers(last, newest, kept)
    number, now = last.number + 1 if last else 1, timezone.now()
    at = max(now, last.at) if last else now
    own = Key.read(newest.text)
    statement = Statement(
        origin=own.name.rpartition("/")[0],
        size=len(state.heads),
        root=root_of(state.heads),
        number=number,
        previous=last.digest if last else GENESIS,
        at=stamp(at),
        entries=sum(head.number for head in state.heads),
        key=own.text if last and last.key_id != newest.number else "",
    )
    note = Note(statement, statement.text, [signer.sign(statement.text) for signer in signers])
    if not note.signed_by(own, check):
        raise keys.KeyUnusable(_("まとめ印の署名が、公開鍵と合いません。鍵を控えから戻してください。"))
    made = Checkpoint.objects.create(
        number=number,
        text=note.text,
        note=note.whole,
        root=statement.root,
        size=statement.size,
        entries=statement.entries,
        at=at,
        digest=digest_of(note.text),
        key=newest,
    )
    CheckpointHead.objects.bulk_create(
        (
            CheckpointHead(checkpoint=made, case=head.case, number=head.number, digest=head.digest)
            for head in state.moved
        ),
        batch_size=BATCH,
    )
    if len(kept) > 1:
        transaction.on_commit(lambda: keys.keep_secrets([kept[own.name]]))
    return made


def _signers(last: Checkpoint | None, newest: LogKey, kept: dict[str, keys.Secret]) -> list[keys.Secret]:
    """Return who signs: the newest key, and before it the one that it relieves with this checkpoint."""
    own = kept.get(Key.read(newest.text).name)
    if own is None or own.key.text != newest.text:
        raise keys.KeyUnusable(keys.missing())
    if last is None or last.key_id == newest.number:
        return [own]
    old = kept.get(Key.read(last.key.text).name)
    if old is None and not newest.lost:
        raise keys.KeyUnusable(keys.missing())
    return [old, own] if old else [own]


def _halt(last: Checkpoint | None, problems: Sequence[Problem]) -> None:
    """Keep why there is no checkpoint, once, and raise the alarm."""
    number, first = last.number + 1 if last else 1, problems[0]
    Halt.objects.get_or_create(
        checkpoint=number,
        case=first.case,
        number=first.number,
        defaults={"at": timezone.now(), "sentence": first.sentence, "count": len(problems)},
    )
    log.error("checkpoint %s halted: %s %s %s", number, first.case, first.number, first.kind)
