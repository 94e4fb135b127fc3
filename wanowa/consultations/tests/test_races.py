"""The same second: two departments accept, an answer meets the end, somebody leaves while she accepts. Real commits."""

from datetime import timedelta
from functools import partial

import pytest
from django.utils import timezone

from tests.racing import at_once
from wanowa.consultations import services
from wanowa.consultations.models import Case, Handover, Satisfied
from wanowa.consultations.queries import is_able
from wanowa.consultations.rules import Outcome, Passing, Rating, Status
from wanowa.consultations.services import authority, passing
from wanowa.consultations.tests.factories import brought, closed, department, holder, offered
from wanowa.kernel.actors import SYSTEM
from wanowa.parties.services import end_term
from wanowa.parties.tests.factories import MembershipFactory
from wanowa.people.models import User
from wanowa.people.services import end_coordinator
from wanowa.people.tests.factories import PersonFactory
from wanowa.record.services import verify

pytestmark = pytest.mark.usefixtures("committed")
ROUNDS = 4


@pytest.fixture
def desk(committed):
    """Return a coordinator, to whom new cases come."""
    return PersonFactory(name="わこう 窓子", is_coordinator=True)


def kinds(outcomes):
    return sorted(type(one).__name__ for one in outcomes)


def both_asked():
    """Return a case that two departments are asked to take, and the two acceptances."""
    case = brought()
    (one, first), (two, second) = department(), department()
    mine, theirs = offered(case, one, two)
    return case, lambda: services.accept(mine, by=first), lambda: services.accept(theirs, by=second)


def test_of_two_departments_that_accept_at_once_one_wins_and_the_other_is_told(desk):
    for _ in range(ROUNDS):
        case, one, other = both_asked()
        outcomes = at_once(one, other)
        assert kinds(outcomes) == ["Conflict", "NoneType"]
        assert "先に引き受けました" in next(str(outcome) for outcome in outcomes if outcome)
        states = sorted(Handover.objects.filter(case=case).values_list("status", flat=True))
        assert states == [Passing.ACCEPTED, Passing.OVERTAKEN]
    assert verify().clean


def test_without_the_lock_both_departments_would_believe_they_have_it(desk, monkeypatch):
    """The negative control: nobody locks, both read that it is open; they both have it, or the database stops them."""
    import threading  # noqa: PLC0415 - only here

    both = threading.Barrier(2, timeout=10)

    def unlocked(handover, by):
        actor = authority.Actor(by.person, handover.to_party_id)
        now = Handover.objects.get(pk=handover.pk)
        both.wait()
        return Case.objects.get(pk=handover.case_id), now, actor

    monkeypatch.setattr(passing, "_answering", unlocked)
    case, one, other = both_asked()
    assert kinds(at_once(one, other)) != ["Conflict", "NoneType"]
    assert Case.objects.filter(pk=case.pk).exists()


def test_an_answer_and_the_end_at_once_leave_one_state(desk):
    for _ in range(ROUNDS):
        case = brought()
        by = holder(case)
        outcomes = at_once(
            lambda case=case, by=by: services.answer(case, body="返事", by=by),
            lambda case=case, by=by: services.close(case, outcome=Outcome.INFORMATION, words="まとめ", by=by),
        )
        assert kinds(outcomes) in (["NoneType", "NoneType"], ["NoneType", "Refused"])
        assert Case.objects.get(pk=case.pk).status == Status.CLOSED


def test_whoever_leaves_while_she_accepts_takes_no_case_with_her(desk):
    for _ in range(ROUNDS):
        case = brought()
        party, officer = department()
        MembershipFactory(party=party)
        asked = offered(case, party)[0]
        term = party.memberships.get(person=officer.person)
        outcomes = at_once(
            lambda asked=asked, officer=officer: services.accept(asked, by=officer),
            lambda term=term, officer=officer: end_term(
                term, last_day=timezone.localdate() - timedelta(days=1), by=officer
            ),
        )
        assert kinds(outcomes) in (["Forbidden", "NoneType"], ["NoneType", "NoneType"])
        now = Case.objects.get(pk=case.pk)
        assert now.owner == desk
        assert is_able(now.owner_id, now.department_id)


def test_two_clicks_on_the_thanks_count_once(desk):
    case = closed(brought())
    outcomes = at_once(*[lambda: services.rate(case, Rating.GOOD)] * 2)
    assert kinds(outcomes) == ["NoneType", "Refused"]
    assert Satisfied.objects.get().count == 1


def test_two_workers_write_a_late_day_down_once(desk):
    case = brought()
    Case.objects.filter(pk=case.pk).update(due_on=timezone.localdate() - timedelta(days=3))
    counts: list[int] = []
    at_once(*[lambda: counts.append(services.note_overdue())] * 2)
    assert sorted(counts) == [0, 1]


def test_of_the_last_two_coordinators_who_leave_at_once_one_stays(desk):
    for _ in range(ROUNDS):
        User.objects.update(is_coordinator=False)
        two = [PersonFactory(is_coordinator=True) for _each in range(2)]
        outcomes = at_once(*(partial(end_coordinator, one, by=SYSTEM) for one in two))
        assert kinds(outcomes) == ["NoneType", "Refused"]
        assert User.objects.filter(is_coordinator=True).count() == 1
