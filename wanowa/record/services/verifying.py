"""Verifying the process log: recompute everything from what lies in the database, and say what does not fit.

Found: an entry changed, inserted, removed, doubled, reordered or moved to another case; a head that does not
fit its entries (so also newest entries removed); a value kept back that is gone or not what was committed to;
a checkpoint that is not signed, does not follow the one before or has another root than its heads give; an
entry that is not the one a checkpoint sealed (so also a chain rewritten as a whole).
Not found: all of this rewritten together, checkpoints too, by somebody who has the database *and* the key, or
newest entries that no checkpoint covers yet removed with their head. For these somebody outside must hold a
checkpoint or receipt. `Entry.id` and `Opening.public` are not sealed.
"""

import json
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import groupby
from operator import attrgetter

from django.db import connection, transaction
from django.utils.translation import gettext as _

from wanowa.record.rules import EntryRow, HeadRow, OpeningRow, Problem, inspect_case
from wanowa.record.services.attesting import checkpoint_problems
from wanowa.record.services.signatures import check
from wanowa.record.verbs import known

type Evidence = Callable[[], Iterable[Problem]]
"""Compares an app's own tables with the log; yields what disagrees."""

_evidence: dict[str, Evidence] = {}

BATCH = 2_000
"""Entries read at a time: some megabytes of memory."""


@dataclass(frozen=True, slots=True)
class Report:
    """What `verify` read, and everything it found wrong."""

    entries: int
    cases: int
    problems: list[Problem]

    @property
    def clean(self) -> bool:
        """Nothing is wrong."""
        return not self.problems


def register_evidence(name: str, evidence: Evidence) -> None:
    """Let `verify` also ask `evidence`. Each app registers under a name of its own, in `ready()`."""
    _evidence[name] = evidence


def verify() -> Report:
    """Recompute every chain in one snapshot of the database and return what does not fit.

    Changes nothing, locks nothing, and reads the log in batches. Costs three queries a batch, and eight.
    """
    reading = _Reading()
    facts_of = {name: verb.holds for name, verb in known().items()}
    with one_snapshot():
        problems = [
            problem
            for case, entries in groupby(reading.entries(), key=attrgetter("case"))
            for problem in inspect_case(entries, reading.heads.get(case), facts_of)
        ]
        problems += reading.left_over()
        problems += checkpoint_problems(AT.format("at"), check)
        problems += (problem for evidence in _evidence.values() for problem in evidence())
    return Report(reading.entry_count, reading.case_count, problems)


@contextmanager
def one_snapshot() -> Iterator[None]:
    """Read everything as of one moment, unless the caller's transaction has already begun."""
    begun = connection.in_atomic_block
    with transaction.atomic():
        if not begun:
            with connection.cursor() as sql:
                sql.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
        yield


AT = """CASE WHEN {0} >= '1970-01-01Z' AND {0} < '10000-01-01Z'
    THEN to_char({0} AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') ELSE {0}::text END"""
"""A time as it is sealed. Years of other lengths and infinity keep another form, so they never match."""

ENTRIES = f"""SELECT id, "case", number, version, {AT.format("at")}, verb, party,
    facts::text, commitments::text, digest
    FROM record_entry ORDER BY "case", number, id"""  # noqa: S608 - constants
HEADS = f"""SELECT "case", number, digest, last_id, {AT.format("at")} FROM record_head"""  # noqa: S608 - constants
OPENINGS = "SELECT entry_id, field, salt, value FROM record_opening WHERE entry_id = ANY(%s) ORDER BY id"
HEADS_ALONE = f"""{HEADS} AS head
    WHERE NOT EXISTS (SELECT FROM record_entry WHERE record_entry."case" = head."case")"""
OPENINGS_ALONE = """SELECT count(*) FROM record_opening AS opening
    WHERE NOT EXISTS (SELECT FROM record_entry WHERE record_entry.id = opening.entry_id)"""


class _Reading:
    """One pass over the log, in batches; `heads` holds those of the cases in the batch being read."""

    def __init__(self) -> None:
        self.entry_count = 0
        self.case_count = 0
        self.heads: dict[str, HeadRow] = {}

    def entries(self) -> Iterator[EntryRow]:
        """Yield every entry with its openings, by case, number and id."""
        case = None
        with connection.chunked_cursor() as stream:
            stream.execute(ENTRIES)
            while rows := stream.fetchmany(BATCH):
                self.entry_count += len(rows)
                self.heads = self._heads_of({row[1] for row in rows})
                openings = self._openings_of([row[0] for row in rows])
                objects = iter(json.loads(f"[{','.join(text for row in rows for text in row[7:9])}]"))
                for row, facts, commitments in zip(rows, objects, objects, strict=False):
                    self.case_count += row[1] != case
                    case = row[1]
                    own = tuple(openings.get(row[0], ()))
                    yield EntryRow._make((*row[:7], facts, commitments, row[9], own))

    def left_over(self) -> Iterator[Problem]:
        """Yield what belongs to no entry: heads and openings."""
        with connection.cursor() as sql:
            sql.execute(HEADS_ALONE)
            for row in sql.fetchall():
                yield from inspect_case((), HeadRow(*row), {})
            sql.execute(OPENINGS_ALONE)
            (count,) = sql.fetchone()
        if count:
            sentence = _("どの記録のものでもない、ふせた値が%(count)s件あります。") % {"count": count}
            yield Problem("", None, "opening", sentence)

    def _heads_of(self, cases: set[str]) -> dict[str, HeadRow]:
        with connection.cursor() as sql:
            sql.execute(f'{HEADS} WHERE "case" = ANY(%s)', [list(cases)])
            return {row[0]: HeadRow(*row) for row in sql}

    def _openings_of(self, entries: list[int]) -> dict[int, list[OpeningRow]]:
        found: dict[int, list[OpeningRow]] = {}
        with connection.cursor() as sql:
            sql.execute(OPENINGS, [entries])
            for opening in map(OpeningRow._make, sql.fetchall()):
                found.setdefault(opening.entry, []).append(opening)
        return found
