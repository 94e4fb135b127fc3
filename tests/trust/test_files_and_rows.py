"""A file and its row come and go together: after a rollback, after a crash, and when one of them is lost."""

import os
import time
from pathlib import Path

import pytest
from django.core.files.base import ContentFile
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext
from structlog.testing import capture_logs

from wanowa.cli.management.commands import doctor
from wanowa.guideline.rules import Kind
from wanowa.kernel.actors import Actor
from wanowa.kernel.files import DurableStorage, sweeping
from wanowa.parties.tests.factories import party_with
from wanowa.people.models import User
from wanowa.people.services import erase, sweep_files
from wanowa.proposals.models import Attachment, Round
from wanowa.proposals.tests.factories import begun, opened

pytestmark = pytest.mark.django_db
TWO_DAYS = 2 * 24 * 3600


@pytest.fixture(autouse=True)
def folder(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path / "uploads"
    settings.MEDIA_ROOT.mkdir()
    return settings.MEDIA_ROOT


def attached(kind=Kind.RESIDENT, proposal=None):
    """Return a row with its file, and where the file lies."""
    if proposal is None:
        party, (person,) = party_with(kind=kind)
        proposal = begun(Round.objects.first() or opened(), Actor(person.pk, party.pk))
    digest = f"{Attachment.objects.count():064}"
    row = Attachment(
        proposal=proposal, person=proposal.person, name="a.pdf", media_type="application/pdf", digest=digest
    )
    row.file.save("a.pdf", ContentFile(b"%PDF"), save=False)
    row.save()
    return row, Path(row.file.path)


def aged(path):
    os.utime(path, times=(time.time() - TWO_DAYS,) * 2)
    return path


def lying(folder):
    return {path.name for path in folder.rglob("*") if path.is_file()}


def test_an_erasure_that_is_undone_leaves_every_file(django_capture_on_commit_callbacks):
    row, path = attached()
    with django_capture_on_commit_callbacks(execute=True), transaction.atomic():
        erase(row.person, by=Actor(row.person_id))
        assert not Attachment.objects.exists()
        transaction.set_rollback(True)
    assert Attachment.objects.get() == row
    assert path.read_bytes() == b"%PDF"
    assert sweeping.missing() == []
    with django_capture_on_commit_callbacks(execute=True):
        erase(User.objects.get(pk=row.person_id), by=Actor(row.person_id))
    assert not path.exists()


def test_what_a_crash_between_commit_and_deletion_leaves_is_swept_away(
    folder, django_capture_on_commit_callbacks
):
    (row, path), (_other, kept) = attached(), attached(Kind.CITIZEN)
    part = path.with_name(f".{'0' * 32}.pdf.part")
    foreign = folder / "README.txt"
    for one in (part, foreign):
        one.write_bytes(b"x")
    with django_capture_on_commit_callbacks(execute=False):
        erase(row.person, by=Actor(row.person_id))
    assert path.exists(), "the process died before it could delete"
    assert sweep_files() == 0, "a file of today may wait for its row"
    for one in (path, kept, part, foreign):
        aged(one)
    assert (sweep_files(), sweep_files()) == (2, 0)
    assert lying(folder) == {kept.name, foreign.name}


def test_a_row_without_its_file_is_told_and_doctor_says_where_to_look():
    row, path = attached()
    assert [one.level for one in doctor.files()] == [doctor.Level.GOOD]
    path.unlink()
    with capture_logs() as logs:
        sweep_files()
    assert [(one["event"], one["table"], one["row"]) for one in logs] == [
        ("file_missing", "proposals.Attachment", row.pk)
    ]
    (found,) = doctor.files()
    assert found.level is doctor.Level.PROBLEM
    assert row.file.name in found.seen
    assert "控え" in found.advice


def test_the_folder_of_another_database_is_never_emptied(folder, monkeypatch):
    monkeypatch.setattr(sweeping, "MOST", 2)
    for _one in range(3):
        aged(folder / DurableStorage().save("a.pdf", ContentFile(b"x")))
    with capture_logs() as logs:
        assert sweep_files() == 0
    assert [one["event"] for one in logs] == ["files_of_another_database"]
    assert len(lying(folder)) == 3
    assert "DATABASE_URL" in next(doctor.files()).advice
    monkeypatch.setattr(sweeping, "MOST", 3)
    assert sweep_files() == 3


def test_sweeping_costs_the_same_for_many_rows(django_assert_num_queries):
    row, _path = attached()
    with CaptureQueriesContext(connection) as one:
        sweep_files()
    for _more in range(4):
        attached(proposal=row.proposal)
    with django_assert_num_queries(len(one)):
        sweep_files()
