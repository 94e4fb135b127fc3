"""What is called to mind, once each, whatever the clock does; and who hears of it."""

from datetime import UTC, date, datetime, timedelta

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext

from wanowa.collaborations import services as table
from wanowa.collaborations.rules import Change
from wanowa.collaborations.tests.factories import town
from wanowa.kernel.actors import SYSTEM
from wanowa.kernel.errors import Refused
from wanowa.progress import queries, services
from wanowa.progress.rules import State
from wanowa.progress.tasks import remind
from wanowa.progress.tests import factories as make
from wanowa.progress.verbs import DUE_SOON, OVERDUE, QUIET, UNMEASURED
from wanowa.record.queries import history
from wanowa.record.services import verify

pytestmark = pytest.mark.django_db
BEGIN = datetime(2026, 9, 1, 3, tzinfo=UTC)


def on(day):
    """Travel to noon of a day in Japan."""
    return time_machine.travel(datetime(day.year, day.month, day.day, 3, tzinfo=UTC), tick=False)


@pytest.fixture
def two():
    with time_machine.travel(BEGIN):
        return town(2)


def running(two, **changed):
    with time_machine.travel(BEGIN):
        return make.running(two, **changed)


def morning(day):
    with on(day):
        remind(0)


def reminders(found, verb):
    return list(history(found).filter(verb=verb.name))


def test_a_task_is_called_to_mind_three_business_days_before_and_once_after(two):
    due = date(2026, 9, 25)  # the 21st to the 23rd are holidays, the weekend lies before
    found = running(two, due=due)
    morning(date(2026, 9, 16))
    assert reminders(found, DUE_SOON) == [], "that is four business days before"
    for _twice in range(2):
        morning(date(2026, 9, 17))
    (entry,) = reminders(found, DUE_SOON)
    assert entry.facts["day"] == "2026-09-25"
    assert entry.facts["responsible"] == two.parties[0]
    for day in (25, 26, 28, 30):
        morning(date(2026, 9, day))
    assert len(reminders(found, DUE_SOON)) == 1
    assert len(reminders(found, OVERDUE)) == 1
    assert verify().clean


def test_who_was_away_hears_only_what_still_holds_and_a_clock_set_back_repeats_nothing(two):
    found = running(two, due=date(2026, 9, 25))
    morning(date(2026, 10, 5))
    assert reminders(found, DUE_SOON) == []
    assert len(reminders(found, OVERDUE)) == 1
    morning(date(2026, 9, 24))
    morning(date(2026, 10, 6))
    assert (len(reminders(found, DUE_SOON)), len(reminders(found, OVERDUE))) == (1, 1)


def test_what_is_done_is_not_called_to_mind(two):
    found = running(two, due=date(2026, 9, 25))
    with on(date(2026, 9, 10)):
        make.moved(found, two.actors[0], State.DONE)
    morning(date(2026, 9, 24))
    morning(date(2026, 9, 30))
    assert reminders(found, DUE_SOON) == reminders(found, OVERDUE) == []


def test_a_goal_without_a_number_for_sixty_days_is_asked_for_once_a_silence(two):
    found = running(two)
    morning(date(2026, 10, 30))
    assert reminders(found, UNMEASURED) == []
    morning(date(2026, 10, 31))
    morning(date(2026, 11, 20))
    assert [entry.facts["since"] for entry in reminders(found, UNMEASURED)] == ["2026-09-01"]
    with on(date(2026, 11, 21)):
        make.measured(found, two.actors[0], days=70)
    morning(date(2027, 1, 19))
    assert len(reminders(found, UNMEASURED)) == 1, "counted from the day it was entered"
    morning(date(2027, 1, 20))
    assert len(reminders(found, UNMEASURED)) == 2


def test_a_silent_collaboration_is_told_once_a_silence_and_shown_until_the_next_step(two):
    found = running(two, due=date(2026, 9, 25))
    morning(date(2026, 10, 15))
    assert reminders(found, QUIET) == []
    assert not queries.quiet().exists()
    morning(date(2026, 10, 16))
    morning(date(2026, 10, 17))
    assert len(reminders(found, QUIET)) == 1, "a reminder of the platform is no sign of life"
    assert list(queries.quiet()) == [found]
    with on(date(2026, 10, 18)):
        table.speak(found, body="元気です。", by=two.actors[1])
    assert not queries.quiet().exists()
    morning(date(2026, 12, 2))
    assert len(reminders(found, QUIET)) == 2
    assert verify().clean


def test_what_rests_or_has_ended_is_left_in_peace(two):
    found = running(two, due=date(2026, 9, 25))
    with time_machine.travel(BEGIN + timedelta(days=1)):
        version = table.propose_turn(found, change=Change.SUSPEND, reason="工事のため。", by=two.actors[0])
        table.consent(found, seen=version.fingerprint, by=two.actors[1])
    before = history(found).count()
    morning(date(2027, 2, 1))
    assert history(found).count() == before


def test_the_same_reminder_is_not_written_twice(two):
    found = running(two)
    with on(date(2026, 10, 16)):
        ((where, reminder),) = queries.to_remind()
        services.remind(where, reminder, by=SYSTEM)
        with pytest.raises(Refused, match="もう知らせたか"):
            services.remind(found, reminder, by=SYSTEM)


def test_the_morning_asks_the_same_for_two_and_for_twenty():
    with time_machine.travel(BEGIN):
        people = town(2)
        for _ in range(2):
            make.running(people)
    with on(date(2026, 9, 2)):
        with CaptureQueriesContext(connection) as few:
            queries.to_remind()
        for _ in range(18):
            make.running(people)
        with CaptureQueriesContext(connection) as many:
            queries.to_remind()
    assert len(few) == len(many) == 5
