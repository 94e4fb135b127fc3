"""Every change that the owner of the database could make to one log is found, and names the place.

The bulk works in memory, through the same inspection that `verify` uses, on rows of a real log; a few hundred
changes are made by SQL in the database and rolled back. Not counted as changes to the log: another `id` that
keeps the order (of deliveries), and the flag `Opening.public` (not sealed, see services/verifying.py).
"""

import json
import random
from collections.abc import Iterator
from itertools import groupby, pairwise

import pytest
from django.db import transaction

from tests.evidence import asked
from wanowa.record.rules import GENESIS, EntryRow, HeadRow, Problem, canonical, content_of, inspect_case, seal
from wanowa.record.services import verify
from wanowa.record.services.verifying import _Reading
from wanowa.record.tests.conftest import known_verbs  # noqa: F401 - a fixture
from wanowa.record.tests.factories import OFFERED, PAID, TICKED, case, offer, pay, tick, unprotected

pytestmark = pytest.mark.django_db

type Log = tuple[list[EntryRow], dict[str, HeadRow]]
type Mutation = tuple[str, Log, set[tuple[str, int]]]
"""What was done, the log afterwards, and the places one of which must be named."""

VERBS = {verb.name: verb.holds for verb in (OFFERED, PAID, TICKED)}
BULK = 12_000
BY_SQL = 300


@pytest.fixture
def log() -> Log:
    """Give a log of three cases as it lies in the database."""
    for pk, length in ((1, 9), (2, 4), (3, 1)):
        for number in range(length):
            if number % 3 == 0:
                offer(case(pk), number=number, note=f"{number}人が来ました")
            else:
                (pay, tick)[number % 2](case(pk))
    reading = _Reading()
    return list(reading.entries()), dict(reading.heads)


def problems(log: Log) -> list[Problem]:
    """Inspect a log in memory, as `verify` does in the database."""
    entries, heads = log
    rows = {name: list(own) for name, own in groupby(sorted(entries, key=_place), key=lambda row: row.case)}
    return [
        problem
        for name in sorted(rows.keys() | heads.keys())
        for problem in inspect_case(rows.get(name, ()), heads.get(name), VERBS)
    ]


def _place(row: EntryRow) -> tuple[str, int, int]:
    return row.case, row.number, row.id


def test_the_log_itself_is_clean(log):
    assert problems(log) == []
    assert verify().clean


def test_more_than_ten_thousand_changes_are_all_found_and_named(log):
    chance = random.Random(20261123)
    made: dict[str, int] = {}
    missed = []
    source = mutations(log, chance)
    for _ in range(BULK):
        name, changed, places = next(source)
        made[name] = made.get(name, 0) + 1
        found = {(problem.case, problem.number) for problem in problems(changed)}
        if not found & places:
            missed.append((name, places, found))
    assert missed == []
    assert sum(made.values()) == BULK
    assert min(made[name.__name__] for name in WAYS) >= BULK // len(WAYS) // 2


def mutations(log: Log, chance: random.Random) -> Iterator[Mutation]:
    """Yield one changed log after the other, all ways of changing in turn; skip what changes nothing."""
    while True:
        for way in WAYS:
            entries, heads = log
            changed, places = way(list(entries), dict(heads), chance)
            if changed != log:
                yield way.__name__, changed, places


def _flip(text: str, chance: random.Random) -> str:
    """Change one bit of one character's UTF-8 so that it is still text PostgreSQL would take."""
    raw = bytearray(text.encode())
    while True:
        changed = bytearray(raw)
        changed[chance.randrange(len(raw))] ^= 1 << chance.randrange(8)
        try:
            found = changed.decode()
        except UnicodeDecodeError:
            continue
        if "\x00" not in found:
            return found


def _change(entries: list[EntryRow], place: int, /, **values: object) -> None:
    entries[place] = entries[place]._replace(**values)


def flip_a_column(entries, heads, chance):
    """Flip a bit of the case, time, verb or digest, or change a number."""
    at = chance.randrange(len(entries))
    old = entries[at]
    column = chance.choice(["case", "at", "verb", "digest", "number", "version", "party"])
    value = getattr(old, column)
    bit = 1 << chance.randrange(16)
    new = _flip(value, chance) if isinstance(value, str) else (value or 0) ^ bit
    _change(entries, at, **{column: new})
    return (entries, heads), {(old.case, n) for n in (old.number, old.number + 1)}


def flip_a_fact(entries, heads, chance):
    """Flip a bit of the facts or commitments as the database keeps them, or name a fact otherwise."""
    at = chance.randrange(len(entries))
    old = entries[at]
    column = chance.choice(["facts", "commitments"])
    kept = dict(getattr(old, column))
    if not kept:
        kept["number"] = chance.randrange(100)
    else:
        name = chance.choice(sorted(kept))
        way = chance.randrange(4)
        value = kept.pop(name)
        if way == 0:
            kept[_flip(name, chance)] = value
        elif way == 1 and isinstance(value, int):
            kept[name] = float(value)
        elif way == 2:
            kept["extra"], kept[name] = True, value
        elif isinstance(value, str):
            kept[name] = _flip(value, chance)
        else:
            kept[name] = value ^ (1 << chance.randrange(20))
    _change(entries, at, **{column: json.loads(json.dumps(kept))})
    return (entries, heads), {(old.case, old.number)}


def flip_an_opening(entries, heads, chance):
    """Flip a bit of a salt, a value or a field, drop an opening, or give one to another entry."""
    at = chance.choice([n for n, row in enumerate(entries) if row.openings])
    old = entries[at]
    openings = list(old.openings)
    number = chance.randrange(len(openings))
    opening = openings.pop(number)
    way = chance.choice(["salt", "value", "field", "drop", "double", "move"])
    if way == "salt":
        salt = bytearray(opening.salt)
        salt[chance.randrange(16)] ^= 1 << chance.randrange(8)
        openings.append(opening._replace(salt=bytes(salt)))
    elif way in {"value", "field"}:
        openings.append(opening._replace(**{way: _flip(getattr(opening, way), chance)}))
    elif way == "double":
        openings += [opening, opening]
    elif way == "move":
        other = chance.choice([n for n in range(len(entries)) if n != at])
        _change(entries, other, openings=(*entries[other].openings, opening))
    _change(entries, at, openings=tuple(openings))
    return (entries, heads), {(old.case, old.number)}


def change_a_head(entries, heads, chance):
    """Flip a bit of a head, move it, or drop it."""
    old = heads.pop(chance.choice(sorted(heads)))
    column = chance.choice(["digest", "at", "number", "last_id", "drop"])
    if column in {"digest", "at"}:
        heads[old.case] = old._replace(**{column: _flip(getattr(old, column), chance)})
    elif column != "drop":
        heads[old.case] = old._replace(**{column: getattr(old, column) ^ (1 << chance.randrange(12))})
    return (entries, heads), {(old.case, n) for n in (old.number, old.number + 1)}


def delete(entries, heads, chance):
    """Remove one entry, or a few in a row."""
    at = chance.randrange(len(entries))
    old = entries[at]
    many = chance.randrange(1, 4)
    kept = [row for row in entries if not (row.case == old.case and 0 <= row.number - old.number < many)]
    return (kept, heads), {(old.case, old.number)}


def truncate(entries, heads, chance):
    """Remove the newest entries of a case, down to nothing."""
    last = heads[chance.choice(sorted(heads))]
    keep = chance.randrange(last.number)
    kept = [row for row in entries if row.case != last.case or row.number <= keep]
    return (kept, heads), {(last.case, keep + 1)}


def duplicate(entries, heads, chance):
    """Put an entry in a second time, under its number or another."""
    old = chance.choice(entries)
    number = chance.choice([old.number, heads[old.case].number + 1])
    entries.append(old._replace(id=10_000, number=number, openings=()))
    return (entries, heads), {(old.case, number)}


def insert(entries, heads, chance):
    """Put a new entry in, well sealed to the one before it, and move the others up."""
    old = chance.choice(entries)
    before = {row.number: row.digest for row in entries if row.case == old.case}
    forged = sealed(
        old._replace(party=chance.randrange(1, 99), commitments={}, openings=()), before.get(old.number - 1)
    )
    moved = [
        row._replace(number=row.number + 1) if row.case == old.case and row.number >= old.number else row
        for row in entries
    ]
    return ([*moved, forged._replace(id=old.id - 1)], heads), {
        (old.case, n) for n in (old.number, old.number + 1)
    }


def reorder(entries, heads, chance):
    """Exchange the numbers of two entries of a case."""
    pairs = [(a, b) for a, b in pairwise(entries) if a.case == b.case]
    one, two = chance.choice(pairs)
    kept = [row for row in entries if row not in (one, two)]
    kept += [one._replace(number=two.number), two._replace(number=one.number)]
    return (kept, heads), {(one.case, one.number), (one.case, two.number)}


def move_to_another_case(entries, heads, chance):
    """Give an entry to another case, at its end or in another's place."""
    at = chance.randrange(len(entries))
    old = entries[at]
    target = chance.choice([name for name in sorted(heads) if name != old.case])
    number = chance.choice([heads[target].number + 1, chance.randrange(1, heads[target].number + 1)])
    _change(entries, at, case=target, number=number)
    return (entries, heads), {(old.case, old.number), (target, number)}


def rewrite_a_part(entries, heads, chance):
    """Change an entry and seal it and some after it anew, up to before the head."""
    old = chance.choice([row for row in entries if row.number < heads[row.case].number])
    last = chance.randrange(old.number, heads[old.case].number)
    digests = {row.number: row.digest for row in entries if row.case == old.case}
    for at, row in sorted(enumerate(entries), key=lambda pair: pair[1].number):
        if row.case == old.case and old.number <= row.number <= last:
            party = chance.randrange(100, 200) if row.number == old.number else row.party
            entries[at] = sealed(row._replace(party=party), digests.get(row.number - 1))
            digests[row.number] = entries[at].digest
    return (entries, heads), {(old.case, last + 1)}


def rewrite_to_the_end(entries, heads, chance):
    """Change an entry and seal everything after it anew, but leave the head."""
    old = chance.choice(entries)
    digests = {row.number: row.digest for row in entries if row.case == old.case}
    for at, row in sorted(enumerate(entries), key=lambda pair: pair[1].number):
        if row.case == old.case and row.number >= old.number:
            party = chance.randrange(100, 200) if row.number == old.number else row.party
            entries[at] = sealed(row._replace(party=party), digests.get(row.number - 1))
            digests[row.number] = entries[at].digest
    return (entries, heads), {(old.case, heads[old.case].number)}


def sealed(row: EntryRow, before: str | None) -> EntryRow:
    """Return the row with the digest that a forger would compute."""
    content = content_of(
        case=row.case,
        number=row.number,
        at=row.at,
        verb=row.verb,
        party=row.party,
        facts=row.facts,
        commitments=row.commitments,
    )
    return row._replace(digest=seal(before or GENESIS, canonical(content)))


WAYS = [
    flip_a_column,
    flip_a_fact,
    flip_an_opening,
    change_a_head,
    delete,
    truncate,
    duplicate,
    insert,
    reorder,
    move_to_another_case,
    rewrite_a_part,
    rewrite_to_the_end,
]

ENTRY_BY_SQL = [
    """UPDATE record_entry SET "case" = "case" || '1' WHERE {this}""",
    "UPDATE record_entry SET number = number + 1 WHERE {this}",
    "UPDATE record_entry SET number = 0 WHERE {this}",
    "UPDATE record_entry SET version = 1 WHERE {this}",
    "UPDATE record_entry SET version = 3 WHERE {this}",
    "UPDATE record_entry SET at = at + interval '1 microsecond' WHERE {this}",
    "UPDATE record_entry SET at = at - interval '1 hour' WHERE {this}",
    "UPDATE record_entry SET at = at - interval '4051 years' WHERE {this}",
    "UPDATE record_entry SET at = 'infinity' WHERE {this}",
    "UPDATE record_entry SET verb = 'record.test.' WHERE {this}",
    "UPDATE record_entry SET party = coalesce(party, 0) + 1 WHERE {this}",
    "UPDATE record_entry SET facts = facts || '{{\"number\": 1.0}}' WHERE {this}",
    'UPDATE record_entry SET facts = facts || \'{{"name": "山田"}}\' WHERE {this}',
    "UPDATE record_entry SET facts = '[]' WHERE {this}",
    "UPDATE record_entry SET facts = 'null' WHERE {this}",
    "UPDATE record_entry SET facts = '{{\"number\": 1e999}}' WHERE {this}",
    "UPDATE record_entry SET facts = '{{\"number\": [{{}}]}}' WHERE {this}",
    'UPDATE record_entry SET commitments = commitments || \'{{"note": "0"}}\' WHERE {this}',
    "UPDATE record_entry SET commitments = '[]' WHERE {this}",
    "UPDATE record_entry SET digest = reverse(digest) WHERE {this}",
    "UPDATE record_entry SET digest = 'これは指紋ではない' WHERE {this}",
    "UPDATE record_entry SET digest = '' WHERE {this}",
    "DELETE FROM record_entry WHERE {this}",
    """INSERT INTO record_entry ("case", number, version, at, verb, party, facts, commitments, digest)
        SELECT "case", number, version, at, verb, party, facts, commitments, digest
        FROM record_entry WHERE {this}""",
    """INSERT INTO record_opening (entry_id, field, salt, value, public)
        SELECT id, 'more', '0123456789abcdef', '1', false FROM record_entry WHERE {this}""",
]
"""What an owner could do to the entry that `{this}` selects."""


def test_hundreds_of_changes_by_sql_are_all_found(log):
    entries, _ = log
    missed, made = [], 0
    for row in entries:
        for statement in ENTRY_BY_SQL:
            made += 1
            with transaction.atomic():
                with unprotected() as sql:
                    sql.execute(statement.format(this=f"id = {row.id}"))
                with asked():
                    places = {(problem.case, problem.number) for problem in verify().problems}
                transaction.set_rollback(True)
            if not places & {(row.case, n) for n in (row.number, row.number + 1, 1)}:
                missed.append((statement, row.case, row.number, places))
    assert missed == []
    assert made >= BY_SQL
    assert verify().clean


@pytest.mark.parametrize(
    "change",
    [
        "UPDATE record_opening SET value = reverse(value)",
        "UPDATE record_opening SET salt = decode('00', 'hex') || substr(salt, 2)",
        "UPDATE record_opening SET salt = ''",
        "UPDATE record_opening SET field = 'else' || id",
        "UPDATE record_opening SET entry_id = entry_id + 1000",
        "DELETE FROM record_opening",
        "DELETE FROM record_head",
        "UPDATE record_head SET digest = reverse(digest)",
        "UPDATE record_head SET number = number - 1",
        "UPDATE record_head SET last_id = last_id - 1",
        "UPDATE record_head SET at = NULL",
        "UPDATE record_head SET at = 'infinity'",
        """UPDATE record_head SET "case" = "case" || '1'""",
        "DELETE FROM record_entry",
        "TRUNCATE record_entry, record_opening",
    ],
)
def test_changes_of_whole_tables_by_sql_are_found(log, change):
    with unprotected() as sql:
        sql.execute(change)
    assert not verify().clean
