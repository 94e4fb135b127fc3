"""The last line: what the database refuses to the application and to its owner, and what verify finds after it."""

import pytest
from django.conf import settings
from django.db import DatabaseError, connection, transaction

from wanowa.collaborations.tests.factories import town
from wanowa.progress import services
from wanowa.progress.models import Measurement, Move, Note
from wanowa.progress.rules import Reading
from wanowa.progress.tests import factories as make
from wanowa.record.services import verify

pytestmark = pytest.mark.django_db
ROLES = ("app", "owner")


def refused(role, statement):
    """Run SQL in one role; say whether the database refused it."""
    try:
        with transaction.atomic(), connection.cursor() as cursor:
            if role == "app":
                cursor.execute(f"SET LOCAL ROLE {settings.DATABASE_APP_ROLE}")
            cursor.execute(statement)
            assert cursor.rowcount != 0, "the statement met no row"
            if role == "app":
                cursor.execute("RESET ROLE")
    except DatabaseError:
        return True
    return False


@pytest.fixture
def told():
    """Make two numbers, one of them corrected, a move, a note with a photo and one that was taken back."""
    people = town(2)
    found = make.running(people)
    first, other = people.actors
    make.measured(found, first, value="3", days=5)
    wrong = make.measured(found, first, value="40", days=2)
    services.remeasure(wrong, Reading(wrong.value / 10, wrong.on), by=other)
    make.moved(found, first)
    make.noted(found, first, picture=make.photo())
    services.withdraw(make.noted(found, other), by=other)
    return found


STATEMENTS = {
    "a number changes": "UPDATE progress_measurement SET value = value + 1",
    "a number is of another day": 'UPDATE progress_measurement SET "on" = "on" - 1',
    "a number vanishes": "DELETE FROM progress_measurement",
    "all numbers vanish": "TRUNCATE progress_measurement",
    "a move changes": "UPDATE progress_move SET state = 'done'",
    "a move vanishes": "DELETE FROM progress_move",
    "all moves vanish": "TRUNCATE progress_move",
    "a note is of another day": 'UPDATE progress_note SET "on" = "on" - 1',
    "a note becomes public": "UPDATE progress_note SET public = NOT public",
    "a photo is another one": "UPDATE progress_note SET photo = 'progress/other.jpg' WHERE photo <> ''",
    "a note comes back": "UPDATE progress_note SET withdrawn_at = NULL WHERE withdrawn_at IS NOT NULL",
    "a note vanishes": "DELETE FROM progress_note",
    "all notes vanish": "TRUNCATE progress_note",
}
COLUMNS = {
    Measurement: 'collaboration_id, version_id, place, party_id, person_id, entry, at, goal, value, "on", instead_id',
    Move: "collaboration_id, version_id, place, party_id, person_id, entry, at, task, turn, state",
}


@pytest.mark.parametrize("role", ROLES)
@pytest.mark.parametrize("what", STATEMENTS)
def test_no_sql_changes_what_was_told(told, role, what):
    assert refused(role, STATEMENTS[what])


def again(model, **changed):
    """Return SQL that inserts the first row of a table once more, with some columns changed."""
    columns = [name.strip() for name in COLUMNS[model].split(",")]
    values = [changed.get(name.strip('"'), name) for name in columns]
    table = model._meta.db_table
    return f"INSERT INTO {table} ({', '.join(columns)}) SELECT {', '.join(values)} FROM {table} ORDER BY id LIMIT 1"


INSERTS = {
    "a second number of a day": (Measurement, {"entry": "900"}),
    "a number of another collaboration's version": (
        Measurement,
        {"entry": "900", "on": '"on" - 30', "collaboration_id": "collaboration_id + 1"},
    ),
    "a correction of another goal": (
        Measurement,
        {"entry": "900", "goal": "repeat('0', 64)", "instead_id": "id"},
    ),
    "a number below nothing": (Measurement, {"entry": "900", "on": '"on" - 30', "value": "-1"}),
    "an entry twice": (Measurement, {"on": '"on" - 30'}),
    "a turn twice": (Move, {"entry": "900"}),
    "a turn too far": (Move, {"entry": "900", "turn": "turn + 2"}),
    "an unknown state": (Move, {"entry": "900", "turn": "turn + 1", "state": "'lost'"}),
}


@pytest.mark.parametrize("what", INSERTS)
def test_no_sql_adds_what_does_not_fit(told, what):
    model, changed = INSERTS[what]
    assert refused("owner", again(model, **changed))


def test_what_fits_can_be_added(told):
    """Without this, a table that takes nothing would pass."""
    assert not refused("owner", again(Measurement, entry="900", on='"on" - 30'))
    assert not refused("owner", again(Move, entry="901", turn="turn + 1"))


FORGERIES = {
    "a number that nobody entered": again(Measurement, entry="900", on='"on" - 30'),
    "a move that nobody made": again(Move, entry="901", turn="turn + 1"),
    "a number changed by the owner": "UPDATE progress_measurement SET value = value + 1 WHERE value = 3",
    "a note shown to all": "UPDATE progress_note SET public = false WHERE photo <> ''",
    "a move into another state": "UPDATE progress_move SET state = 'done'",
    "a number gone": "DELETE FROM progress_measurement WHERE value = 3",
    "a note gone": "DELETE FROM progress_note WHERE photo <> ''",
}


@pytest.mark.parametrize("what", FORGERIES)
def test_verify_finds_what_was_changed_without_the_guards(told, what):
    assert verify().clean
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        for table in ("measurement", "move", "note"):
            cursor.execute(f"ALTER TABLE progress_{table} DISABLE TRIGGER USER")
        cursor.execute(FORGERIES[what])
        assert cursor.rowcount > 0
    report = verify()
    assert not report.clean
    assert any(problem.kind.startswith("progress.") for problem in report.problems)


def test_verify_finds_another_picture_and_a_missing_one(told):
    note = Note.objects.exclude(photo="").get()
    with note.photo.storage.open(note.photo.name, "rb") as file:
        kept = file.read()
    path = note.photo.storage.path(note.photo.name)
    for forged in (kept + b"x", None):
        if forged is None:
            note.photo.storage.delete(note.photo.name)
        else:
            with open(path, "wb") as file:  # noqa: PTH123 - as somebody at the server would
                file.write(forged)
        assert [one.kind for one in verify().problems] == ["progress.photo"]
