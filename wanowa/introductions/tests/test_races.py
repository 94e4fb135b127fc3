"""The same second: both sides ask, both answer, an answer meets the midnight. Real threads, real commits."""

from datetime import timedelta
from functools import partial

import pytest
import time_machine
from django.utils import timezone

from wanowa.activities.tests.test_races import at_once
from wanowa.introductions import queries, services
from wanowa.introductions.models import Introduction, Remark
from wanowa.introductions.rules import ANSWER_DAYS, Given, Reply, Status
from wanowa.introductions.services import introducing
from wanowa.introductions.tests.factories import GIVEN, asked, in_days, pair, wished
from wanowa.kernel import keyrings
from wanowa.kernel.actors import SYSTEM
from wanowa.record.services import verify

pytestmark = pytest.mark.usefixtures("committed")
ROUNDS = 3


def kinds(outcomes):
    return sorted(type(one).__name__ for one in outcomes)


def asking(two):
    """Return both sides' wish to meet the other."""
    return (
        lambda: wished(two, given=Given()),
        lambda: wished(two, first=two.second, second=two.first, by=two.other, given=Given()),
    )


def test_of_two_sides_that_ask_at_once_one_does():
    for _ in range(ROUNDS):
        two = pair()
        assert kinds(at_once(*asking(two))) == ["NoneType", "Refused"]
        assert queries.open_for().filter(first__in=[two.first, two.second]).count() == 1
    assert verify().clean


def test_control_without_the_lock_and_the_look_the_database_itself_keeps_one(monkeypatch):
    monkeypatch.setattr(introducing, "_lock", lambda first, second: None)
    monkeypatch.setattr(introducing.queries, "hinders", lambda first, second, by_desk: None)
    two = pair()
    assert kinds(at_once(*asking(two))) == ["NoneType", "Refused"]
    assert Introduction.objects.filter(first__in=[two.first, two.second]).count() == 1


def test_both_sides_answer_at_once_and_meet_once():
    for _ in range(ROUNDS):
        two = pair()
        introduction = asked(two)
        outcomes = at_once(
            *(
                partial(services.accept, introduction, given=GIVEN, until=in_days(9), by=by)
                for by in (two.one, two.other)
            )
        )
        assert kinds(outcomes) == ["NoneType", "NoneType"]
        found = Introduction.objects.get(pk=introduction.pk)
        assert (found.status, found.met_at is None) == (Status.MET, False)
    assert verify().clean


def test_two_clicks_on_one_answer_leave_one_answer_one_gift_and_one_key():
    two = pair()
    introduction = asked(two)
    before = len(list(keyrings.kept()))

    def answer():
        services.accept(introduction, given=GIVEN, until=in_days(9), by=two.one)

    def refuse():
        services.decline(introduction, by=two.one)

    assert kinds(at_once(answer, answer, refuse)) == ["NoneType", "Refused", "Refused"]
    side = queries.sides_of(introduction)[two.first.pk]
    assert side.reply in Reply.values
    assert len(list(keyrings.kept())) - before == (side.reply == Reply.YES)


def test_an_answer_and_the_midnight_leave_one_of_the_two():
    two = pair()
    introduction = wished(two)
    with time_machine.travel(timezone.now() + timedelta(days=ANSWER_DAYS + 1)):
        outcomes = at_once(
            lambda: services.accept(introduction, given=Given(), by=two.other),
            lambda: services.lapse(introduction, by=SYSTEM),
        )
        assert kinds(outcomes) == ["NoneType", "Refused"]
    assert Introduction.objects.get(pk=introduction.pk).status == Status.LAPSED


def test_two_members_tell_the_desk_at_once_and_one_is_kept():
    two = pair()
    introduction = wished(two)

    def report():
        services.report(introduction, words="何度も来ます。", by=two.other)

    assert kinds(at_once(report, report)) == ["NoneType", "Refused"]
    assert Remark.objects.filter(side__introduction=introduction).count() == 1
