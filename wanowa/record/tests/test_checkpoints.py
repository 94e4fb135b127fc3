"""Checkpoints: what they hold and say, when there is none, how a key is made, relieved and lost."""

import stat
from datetime import timedelta

import pytest
from django.db import DatabaseError, connection, transaction
from django.utils import timezone
from procrastinate.contrib.django.models import ProcrastinateJob

from wanowa.kernel.actors import SYSTEM
from wanowa.kernel.errors import Refused
from wanowa.record.models import Checkpoint, CheckpointHead, Entry, Halt, LogKey
from wanowa.record.queries import keys_text, proof_of, receipt_of
from wanowa.record.queries.checkpoints import heads_at, health, public_keys
from wanowa.record.rules.notes import Key, digest_of, read_note
from wanowa.record.rules.receipts import Receipt
from wanowa.record.rules.staleness import Staleness
from wanowa.record.rules.tree import Leaf, leads_to, root_of
from wanowa.record.services import Halted, KeyUnusable, checkpoint, introduce_key, keys, verify
from wanowa.record.services.signatures import check
from wanowa.record.tests.factories import case, offer, pay, settle, tick, unprotected

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("uncommitted")]


def test_without_a_record_there_is_nothing_to_sign(own_key):
    assert checkpoint() is None
    assert not own_key.exists()
    assert keys_text() == ""


def test_a_checkpoint_says_what_the_heads_are():
    offer(case(1)), offer(case(1)), tick(case(2))
    made = checkpoint()
    note = read_note(made.note)
    said, (key,) = note.statement, public_keys()
    heads = [Leaf(*row) for row in CheckpointHead.objects.values_list("case", "number", "digest")]
    assert note.signed_by(key, check)
    assert (said.origin, key.name) == ("wanowa/112291", "wanowa/112291/1")
    assert (said.number, said.size, said.entries, said.root) == (1, 3, 4, root_of(heads))
    assert {(head.case, head.number) for head in heads} == {
        ("auth.group/1", 2),
        ("auth.group/2", 1),
        ("record.logkey/1", 1),
    }
    assert said.previous == "0" * 64
    assert made.digest == digest_of(said.text)


def test_a_checkpoint_is_skipped_when_nothing_moved():
    tick(case())
    assert checkpoint().number == 1
    assert checkpoint() is None
    tick(case())
    assert checkpoint().number == 2


def test_only_heads_that_moved_are_kept_again_and_every_state_can_be_read_back():
    tick(case(1)), tick(case(2))
    first = checkpoint()
    tick(case(2)), tick(case(10))
    second = checkpoint()
    assert second.heads.count() == 2
    assert read_note(second.note).statement.previous == first.digest
    assert [(leaf.case, leaf.number) for leaf in heads_at(1)] == [
        ("auth.group/1", 1),
        ("auth.group/2", 1),
        ("record.logkey/1", 1),
    ]
    assert [leaf.number for leaf in heads_at(2)] == [1, 1, 2, 1]
    assert (root_of(heads_at(1)), root_of(heads_at(2))) == (first.root, second.root)
    assert verify().clean


def test_a_proof_leads_to_the_root():
    for pk in range(1, 6):
        tick(case(pk))
    made = checkpoint()
    proof = proof_of("auth.group/4", made)
    leaf = Leaf(proof.case, proof.number, proof.digest)
    assert leads_to(made.root, leaf.hash(), proof.index, proof.size, proof.path)
    assert proof_of("auth.group/9", made) is None


def test_a_receipt_is_had_as_soon_as_a_checkpoint_covers_the_entry():
    entry = tick(case(1))
    assert receipt_of(entry) is None
    checkpoint()
    tick(case(1)), checkpoint()
    receipt = receipt_of(entry)
    assert Receipt.read(receipt.text) == receipt
    assert receipt.holds(public_keys(), check).statement.number == 1


@pytest.mark.parametrize("others", [2, 20])
def test_what_reading_costs_does_not_grow_with_the_cases(others, django_assert_num_queries):
    entry = tick(case(1))
    for pk in range(2, 2 + others):
        tick(case(pk))
    made = checkpoint()
    with django_assert_num_queries(1):
        proof_of("auth.group/1", made)
    with django_assert_num_queries(2):
        receipt_of(entry)
    with django_assert_num_queries(3):
        health()
    tick(case(1))
    with django_assert_num_queries(10):
        checkpoint()


def test_the_key_is_made_once_and_nobody_else_can_read_it(own_key):
    tick(case())
    checkpoint()
    before = own_key.read_text()
    assert stat.S_IMODE(own_key.stat().st_mode) == 0o600
    assert stat.S_IMODE(own_key.parent.stat().st_mode) == 0o700
    assert [path.name for path in own_key.parent.iterdir()] == ["log-key"]
    tick(case()), checkpoint()
    assert own_key.read_text() == before


def test_the_private_key_is_nowhere_in_the_database(own_key):
    tick(case()), checkpoint()
    secret = own_key.read_text().strip().rpartition("+")[2]
    with connection.cursor() as sql:
        sql.execute(
            "SELECT concat((SELECT string_agg(k::text, '') FROM record_logkey k),"
            " (SELECT string_agg(c::text, '') FROM record_checkpoint c),"
            " (SELECT string_agg(e::text, '') FROM record_entry e))"
        )
        (dump,) = sql.fetchone()
    assert "wanowa/112291/1" in dump
    assert secret not in dump


def test_a_new_key_is_vouched_for_by_the_old_one(own_key):
    tick(case()), checkpoint()
    introduce_key(by=SYSTEM)
    assert len(own_key.read_text().split()) == 2
    made = checkpoint()
    first, second = public_keys()
    note = read_note(made.note)
    assert note.statement.key == second.text
    assert note.signed_by(first, check)
    assert note.signed_by(second, check)
    tick(case())
    later = read_note(checkpoint().note)
    assert (later.statement.key, later.signed_by(first, check)) == ("", False)
    assert keys_text() == f"1 1 {first.text}\n2 - {second.text}\n"
    assert verify().clean


def test_the_old_private_key_is_gone_after_the_change(own_key, django_capture_on_commit_callbacks):
    tick(case()), checkpoint()
    introduce_key(by=SYSTEM)
    with django_capture_on_commit_callbacks(execute=True):
        checkpoint()
    assert [line.split("+")[2] for line in own_key.read_text().split()] == ["wanowa/112291/2"]


def test_a_second_change_waits_for_the_first():
    tick(case()), checkpoint()
    introduce_key(by=SYSTEM)
    with pytest.raises(KeyUnusable, match="wanowa checkpoint"):
        introduce_key(by=SYSTEM)


def test_without_the_key_there_is_no_checkpoint_and_no_other_key_by_itself(own_key):
    tick(case()), checkpoint()
    own_key.unlink()
    tick(case())
    with pytest.raises(KeyUnusable, match="--lost"):
        checkpoint()
    with pytest.raises(KeyUnusable, match="--lost"):
        introduce_key(by=SYSTEM)
    assert (Checkpoint.objects.count(), LogKey.objects.count()) == (1, 1)


def test_a_lost_key_is_relieved_openly(own_key):
    tick(case()), checkpoint()
    own_key.unlink()
    row = introduce_key(lost=True, by=SYSTEM)
    made = read_note(checkpoint().note)
    assert row.lost
    assert Entry.objects.get(case="record.logkey/2").facts["lost"] is True
    assert [signature.name for signature in made.signatures] == ["wanowa/112291/2"]
    assert made.statement.key == Key.read(row.text).text
    assert verify().clean


def test_a_key_of_the_same_name_from_elsewhere_does_not_sign(own_key):
    tick(case()), checkpoint()
    keys.keep_secrets([keys._made("wanowa/112291/1")])
    tick(case())
    with pytest.raises(KeyUnusable):
        checkpoint()


@pytest.mark.parametrize(
    "broken", ["", "nonsense", "PRIVATE+KEY+a+b+c", "PRIVATE+KEY+wanowa/112291/1+00000000+AAAA", "鍵"]
)
def test_a_broken_key_file_is_named(own_key, broken):
    tick(case()), checkpoint()
    own_key.write_text(broken)
    tick(case())
    with pytest.raises(KeyUnusable, match="まとめ印の鍵"):
        checkpoint()


def test_a_key_left_by_a_crash_before_the_commit_is_taken_up(own_key):
    tick(case())
    left = keys._made("wanowa/112291/1")
    keys.keep_secrets([left])
    checkpoint()
    assert public_keys() == [left.key]


TAMPERED = [
    """UPDATE record_entry SET party = 99 WHERE "case" = 'auth.group/1' AND number = 3""",
    """UPDATE record_entry SET digest = repeat('a', 64) WHERE "case" = 'auth.group/1' AND number = 3""",
    """UPDATE record_entry SET digest = repeat('a', 64) WHERE "case" = 'auth.group/1' AND number = 2""",
    """DELETE FROM record_entry WHERE "case" = 'auth.group/1' AND number = 3""",
    """DELETE FROM record_entry WHERE "case" = 'auth.group/1' AND number = 4""",
    """DELETE FROM record_entry WHERE "case" = 'auth.group/1'""",
    """UPDATE record_entry SET number = 9 WHERE "case" = 'auth.group/1' AND number = 4""",
    """UPDATE record_head SET digest = repeat('a', 64) WHERE "case" = 'auth.group/1'""",
    """UPDATE record_head SET number = 1 WHERE "case" = 'auth.group/1'""",
    """UPDATE record_head SET number = 5 WHERE "case" = 'auth.group/1'""",
    """UPDATE record_head SET digest = repeat('a', 64) WHERE "case" = 'auth.group/2'""",
    """DELETE FROM record_head WHERE "case" = 'auth.group/2'""",
    """UPDATE record_checkpointhead SET digest = repeat('a', 64) WHERE "case" = 'auth.group/2'""",
    """DELETE FROM record_checkpointhead WHERE "case" = 'auth.group/2'""",
    """DELETE FROM record_entry WHERE "case" = 'auth.group/3'""",
    """INSERT INTO record_entry ("case", number, version, at, verb, party, facts, commitments, digest)
        SELECT "case", number, version, at, verb, 5, facts, commitments, digest
        FROM record_entry WHERE "case" = 'auth.group/1' AND number = 3""",
]


@pytest.mark.parametrize("change", TAMPERED)
def test_what_does_not_fit_is_not_signed(change):
    pay(case(1)), pay(case(1)), tick(case(2))
    checkpoint()
    pay(case(1)), pay(case(1)), tick(case(3))
    with unprotected() as sql:
        sql.execute(change)
    with pytest.raises(Halted):
        checkpoint()
    assert Checkpoint.objects.count() == 1
    assert Halt.objects.get().checkpoint == 2
    assert not health().well


def test_without_reading_again_a_changed_entry_would_be_signed(monkeypatch):
    """The negative control: the same change, with the look at the entries off."""
    pay(case(1)), checkpoint(), pay(case(1))
    with unprotected() as sql:
        sql.execute("UPDATE record_entry SET party = 99 WHERE number = 2")
    with pytest.raises(Halted):
        checkpoint()
    monkeypatch.setattr("wanowa.record.services.checkpoints.inspect_growth", lambda *chain: ())
    assert checkpoint().number == 2


def test_a_halt_is_kept_once_and_ends_with_the_next_checkpoint(caplog):
    tick(case(1)), checkpoint(), tick(case(1))
    with unprotected() as sql:
        sql.execute("UPDATE record_entry SET party = 99 WHERE number = 2")
    for _ in range(3):
        with pytest.raises(Halted, match="2番の記録が、あとから書きかえられています"):
            checkpoint()
    assert "checkpoint 2 halted: auth.group/1 2 altered" in caplog.text
    (halt,) = Halt.objects.all()
    assert health().halt == halt
    with unprotected() as sql:
        sql.execute("UPDATE record_entry SET party = NULL WHERE number = 2")
    checkpoint()
    assert health().well


@pytest.mark.parametrize(
    ("waited", "stage"),
    [
        (timedelta(hours=23), Staleness.FRESH),
        (timedelta(hours=24), Staleness.LATE),
        (timedelta(hours=72), Staleness.OVERDUE),
        (timedelta(days=7), Staleness.BLOCKING),
    ],
)
def test_a_step_that_waits_makes_the_record_stale(time_machine, waited, stage):
    tick(case(1)), checkpoint()
    time_machine.move_to(timezone.now() + timedelta(days=30), tick=False)
    assert health().staleness is Staleness.FRESH
    tick(case(1))
    time_machine.shift(timedelta(hours=1))
    tick(case(1)), tick(case(2))
    time_machine.shift(waited - timedelta(hours=1))
    assert health().staleness is stage
    checkpoint()
    assert health().staleness is Staleness.FRESH


def test_a_step_committed_late_still_waits(time_machine):
    """It was timed before the checkpoint, whose snapshot could not see it."""
    tick(case(1)), checkpoint()
    time_machine.move_to(timezone.now() - timedelta(minutes=30), tick=False)
    tick(case(2))
    assert health().waiting_since is not None


def test_checkpoints_are_refused_every_change(as_owner_refused):
    tick(case()), checkpoint()
    for table in ("record_checkpoint", "record_checkpointhead", "record_logkey"):
        as_owner_refused(f"DELETE FROM {table}")
        as_owner_refused(f"TRUNCATE {table} CASCADE")
    as_owner_refused("UPDATE record_checkpoint SET note = note")
    as_owner_refused("UPDATE record_checkpointhead SET number = number")
    as_owner_refused("UPDATE record_logkey SET lost = true")
    columns = "text, note, root, size, entries, at, digest, key_id"
    as_owner_refused(
        f"INSERT INTO record_checkpoint (number, {columns}) SELECT 3, {columns} FROM record_checkpoint"
    )
    as_owner_refused(
        f"INSERT INTO record_checkpoint (number, {columns}) SELECT 1, {columns} FROM record_checkpoint"
    )


@pytest.fixture
def as_owner_refused():
    """Return a function that asserts that the database refuses a statement."""

    def refused(statement):
        with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as sql:
            sql.execute(statement)

    return refused


class TestStrict:
    """Where the city chose to be strict, weighty steps wait for a checkpoint."""

    @pytest.fixture(autouse=True)
    def _a_week_late(self, uncommitted, time_machine):
        tick(case(1)), checkpoint(), tick(case(1))
        time_machine.move_to(timezone.now() + timedelta(days=7), tick=False)

    def test_a_step_that_seals_is_refused_with_a_sentence(self, settings):
        settings.LOG_STRICT = True
        with pytest.raises(Refused, match="市の窓口"):
            settle(case(1))
        tick(case(1))
        checkpoint()
        assert settle(case(1)).number == 4

    def test_it_is_not_refused_where_the_city_did_not_choose_so(self, settings):
        settings.LOG_STRICT = False
        assert settle(case(1)).number == 3


def test_a_step_that_seals_asks_for_a_checkpoint_with_its_commit():
    tick(case(1))
    assert not ProcrastinateJob.objects.exists()
    with transaction.atomic():
        settle(case(1))
        transaction.set_rollback(True)
    assert not ProcrastinateJob.objects.exists()
    settle(case(1))
    assert ProcrastinateJob.objects.get().task_name == "record.checkpoint"
