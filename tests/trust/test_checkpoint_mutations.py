"""Whatever is changed in the tables of checkpoints and keys, inspecting finds it; what a full rewrite needs."""

import random
from collections.abc import Callable, Iterator
from dataclasses import replace
from itertools import groupby

import pytest

from tests.trust.test_log_mutations import VERBS, _flip, sealed
from wanowa.kernel.actors import SYSTEM
from wanowa.record.models import Entry
from wanowa.record.queries import receipt_of
from wanowa.record.queries.checkpoints import public_keys
from wanowa.record.rules import GENESIS, EntryRow, inspect_case
from wanowa.record.rules.attesting import CheckpointRow, Heads, KeyRow, inspect_checkpoints, inspect_keys
from wanowa.record.rules.notes import Key, Note, Statement, digest_of, read_note
from wanowa.record.rules.tree import Leaf
from wanowa.record.services import attesting, checkpoint, introduce_key, keys, verify
from wanowa.record.services.signatures import check
from wanowa.record.services.verifying import AT, _Reading
from wanowa.record.tests.conftest import known_verbs, own_key, uncommitted  # noqa: F401 - fixtures
from wanowa.record.tests.factories import case, offer, pay, tick, unprotected

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("uncommitted")]

BULK = 3_000
REWRITES = 200

type Tables = tuple[list[KeyRow], list[CheckpointRow]]


@pytest.fixture
def secrets(uncommitted) -> dict[str, keys.Secret]:  # noqa: F811 - the fixture
    """Make a record with five checkpoints, the last two by a new key; return all private keys."""
    for number in range(5):
        for pk in range(1, 3 + number):
            (offer, pay, tick)[number % 3](case(pk))
        if number == 3:
            introduce_key(by=SYSTEM)
        checkpoint()
    return keys.kept_secrets()


@pytest.fixture
def tables(secrets) -> Tables:
    """Return keys and checkpoints as they lie in the database."""
    rows = list(attesting._checkpoints(AT.format("at")))
    return [
        KeyRow(key.number, key.text, key.lost) for key in attesting.LogKey.objects.order_by("number")
    ], rows


@pytest.fixture
def found(tables) -> Callable[[Tables], set[int]]:
    """Return a function that inspects tables as `verify` does and returns the numbers it names."""
    introduced = attesting._introduced()

    def look(changed: Tables) -> set[int]:
        problems = [
            *inspect_keys(changed[0], introduced),
            *inspect_checkpoints(changed[1], changed[0], check),
        ]
        return {problem.number for problem in problems}

    return look


def test_the_tables_themselves_are_clean(tables, found):
    assert found(tables) == set()
    assert verify().clean


def test_thousands_of_changes_of_checkpoints_and_keys_are_all_found(tables, found):
    chance = random.Random(20261126)
    made: dict[str, int] = {}
    missed = []
    source = mutations(tables, chance)
    for _ in range(BULK):
        name, changed = next(source)
        made[name] = made.get(name, 0) + 1
        if not found(changed):
            missed.append(name)
    assert missed == []
    assert sum(made.values()) == BULK
    assert min(made[way.__name__] for way in WAYS) >= BULK // len(WAYS) // 2


def mutations(tables: Tables, chance: random.Random) -> Iterator[tuple[str, Tables]]:
    """Yield one changed pair of tables after the other; skip what changes nothing."""
    while True:
        for way in WAYS:
            changed = way(list(tables[0]), list(tables[1]), chance)
            if changed != tables:
                yield way.__name__, changed


def flip_a_column(signers, rows, chance):
    """Flip a bit of any column of a checkpoint."""
    at = chance.randrange(len(rows))
    column = chance.choice(["number", "text", "note", "root", "size", "entries", "at", "digest", "key"])
    old = getattr(rows[at], column)
    new = _flip(old, chance) if isinstance(old, str) else old ^ (1 << chance.randrange(12))
    rows[at] = rows[at]._replace(**{column: new})
    return signers, rows


def flip_a_head(signers, rows, chance):
    """Flip a bit of a head that was kept, drop it, double it, or add one."""
    at = chance.randrange(len(rows))
    moved = list(rows[at].moved)
    place = chance.randrange(len(moved))
    leaf = moved.pop(place)
    match chance.choice(["case", "number", "digest", "drop", "double", "add"]):
        case "number":
            moved.append(leaf._replace(number=leaf.number ^ (1 << chance.randrange(8))))
        case "double":
            moved += [leaf, leaf]
        case "add":
            moved += [leaf, leaf._replace(case="auth.group/999")]
        case ("case" | "digest") as column:
            moved.append(leaf._replace(**{column: _flip(getattr(leaf, column), chance)}))
    rows[at] = rows[at]._replace(moved=moved)
    return signers, rows


def move_a_head(signers, rows, chance):
    """Let a head count as kept by another checkpoint."""
    one, two = chance.sample(range(len(rows)), 2)
    leaf = chance.choice(rows[one].moved)
    rows[one] = rows[one]._replace(moved=[other for other in rows[one].moved if other != leaf])
    rows[two] = rows[two]._replace(moved=[*rows[two].moved, leaf])
    return signers, rows


def delete(signers, rows, chance):
    """Remove a checkpoint before the newest, with its heads or leaving them to the next."""
    at = chance.randrange(len(rows) - 1)
    gone = rows.pop(at)
    if chance.random() < 0.5:
        rows[at] = rows[at]._replace(moved=[*gone.moved, *rows[at].moved])
    return signers, rows


def reorder(signers, rows, chance):
    """Exchange the numbers of two checkpoints."""
    one, two = sorted(chance.sample(range(len(rows)), 2))
    rows[one], rows[two] = rows[two]._replace(number=one + 1), rows[one]._replace(number=two + 1)
    return signers, rows


def change_a_signature(signers, rows, chance):
    """Drop a signature, double one, or take one from another checkpoint."""
    at = chance.randrange(len(rows))
    note = read_note(rows[at].note)
    other = read_note(chance.choice(rows).note)
    signatures = chance.choice(
        [
            [*note.signatures, note.signatures[0]],
            [*note.signatures, *other.signatures],
            list(other.signatures),
            list(note.signatures)[1:] or list(other.signatures) * 2,
        ]
    )
    rows[at] = rows[at]._replace(note=note._replace(signatures=signatures).whole)
    return signers, rows


def rewrite_and_sign_anew(signers, rows, chance):
    """Say something else in one checkpoint and sign it with a key of one's own, under the right name."""
    at = chance.randrange(len(rows))
    said = read_note(rows[at].note).statement
    column = chance.choice(["root", "size", "entries", "at", "previous"])
    changes = {
        "root": f"{chance.getrandbits(256):064x}",
        "previous": f"{chance.getrandbits(256):064x}",
        "size": said.size + 1,
        "entries": said.entries + 1,
        "at": f"2026-11-25T20:00:00.{chance.randrange(10**6):06}Z",
    }
    forged = replace(said, **{column: changes[column]})
    name = Key.read(signers[rows[at].key - 1].text).name
    note = Note(forged, forged.text, [keys._made(name).sign(forged.text)])
    rows[at] = rows[at]._replace(
        text=note.text, note=note.whole, root=forged.root, size=forged.size, entries=forged.entries,
        at=forged.at, digest=digest_of(note.text),
    )  # fmt: skip
    return signers, rows


def change_a_key(signers, rows, chance):
    """Flip a bit of a key, say that one was lost, drop one, or put another in its place."""
    at = chance.randrange(len(signers))
    match chance.choice(["text", "lost", "number", "drop", "other"]):
        case "text":
            signers[at] = signers[at]._replace(text=_flip(signers[at].text, chance))
        case "lost":
            signers[at] = signers[at]._replace(lost=True)
        case "number":
            signers[at] = signers[at]._replace(number=chance.choice([0, 3, 7]))
        case "drop":
            del signers[at]
        case "other":
            other = keys._made(Key.read(signers[at].text).name).key.text
            signers[at] = signers[at]._replace(text=other)
    return signers, rows


WAYS = [
    flip_a_column,
    flip_a_head,
    move_a_head,
    delete,
    reorder,
    change_a_signature,
    rewrite_and_sign_anew,
    change_a_key,
]

BY_SQL = [
    "UPDATE record_checkpoint SET root = reverse(root) WHERE number = 2",
    "UPDATE record_checkpoint SET note = replace(note, 'entries', 'entries ') WHERE number = 2",
    "UPDATE record_checkpoint SET at = at + interval '1 microsecond' WHERE number = 2",
    "UPDATE record_checkpoint SET at = 'infinity' WHERE number = 2",
    "UPDATE record_checkpoint SET key_id = 2 WHERE number = 2",
    "UPDATE record_checkpoint SET text = '' WHERE number = 5",
    "DELETE FROM record_checkpoint WHERE number = 2",
    "DELETE FROM record_checkpoint",
    "UPDATE record_checkpointhead SET number = number + 1",
    "UPDATE record_checkpointhead SET digest = 'これは指紋ではない'",
    "UPDATE record_checkpointhead SET checkpoint_id = 9 WHERE checkpoint_id = 5",
    "DELETE FROM record_checkpointhead WHERE checkpoint_id = 5",
    "TRUNCATE record_checkpointhead",
    "UPDATE record_logkey SET text = '鍵'",
    "UPDATE record_logkey SET lost = true WHERE number = 1",
    "DELETE FROM record_logkey WHERE number = 2",
    """UPDATE record_entry SET facts = facts || '{"lost": true}' WHERE "case" = 'record.logkey/2'""",
]


@pytest.mark.parametrize("change", BY_SQL)
def test_changes_by_sql_are_found(secrets, change):
    with unprotected() as sql:
        sql.execute("SET CONSTRAINTS ALL IMMEDIATE")
        sql.execute(change)
    assert not verify().clean


NEWEST_GONE = """
    DELETE FROM record_opening USING record_entry e
        WHERE entry_id = e.id AND e."case" = 'auth.group/2' AND number = 5;
    DELETE FROM record_entry WHERE "case" = 'auth.group/2' AND number = 5;
    UPDATE record_head SET (number, digest, last_id, at) = (
        SELECT number, digest, id, at FROM record_entry WHERE "case" = 'auth.group/2' ORDER BY number DESC LIMIT 1
    ) WHERE "case" = 'auth.group/2'"""


def test_newest_entries_removed_with_a_head_set_back_are_found_by_the_checkpoint(secrets):
    with unprotected() as sql:
        sql.execute(NEWEST_GONE)
    assert [(one.case, one.number, one.kind) for one in verify().problems] == [("auth.group/2", 5, "sealed")]


def test_without_a_checkpoint_over_them_they_are_missed(secrets):
    """The negative control, and the limit: the same change, before a checkpoint covers the entry."""
    with unprotected() as sql:
        sql.execute("DELETE FROM record_checkpointhead WHERE checkpoint_id = 5")
        sql.execute("DELETE FROM record_checkpoint WHERE number = 5")
        sql.execute(NEWEST_GONE)
    assert verify().clean


def chains() -> dict[str, list[EntryRow]]:
    """Return every entry as it lies in the database, by case."""
    rows = list(_Reading().entries())
    return {name: list(own) for name, own in groupby(rows, key=lambda row: row.case)}


def rewritten(own: list[EntryRow], at: int, party: int) -> list[EntryRow]:
    """Return a chain in which one entry says that somebody else acted, sealed anew to its end."""
    made = list(own[:at])
    for row in own[at:]:
        changed = row._replace(party=party if row.number == own[at].number else row.party)
        made.append(sealed(changed, made[-1].digest if made else GENESIS))
    return made


def signed_anew(
    rows: list[CheckpointRow], chain: list[EntryRow], by: list[keys.Secret]
) -> list[CheckpointRow]:
    """Return all checkpoints over another chain, as the owner of the log key would forge them."""
    heads, previous, made = Heads(), GENESIS, []
    digests = {row.number: row.digest for row in chain}
    for row in rows:
        moved = [
            leaf._replace(digest=digests[leaf.number]) if leaf.case == chain[0].case else leaf
            for leaf in row.moved
        ]
        heads.move(moved)
        old = read_note(row.note)
        said: Statement = replace(old.statement, root=heads.root, previous=previous)
        names = {signature.name for signature in old.signatures}
        note = Note(said, said.text, [one.sign(said.text) for one in by if one.key.name in names])
        made.append(
            row._replace(
                text=note.text, note=note.whole, root=heads.root, digest=digest_of(note.text), moved=moved
            )
        )
        previous = digest_of(note.text)
    return made


def test_a_full_rewrite_with_the_log_key_is_found_by_whoever_holds_a_receipt(tables, found, secrets):
    chance = random.Random(20261126)
    by, everything = list(secrets.values()), chains()
    receipts = {
        (entry.case, entry.number): receipt_of(entry)
        for entry in Entry.objects.filter(case__startswith="auth.")
    }
    public = public_keys()
    assert all(receipt.holds(public, check) for receipt in receipts.values())
    seen = 0
    for _ in range(REWRITES):
        name = chance.choice([name for name in everything if name.startswith("auth.")])
        own = everything[name]
        at = chance.randrange(len(own))
        forged = rewritten(own, at, chance.randrange(100, 10_000))
        rows = signed_anew(tables[1], forged, by)
        # whoever has the database and the key leaves nothing to be found in the database …
        assert [problem.kind for problem in inspect_case(forged, None, VERBS)] in ([], ["head"])
        assert found((tables[0], rows)) == set()
        assert [(leaf.case, leaf.digest) for row in rows for leaf in row.moved] != [
            (leaf.case, leaf.digest) for row in tables[1] for leaf in row.moved
        ]
        # … but a receipt of the changed entry, or of any after it, still holds and does not fit
        chain = {row.number: row.digest for row in forged}
        holder = receipts[name, chance.randrange(at + 1, len(own) + 1)]
        seen += not holder.fits(chain)
        assert holder.fits({row.number: row.digest for row in own})
    assert seen == REWRITES


def test_a_receipt_taken_before_the_changed_entry_was_written_does_not_notice(tables):
    """The limit, and the control of the proof above: what came after a receipt needs a later receipt."""
    own = chains()["auth.group/1"]
    early = receipt_of(Entry.objects.get(case="auth.group/1", number=1))
    assert early.leaf == Leaf("auth.group/1", 1, own[0].digest)
    assert early.fits({row.number: row.digest for row in rewritten(own, 3, 999)})
