"""The database itself refuses: its owner by trigger, the application's role by missing privilege too."""

import pytest
from django.db import DatabaseError, connection, transaction

from wanowa.record.models import Entry, Head
from wanowa.record.queries import after, cursor_of
from wanowa.record.services import checkpoint, verify
from wanowa.record.tests.conftest import known_verbs, own_key, uncommitted  # noqa: F401 - fixtures
from wanowa.record.tests.factories import case, offer, tick

pytestmark = pytest.mark.django_db

CHANGES = [
    "UPDATE record_entry SET verb = 'record.test.ticked'",
    "UPDATE record_entry SET party = party",
    "DELETE FROM record_entry",
    "TRUNCATE record_entry CASCADE",
    "UPDATE record_opening SET value = '12'",
    "DELETE FROM record_opening",
    "TRUNCATE record_opening",
    "UPDATE record_head SET digest = repeat('a', 64)",
    "UPDATE record_head SET number = number - 1",
    "UPDATE record_head SET number = number + 2, last_id = last_id + 1",
    "UPDATE record_head SET number = number + 1",
    "UPDATE record_head SET number = number + 1, last_id = last_id + 1, at = at - interval '1 second'",
    """UPDATE record_head SET "case" = 'auth.group/9', number = number + 1, last_id = last_id + 1""",
    "DELETE FROM record_head",
    "TRUNCATE record_head",
    """INSERT INTO record_head ("case", number, digest, last_id) VALUES ('a.b/1', 1, repeat('0', 64), 0)""",
    """INSERT INTO record_head ("case", number, digest, last_id) VALUES ('a.b/1', 0, repeat('1', 64), 0)""",
]


def refused(statement: str) -> bool:
    """Tell whether the database refuses the statement."""
    try:
        with transaction.atomic(), connection.cursor() as sql:
            sql.execute(statement)
    except DatabaseError:
        return True
    return False


@pytest.mark.parametrize("change", CHANGES)
def test_the_owner_of_the_database_is_stopped_by_a_trigger(change):
    offer(case(), note="ひみつ")
    before = list(Entry.objects.values_list()), list(Head.objects.values_list())
    assert refused(change)
    assert (list(Entry.objects.values_list()), list(Head.objects.values_list())) == before


CHANGES_OF_CHECKPOINTS = [
    "UPDATE record_checkpoint SET note = note",
    "DELETE FROM record_checkpoint",
    "TRUNCATE record_checkpoint CASCADE",
    "UPDATE record_checkpointhead SET digest = digest",
    "DELETE FROM record_checkpointhead",
    "UPDATE record_logkey SET text = text",
    "DELETE FROM record_logkey",
    "UPDATE record_halt SET count = 0",
    "DELETE FROM record_halt",
]


@pytest.mark.parametrize(
    "change",
    [*CHANGES, *CHANGES_OF_CHECKPOINTS, "DROP TABLE record_entry"],
)
def test_the_role_of_the_application_cannot_change_the_log(as_app, change):
    offer(case(), note="ひみつ")
    with as_app():
        assert refused(change)


@pytest.mark.parametrize(
    "attack",
    [
        "ALTER TABLE record_entry DISABLE TRIGGER ALL",
        "DROP TRIGGER record_entry_stays ON record_entry",
        """CREATE OR REPLACE FUNCTION record_refuse() RETURNS trigger LANGUAGE plpgsql
            AS 'BEGIN RETURN NEW; END'""",
        "SET LOCAL session_replication_role = replica",
    ],
)
def test_the_role_of_the_application_cannot_lift_the_triggers(as_app, attack):
    with as_app():
        assert refused(attack)


def test_the_role_of_the_application_can_write_and_verify(as_app):
    with as_app():
        offer(case(), note="ひみつ")
        tick(case())
        assert [entry.number for entry in after(0)] == [1, 2]
        assert cursor_of("auth") == cursor_of("auth.group/1") > 0
        assert verify().clean


def test_the_role_of_the_application_can_sign(as_app, uncommitted):  # noqa: F811 - the fixture
    with as_app():
        tick(case())
        assert checkpoint().number == 1
        assert verify().clean


def test_two_entries_of_a_case_cannot_have_one_number():
    tick(case())
    columns = '"case", number, version, at, verb, party, facts, commitments, digest'
    assert refused(f"INSERT INTO record_entry ({columns}) SELECT {columns} FROM record_entry")
