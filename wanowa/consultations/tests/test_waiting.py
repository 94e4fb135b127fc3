"""Who writes again waits in sight of both sides, and no day is chosen on which nobody works or that is far away."""

from datetime import date, timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from wanowa.consultations import queries, services
from wanowa.consultations.models import Case
from wanowa.consultations.rules import Due, Lane, due_after, planned_for
from wanowa.consultations.tests.factories import answered, brought, closed, department, holder, offered
from wanowa.guideline.queries import pack
from wanowa.kernel.actors import PUBLIC
from wanowa.kernel.calendar import YEAR_END
from wanowa.kernel.eras import day_label
from wanowa.kernel.errors import Invalid, Refused
from wanowa.people.tests.factories import PersonFactory, sign_in

FRIDAY = date(2026, 11, 27)


def answer_by():
    """Return the day until which somebody who writes today has an answer."""
    return due_after(timezone.localdate(), queries.practice().first_answer, closing=pack().closing_days)


def fresh(case):
    return Case.objects.get(pk=case.pk)


def lane_of(case, desk):
    """Return the column of the board in which a case stands."""
    board = queries.work_of(queries.reader_of(desk.pk)).board
    return next(lane for lane, lines in board if any(case.number in one.title for one in lines))


@pytest.mark.parametrize(
    ("day", "sentence"),
    [
        (date(2026, 11, 26), "過ぎた日"),
        (date(2026, 11, 28), "2026年11月30日（月）なら"),
        (date(2026, 12, 29), "2027年1月4日（月）なら"),
        (date(2027, 2, 11), "2027年2月12日（金）なら"),
        (date(2099, 1, 1), "2027年3月2日（火）までの日"),
    ],
)
def test_a_day_on_which_nobody_works_or_that_is_too_far_is_refused_with_a_better_one(day, sentence):
    with pytest.raises(Invalid, match=sentence):
        planned_for(day, today=FRIDAY, longest=60, closing=YEAR_END)


@pytest.mark.parametrize("day", [FRIDAY, date(2026, 11, 30), date(2027, 3, 2)])
def test_today_and_the_last_day_are_good_days(day):
    assert planned_for(day, today=FRIDAY, longest=60, closing=YEAR_END) == day


@pytest.mark.django_db
@pytest.mark.parametrize("act", ["answer", "plan"])
def test_a_far_day_is_refused_where_it_is_typed_and_the_words_stay(client, desk, act):
    case = answered()
    sign_in(client, desk)
    typed = {"act": act, "body": "だいじな返事", "next_action": "だいじな予定", "due_on": "2099-01-01"}
    page = client.post(reverse("consultations:held", args=[case.number]), typed)
    assert page.status_code == 400
    assert "までの日を選んでください" in page.content.decode()
    assert "だいじな予定" in page.content.decode()
    assert fresh(case).due_on == case.due_on or fresh(case).due_on < date(2099, 1, 1)


@pytest.mark.django_db
def test_who_writes_again_waits_for_an_answer_and_both_sides_see_the_day(client, desk):
    person = PersonFactory()
    case = brought(person)
    services.answer(case, body="会いましょう。", by=holder(case))
    assert lane_of(case, desk) is Lane.UNDER_WAY
    offered(case, department()[0])
    assert lane_of(case, desk) is Lane.OTHERS
    sign_in(client, person)
    page = client.post(
        reverse("consultations:case", args=[case.number]),
        {"act": "speak", "body": "いつですか。"},
        follow=True,
    )
    assert (fresh(case).due, fresh(case).due_on) == (Due.ANSWER, answer_by())
    assert f"{day_label(answer_by())}までに、返事をします。" in page.content.decode()
    assert "つぎの返事" in page.content.decode()
    assert lane_of(case, desk) is Lane.ANSWER
    sign_in(client, desk)
    assert day_label(answer_by()) in client.get(reverse("consultations:work")).content.decode()
    services.answer(case, body="土曜です。", by=holder(case))
    assert lane_of(case, desk) is Lane.OTHERS


@pytest.mark.django_db
def test_a_nearer_day_and_a_day_that_is_over_stay_and_a_plan_postpones_no_answer(desk):
    case = answered()
    for days in (0, -3):
        due = timezone.localdate() + timedelta(days=days)
        Case.objects.filter(pk=case.pk).update(due=Due.NEXT_ACTION, due_on=due)
        services.speak(case, body="いつですか。", by=PUBLIC)
        assert (fresh(case).due, fresh(case).due_on) == (Due.ANSWER, due)
    services.speak(case, body="おねがいします。", by=PUBLIC)
    assert fresh(case).due_on == due
    with pytest.raises(Refused, match="待っています"):
        services.plan(case, next_action="あとで", by=holder(case))
    services.answer(case, body="あしたです。", by=holder(case))
    services.plan(case, next_action="会う", by=holder(case))


@pytest.mark.django_db
def test_before_the_first_answer_and_after_the_end_the_day_is_that_of_an_answer(desk):
    case = brought()
    due = case.due_on
    services.speak(case, body="もうひとつ。", by=PUBLIC)
    assert (fresh(case).due, fresh(case).due_on) == (Due.FIRST_ANSWER, due)
    over = closed(brought())
    services.speak(over, body="まだです。", by=PUBLIC)
    assert (fresh(over).due, fresh(over).due_on) == (Due.ANSWER, answer_by())
