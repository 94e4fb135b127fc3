"""The last line: what the database refuses to the application and to its owner, and what verify finds after it."""

from datetime import date

import pytest
from django.conf import settings
from django.db import DatabaseError, connection, transaction
from django.utils import timezone

from wanowa.activities import services
from wanowa.activities.models import Activity, Answer, Suggestion, Watch
from wanowa.activities.rules import Question
from wanowa.activities.tests import factories as make
from wanowa.guideline.rules import Kind
from wanowa.record.services import verify

pytestmark = pytest.mark.django_db
ROLES = ("app", "owner")


def refused(role, statement, *values):
    """Run SQL in one role; say whether the database refused it."""
    try:
        with transaction.atomic(), connection.cursor() as cursor:
            if role == "app":
                cursor.execute(f"SET LOCAL ROLE {settings.DATABASE_APP_ROLE}")
            cursor.execute(statement, values)
            assert cursor.rowcount != 0, "the statement met no row"
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
            if role == "app":
                cursor.execute("RESET ROLE")
    except DatabaseError:
        return True
    return False


@pytest.fixture
def told():
    """Make one activity of each area with a watch, a declined suggestion, and all answers but one."""
    owner, office = make.actor(), make.actor(Kind.CITY)
    activity, task = make.own(owner), make.of_the_city(office)
    services.watch(activity, by=office)
    services.decline(make.suggested(activity, office, owner), by=office)
    make.answer_all(task, office, but=1)
    return owner, office, activity, task


def test_the_database_asks_the_questions_of_the_rules():
    with connection.cursor() as cursor:
        cursor.execute("SELECT activities_questions()")
        assert cursor.fetchone()[0] == list(Question.values)


END = "UPDATE activities_activity SET status = 'ended', ended_at = now() WHERE id = %s"


@pytest.mark.parametrize("role", ROLES)
def test_no_sql_ends_an_activity_of_the_city_with_an_open_question(told, role):
    _owner, office, activity, task = told
    assert refused(role, END, task.pk)
    services.answer(task, Question.RESULT, make.DONE, seen=0, by=office)
    assert not refused(role, END, task.pk), "with every answer it can end"
    assert not refused(role, END, activity.pk), "citizens end when they like"


STATEMENTS = {
    "an answer changes": ("UPDATE activities_answer SET \"where\" = 'どこか'", Answer),
    "an answer is signed by another": ("UPDATE activities_answer SET party_id = party_id + 1", Answer),
    "an answer vanishes": ("DELETE FROM activities_answer", Answer),
    "all answers vanish": ("TRUNCATE activities_answer", Answer),
    "an activity vanishes": ("DELETE FROM activities_activity", Activity),
    "all activities vanish": ("TRUNCATE activities_activity CASCADE", Activity),
    "an address changes": ("UPDATE activities_activity SET slug = slug || 'x'", Activity),
    "an area changes": (
        "UPDATE activities_activity SET area = 'A' WHERE area = 'E'",
        Activity,
    ),
    "a watch vanishes": ("DELETE FROM activities_watch", Watch),
    "all watches vanish": ("TRUNCATE activities_watch", Watch),
    "a watch began earlier": ("UPDATE activities_watch SET since = since - interval '1 day'", Watch),
    "a no becomes waiting": (
        "UPDATE activities_suggestion SET status = 'waiting', settled_at = NULL",
        Suggestion,
    ),
    "a suggestion vanishes": ("DELETE FROM activities_suggestion", Suggestion),
    "all suggestions vanish": ("TRUNCATE activities_suggestion", Suggestion),
    "a suggestion says something else": ("UPDATE activities_suggestion SET wish = 'お金'", Suggestion),
    "a suggestion is another's": (
        "UPDATE activities_suggestion SET suggested_by_id = department_id",
        Suggestion,
    ),
    "a word is given for the other side": (
        "UPDATE activities_suggestion SET department_agreed_at = now()",
        Suggestion,
    ),
}


@pytest.mark.parametrize("role", ROLES)
@pytest.mark.parametrize("name", STATEMENTS)
def test_what_was_said_and_told_stays(told, name, role):
    statement, model = STATEMENTS[name]
    before = list(model.objects.order_by("pk").values())
    assert refused(role, statement)
    assert list(model.objects.order_by("pk").values()) == before


def test_an_answer_skips_no_number_and_belongs_to_area_e(told):
    _owner, office, activity, task = told
    about = {
        "question": Question.EARLY,
        "done": False,
        "reason": "時間がない",
        "party_id": office.party,
        "person_id": office.person,
        "answered_at": timezone.now(),
    }
    for wrong in ({"activity": task, "number": 3}, {"activity": activity, "number": 1}, {"number": 1}):
        with pytest.raises(DatabaseError), transaction.atomic():
            Answer.objects.create(**about | wrong)
    Answer.objects.create(**about | {"activity": task, "number": 2})


@pytest.mark.parametrize(
    "wrong",
    [{"where": ""}, {"on": None}, {"reason": "x"}, {"done": False}, {"done": False, "reason": "x"}],
)
def test_half_an_answer_is_refused(told, wrong):
    _owner, office, _activity, task = told
    whole = {
        "activity": task,
        "question": Question.RESULT,
        "number": 1,
        "done": True,
        "where": "市のページ",
        "on": date(2026, 9, 1),
        "party_id": office.party,
        "person_id": office.person,
        "answered_at": timezone.now(),
    }
    with pytest.raises(DatabaseError), transaction.atomic():
        Answer.objects.create(**whole | wrong)
    Answer.objects.create(**whole)


def test_area_e_is_the_citys_and_area_a_everybody_elses(told):
    owner, office, activity, _task = told
    text = {"title": "x", "what": "x", "field": "town", "since": date(2026, 4, 1), "until": date(2027, 3, 31)}
    for by, area in ((owner, "E"), (office, "A"), (owner, "C")):
        with pytest.raises(DatabaseError), transaction.atomic():
            Activity.objects.create(slug="x", party_id=by.party, person_id=by.person, area=area, **text)
    with pytest.raises(DatabaseError), transaction.atomic():
        Watch.objects.create(activity=activity, department_id=owner.party, since=timezone.now())


def test_verify_is_clean_and_says_what_was_changed_behind_the_services(told):
    assert verify().clean


TAMPERING = {
    "a text": "UPDATE activities_activity SET what = 'ちがう文'",
    "an end": "UPDATE activities_activity SET status = 'ended', ended_at = now() WHERE area = 'A'",
    "an owner": "UPDATE activities_activity SET area = 'E', until = '2027-01-01' WHERE area = 'A'",
    "a watch that never was": "UPDATE activities_watch SET since = since - interval '1 day'",
    "a watch less": "DELETE FROM activities_watch",
    "a yes that was a no": (
        "UPDATE activities_suggestion SET department_agreed_at = now(), status = 'withdrawn'"
    ),
    "a suggestion less": "DELETE FROM activities_suggestion",
    "another answer": "UPDATE activities_answer SET \"where\" = 'どこか'",
    "an answer less": "DELETE FROM activities_answer",
}


@pytest.mark.parametrize("name", TAMPERING)
def test_what_an_owner_changes_with_the_triggers_off_is_found(told, name):
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        for model in (Activity, Answer, Suggestion, Watch):
            cursor.execute(f"ALTER TABLE {model._meta.db_table} DISABLE TRIGGER USER")
        cursor.execute(TAMPERING[name])
        assert cursor.rowcount
    assert any(problem.case.startswith("activities.") for problem in verify().problems)
