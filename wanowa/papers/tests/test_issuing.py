"""Issued once: by one worker or two, through crashes, and never changed; verify finds whatever was."""

from hashlib import sha256
from pathlib import Path

import pytest
from django.conf import settings
from django.db import DatabaseError, connection, transaction

from wanowa.collaborations import services as table
from wanowa.collaborations.rules import Change
from wanowa.collaborations.tests.factories import offered
from wanowa.guideline.rules import Form, Kind, PaperKind
from wanowa.kernel.actors import SYSTEM, Actor
from wanowa.papers import queries, services
from wanowa.papers.models import Issue, Position
from wanowa.papers.tests import agreements as make
from wanowa.papers.verbs import ISSUED, WITHDRAWN
from wanowa.people import services as people
from wanowa.people.models import User
from wanowa.press.printing import NotPrinted
from wanowa.record.queries import case_of, history
from wanowa.record.rules.bundles import verify as offline
from wanowa.record.services import bundle, verify

pytestmark = pytest.mark.django_db


def drain() -> int:
    read = 0
    while step := services.issue_new():
        read += step
    return read


def test_a_second_reading_issues_nothing_more():
    collaboration = make.in_form(Form.SUBSIDY, make.town(2))
    assert drain() > 0
    first = list(Issue.objects.values_list("pk", "digest"))
    assert len(first) == 8
    assert drain() == 0
    Position.objects.update(entry=0)  # as after a restore of an older place
    drain()
    assert list(Issue.objects.values_list("pk", "digest")) == first
    assert history(collaboration).filter(verb=ISSUED.name).count() == 8


def test_each_paper_stands_on_record_by_the_platform_and_in_public():
    collaboration = make.in_form(Form.JOINT_OPERATION, make.town(2))
    drain()
    entries = history(collaboration, public_only=True).filter(verb=ISSUED.name)
    assert [(entry.party, entry.facts) for entry in entries] == [
        (None, {"version": 1, "kind": issue.kind, "digest": issue.digest})
        for issue in Issue.objects.order_by("pk")
    ]
    assert verify().clean


def test_an_offer_has_no_papers_and_its_version_cannot_have_any():
    version = offered(make.town(2))
    drain()
    assert not Issue.objects.exists()
    with pytest.raises(DatabaseError, match="only a version in force"), transaction.atomic():
        services.issue(version, by=SYSTEM)


def test_a_turn_leaves_the_papers_of_the_text_as_they_are():
    people_there = make.town(2)
    collaboration = make.in_form(Form.ACCORD, people_there)
    version = table.propose_turn(
        collaboration, change=Change.SUSPEND, reason="冬のあいだ", by=people_there.actors[0]
    )
    table.consent(collaboration, seen=version.fingerprint, by=people_there.actors[1])
    drain()
    assert list(Issue.objects.values_list("version__number", flat=True)) == [1]
    assert queries.shelf_of(collaboration, inside=False).version.number == 1


def test_a_paper_that_cannot_be_set_is_left_for_the_night_and_holds_nobody_up(monkeypatch):
    first = make.in_form(Form.ACCORD, make.town(2))
    second = make.in_form(Form.COOPERATION, make.town(2))
    whole = services.paper

    def broken(agreement, kind):
        if kind is PaperKind.ACCORD:
            raise NotPrinted("no")
        return whole(agreement, kind)

    monkeypatch.setattr(services, "paper", broken)
    drain()
    assert list(Issue.objects.values_list("version", flat=True)) == [second.in_force_id]
    assert services.issue_forgotten() == 0
    monkeypatch.setattr(services, "paper", whole)
    assert services.issue_forgotten() == 1
    assert Issue.objects.filter(version=first.in_force).count() == 1
    assert services.issue_forgotten() == 0


def test_an_unsound_file_is_never_given_out(monkeypatch):
    make.in_form(Form.ACCORD, make.town(2))
    monkeypatch.setattr(services, "paper", lambda agreement, kind: b"%PDF-1.7 nothing")
    drain()
    assert not Issue.objects.exists()


def test_a_crash_in_the_middle_leaves_neither_paper_nor_place(monkeypatch):
    collaboration = make.in_form(Form.SUBSIDY, make.town(2))
    store, calls = services._store, []

    def crash(*given):
        calls.append(given)
        if len(calls) == 5:
            raise KeyboardInterrupt
        return store(*given)

    monkeypatch.setattr(services, "_store", crash)
    with pytest.raises(KeyboardInterrupt):
        drain()
    assert not Issue.objects.exists()
    assert not Position.objects.exclude(entry=0).exists()
    assert not history(collaboration).filter(verb=ISSUED.name).exists()
    monkeypatch.setattr(services, "_store", store)
    drain()
    assert Issue.objects.count() == 8
    assert verify().clean


# What the database refuses


@pytest.fixture
def issue():
    make.in_form(Form.ACCORD, make.town(2))
    drain()
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")  # a table with checks still to come cannot be altered
    return Issue.objects.get()


@pytest.mark.parametrize("role", ["app", "owner"])
@pytest.mark.parametrize(
    "change",
    [
        "kind = 'budget'",
        "digest = repeat('a', 64)",
        "size = size + 1",
        "version_id = version_id + 1",
        "issued_at = now()",
        "file = 'papers/other.pdf'",
        "withdrawn_at = now()",  # with the file still there
        "file = '', withdrawn_at = now(), digest = repeat('a', 64)",
    ],
)
def test_nothing_of_an_issued_paper_can_change(issue, role, change):
    def attempt():
        with transaction.atomic(), connection.cursor() as cursor:
            if role == "app":
                cursor.execute(f"SET LOCAL ROLE {settings.DATABASE_APP_ROLE}")
            cursor.execute(f"UPDATE papers_issue SET {change}")

    with pytest.raises(DatabaseError):
        attempt()


@pytest.mark.parametrize("statement", ["DELETE FROM papers_issue", "TRUNCATE papers_issue"])
def test_no_issued_paper_can_go(issue, statement):
    with (
        pytest.raises(DatabaseError, match="never deleted"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(statement)


def test_a_withdrawn_paper_stays_withdrawn(issue):
    services.withdraw(issue, by=SYSTEM)
    with (
        pytest.raises(DatabaseError, match="only the file"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute("UPDATE papers_issue SET file = 'papers/x.pdf', withdrawn_at = NULL")


# What verify finds


def problems():
    return [(problem.kind, problem.sentence) for problem in verify().problems]


def _without_triggers(statement):
    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE papers_issue DISABLE TRIGGER USER")
        cursor.execute(statement)
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute("ALTER TABLE papers_issue ENABLE TRIGGER USER")


def test_verify_is_content_with_what_was_issued(issue):
    assert verify().clean


def test_verify_finds_a_file_with_other_bytes(issue):
    Path(issue.file.path).write_bytes(b"%PDF-1.7 another")
    assert problems() == [("paper", "第1版の書類「協定書」のファイルが、記録のあとで変わっています。")]


def test_verify_finds_a_file_that_is_gone(issue):
    Path(issue.file.path).unlink()
    assert problems() == [("paper", "第1版の書類「協定書」のファイルが、記録のあとで変わっています。")]


@pytest.mark.parametrize(
    ("statement", "sentence"),
    [
        (
            "UPDATE papers_issue SET digest = repeat('a', 64)",
            "第1版の書類「協定書」が、記録のあとで変わっています。",
        ),
        ("DELETE FROM papers_issue", "第1版の書類が、表から消えています。"),
        (
            "UPDATE papers_issue SET file = '', withdrawn_at = now()",
            "第1版の書類「協定書」が消えていますが、消した記録がありません。",
        ),
    ],
)
def test_verify_finds_a_row_that_was_changed(issue, statement, sentence):
    _without_triggers(statement)
    assert problems() == [("paper", sentence)]


def test_verify_finds_a_paper_that_no_entry_tells_of(issue):
    _without_triggers(
        "INSERT INTO papers_issue (version_id, kind, digest, size, file, issued_at)"
        " SELECT version_id, 'budget', digest, size, file, issued_at FROM papers_issue"
    )
    assert ("paper", "第1版の書類「収支予算書」は、経過に記録されていません。") in problems()


# Who is erased, and what a bundle takes


def test_the_files_that_name_an_erased_person_are_deleted_and_the_record_stays(
    django_capture_on_commit_callbacks,
):
    there = make.town(2, ("和光 花子", "湧水の会"), (Kind.RESIDENT, Kind.CITIZEN))
    collaboration = make.in_form(Form.ACCORD, there)
    untouched = make.in_form(Form.ACCORD, make.town(2))
    drain()
    version = table.propose_turn(collaboration, change=Change.END, reason="おわり", by=there.actors[0])
    table.consent(collaboration, seen=version.fingerprint, by=there.actors[1])
    person = User.objects.get(pk=there.actors[0].person)
    issue = Issue.objects.get(version__collaboration=collaboration)
    path = Path(issue.file.path)
    assert path.exists()
    with django_capture_on_commit_callbacks(execute=True):
        people.erase(person, by=Actor(person.pk))
    assert not path.exists()
    issue.refresh_from_db()
    assert (issue.file.name, issue.withdrawn_at is None) == ("", False)
    assert history(collaboration).filter(verb=WITHDRAWN.name).count() == 1
    assert Issue.objects.get(version__collaboration=untouched).file
    assert verify().clean
    agreement = queries.agreement_of(issue.version)
    assert "和光 花子" not in str(agreement)


def test_a_case_brings_its_papers_with_the_entries_that_name_them():
    collaboration = make.in_form(Form.ENDORSEMENT, make.town(2))
    drain()
    exhibits = list(queries.exhibits(case_of(collaboration)))
    assert [exhibit.path for exhibit in exhibits] == [
        "version-1-endorsement_application.pdf",
        "version-1-project_plan.pdf",
        "version-1-budget.pdf",
    ]
    entries = {entry.number: entry for entry in history(collaboration)}
    for exhibit in exhibits:
        assert sha256(exhibit.content).hexdigest() == entries[exhibit.entry].facts["digest"]


def test_other_cases_bring_nothing_and_a_withdrawn_paper_stays_behind(issue):
    services.withdraw(issue, by=SYSTEM)
    assert list(queries.exhibits(case_of(issue.version.collaboration))) == []
    assert list(queries.exhibits("parties.party/1")) == []


@pytest.mark.parametrize("is_withdrawn", [False, True])
def test_a_bundle_takes_the_papers_along_and_is_whole_without_withdrawn_ones(issue, is_withdrawn):
    if is_withdrawn:
        services.withdraw(issue, by=SYSTEM)
    files = offline.unpack(bundle(case_of(issue.version.collaboration), "湧水のみち"))
    taken = [path for path in files if path.endswith("-version-1-accord.pdf")]
    assert bool(taken) is not is_withdrawn
    said = [finding.sentence for finding in offline.Bundle(files).findings]
    assert said == ["まとめ印が、まだありません。あとで、受け取りなおしてください。"]
    for path in taken:
        changed = {**files, path: files[path] + b"%"}
        assert any("記録にある文書とちがいます" in one.sentence for one in offline.Bundle(changed).findings)
