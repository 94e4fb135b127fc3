"""A case is never let go: it goes to who accepts, to the desk when people leave, to a deputy while they are away."""

from datetime import timedelta

import pytest
import time_machine
from django.core import mail
from django.db import DatabaseError, connection, transaction
from django.utils import timezone

from wanowa.consultations import queries, services
from wanowa.consultations.models import Case, Duty, Handover
from wanowa.consultations.rules import Passing, Sight
from wanowa.consultations.tests.factories import brought, department, held_by, holder, offered
from wanowa.consultations.verbs import MOVED
from wanowa.kernel.actors import Actor
from wanowa.kernel.errors import Conflict, Forbidden, Invalid, Refused
from wanowa.parties.models import Membership, Party
from wanowa.parties.rules import Role
from wanowa.parties.services import change_role, end_term, terms
from wanowa.parties.tests.factories import MembershipFactory, party_with
from wanowa.people.services import erase
from wanowa.people.tests.factories import PersonFactory
from wanowa.record.queries import history

pytestmark = pytest.mark.django_db
A_DAY = timedelta(days=1)


def fresh(case):
    return Case.objects.get(pk=case.pk)


def check_guards():
    """Let the database check now what it would check at the commit."""
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute("SET CONSTRAINTS ALL DEFERRED")


def verbs_of(case):
    return [entry.verb for entry in history(case)]


def test_until_somebody_accepts_the_giver_keeps_it_and_a_refusal_names_who_and_why(desk):
    case = brought()
    party, officer = department(name="環境課")
    asked = offered(case, party)[0]
    assert fresh(case).owner == desk
    services.refuse(asked, reason="県の担当です。", by=officer)
    assert fresh(case).owner == desk
    (line,) = queries.passed(queries.own(fresh(case)))
    assert (line.to, line.answer) == ("環境課", "県の担当です。")
    assert line.who == str(asked.to_party.memberships.get().person)
    services.accept(offered(case, party)[0], by=officer)
    assert (fresh(case).owner_id, fresh(case).department) == (officer.person, party)


def test_a_reason_is_needed_to_give_and_to_refuse(desk):
    case = brought()
    party, officer = department()
    with pytest.raises(Invalid, match="わけ"):
        services.offer(case, to=[party], reason=" ", by=holder(case))
    with pytest.raises(Invalid, match="わけ"):
        services.refuse(offered(case, party)[0], reason=" ", by=officer)


def test_only_departments_with_somebody_and_coordinators_can_be_asked_once_at_a_time(desk):
    case, by = brought(), Actor(desk.pk)
    empty, _officer = department()
    Membership.objects.filter(party=empty).delete()
    group, _people = party_with()
    for party in (empty, group):
        with pytest.raises(Invalid):
            services.offer(case, to=[party], reason="わけ", by=by)
    for person in (desk, PersonFactory()):
        with pytest.raises(Invalid):
            services.offer(case, person=person, reason="わけ", by=by)
    with pytest.raises(Invalid):
        services.offer(case, reason="わけ", by=by)
    party, _officer = department()
    offered(case, party)
    with pytest.raises(Refused, match="たのんで"):
        offered(case, party)
    with pytest.raises(DatabaseError), transaction.atomic():
        Handover.objects.create(case=case, to_party=party, reason=b"x")


def test_of_two_departments_the_first_has_it_and_the_other_is_told(desk, django_capture_on_commit_callbacks):
    case = brought()
    (one, first), (two, second) = department(), department()
    mine, theirs = offered(case, one, two)
    mail.outbox = []
    with django_capture_on_commit_callbacks(execute=True):
        services.accept(mine, by=first)
    with pytest.raises(Conflict, match="先に"):
        services.accept(theirs, by=second)
    assert Handover.objects.get(pk=theirs.pk).status == Passing.OVERTAKEN
    reader = queries.reader_of(second.person)
    assert [lost.case for lost in queries.queue_of(reader).overtaken] == [case]
    told = [letter for letter in mail.outbox if "ほかの人が引き受けました" in letter.subject]
    assert [letter.to for letter in told] == [[two.memberships.get().person.email]]
    assert queries.sight_of(fresh(case), reader) is None


def test_a_withdrawn_hand_over_cannot_be_accepted(desk):
    case = brought()
    party, officer = department()
    asked = offered(case, party)[0]
    services.withdraw(asked, by=Actor(desk.pk))
    with pytest.raises(Conflict):
        services.accept(asked, by=officer)
    with pytest.raises(Conflict):
        services.withdraw(asked, by=Actor(desk.pk))


def test_a_coordinator_takes_over_from_a_department(desk):
    party, officer = department()
    case = held_by(brought(), party, officer)
    asked = services.offer(case, person=desk, reason="窓口にもどします。", by=officer)[0]
    with pytest.raises(Forbidden):
        services.accept(asked, by=officer)
    services.accept(asked, by=Actor(desk.pk))
    assert (fresh(case).owner, fresh(case).department) == (desk, None)


def test_when_a_term_ends_the_case_is_at_the_desk_in_the_same_transaction(desk):
    party, officer = department()
    MembershipFactory(party=party)
    case = held_by(brought(), party, officer)
    due = fresh(case).due_on
    term = party.memberships.get(person=officer.person)
    end_term(term, last_day=timezone.localdate() - A_DAY, by=officer)
    check_guards()
    now = fresh(case)
    assert (now.owner, now.department, now.due_on) == (desk, None, due)
    assert verbs_of(case)[-1] == MOVED.name


def test_who_may_only_read_from_today_on_holds_no_case(desk):
    party, officer = department()
    other = MembershipFactory(party=party)
    case = held_by(brought(), party, officer)
    term = party.memberships.get(person=officer.person)
    change_role(term, Role.VIEWER, on=timezone.localdate(), by=Actor(other.person_id, party.pk))
    check_guards()
    assert fresh(case).owner == desk


def test_without_the_hook_the_database_refuses_that_somebody_goes_with_her_case(desk, monkeypatch):
    monkeypatch.setattr(terms, "_hooks", [])
    party, officer = department()
    MembershipFactory(party=party)
    held_by(brought(), party, officer)
    term = party.memberships.get(person=officer.person)
    end_term(term, last_day=timezone.localdate() - A_DAY, by=officer)
    with pytest.raises(DatabaseError, match="before her term ends"), transaction.atomic():
        check_guards()
    term.refresh_from_db()
    term.until = None
    term.save()


@pytest.mark.parametrize("column", ["is_active", "is_coordinator"])
def test_the_database_refuses_that_a_coordinator_with_cases_stops_being_one(desk, column):
    brought()
    setattr(desk, column, False)
    desk.save()
    with pytest.raises(DatabaseError, match="before she goes"), transaction.atomic():
        check_guards()
    setattr(desk, column, True)
    desk.save()


def test_the_deputy_of_the_department_takes_it_before_the_desk_does(desk):
    party, officer = department()
    deputy = MembershipFactory(party=party).person
    case = held_by(brought(), party, officer)
    today = timezone.localdate()
    leaver = party.memberships.get(person=officer.person)
    services.set_absence(leaver.person, deputy, since=today, until=today, by=Actor(officer.person))
    end_term(leaver, last_day=today - A_DAY, by=officer)
    assert (fresh(case).owner, fresh(case).department) == (deputy, party)


def test_a_term_that_ends_by_the_clock_leaves_no_gap_and_the_job_moves_the_case_once(desk):
    party, officer = department()
    case = held_by(brought(), party, officer)
    Membership.objects.filter(party=party).update(until=timezone.localdate() + A_DAY)
    with time_machine.travel(timezone.now() + 2 * A_DAY):
        now = fresh(case)
        assert now.owner_id == officer.person
        assert queries.holder_of(now) == desk
        assert queries.reader_of(officer.person) is None
        assert queries.sight_of(now, queries.reader_of(desk.pk)) is Sight.DEPUTY
        services.answer(now, body="窓口が引き取りました。", by=Actor(desk.pk))
        assert (services.settle_owners(), services.settle_owners()) == (1, 0)
        assert (fresh(case).owner, fresh(case).department) == (desk, None)


def test_a_department_that_closes_holds_no_case_any_more(desk):
    party, officer = department()
    case = held_by(brought(), party, officer)
    Party.objects.filter(pk=party.pk).update(closed_at=timezone.now())
    assert queries.holder_of(fresh(case)) == desk
    assert queries.reader_of(officer.person) is None
    assert services.settle_owners() == 1
    assert fresh(case).owner == desk


def test_the_rota_decides_to_whom_a_new_case_comes_and_a_deputy_stands_in(desk):
    other, third = (PersonFactory(is_coordinator=True) for _ in range(2))
    today = timezone.localdate()
    services.set_duty(other, since=today, until=today, by=Actor(desk.pk))
    assert brought().owner == other
    absence = services.set_absence(other, third, since=today, until=today, by=Actor(other.pk))
    assert brought().owner == third
    services.remove_absence(absence, by=Actor(other.pk))
    services.remove_duty(Duty.objects.get(), by=Actor(desk.pk))
    loads = {person: Case.objects.filter(owner=person).count() for person in (desk, other, third)}
    assert loads == {desk: 0, other: 1, third: 1}
    assert brought().owner == desk


def test_a_deputy_acts_while_the_owner_is_away_and_not_a_day_longer(desk):
    deputy = PersonFactory(is_coordinator=True)
    case = brought()
    today = timezone.localdate()
    absence = services.set_absence(desk, deputy, since=today, until=today, by=Actor(desk.pk))
    services.answer(case, body="代わりに答えます。", by=Actor(deputy.pk))
    assert fresh(case).owner == desk
    services.remove_absence(absence, by=Actor(desk.pk))
    with pytest.raises(Forbidden):
        services.answer(case, body="もう一度", by=Actor(deputy.pk))


def test_only_coordinators_set_the_rota_and_no_day_is_given_twice(desk):
    today, by = timezone.localdate(), Actor(desk.pk)
    services.set_duty(desk, since=today, until=today + timedelta(days=6), by=by)
    with pytest.raises(Conflict, match="当番の人がいます"):
        services.set_duty(desk, since=today + timedelta(days=6), until=today + timedelta(days=9), by=by)
    with pytest.raises(Invalid):
        services.set_duty(PersonFactory(), since=today, until=today, by=by)
    with pytest.raises(Invalid, match="終わりの日"):
        services.set_duty(desk, since=today, until=today - A_DAY, by=by)
    with pytest.raises(Forbidden):
        services.set_duty(desk, since=today, until=today, by=department()[1])
    with pytest.raises(Invalid, match="同じ課"):
        services.set_absence(desk, PersonFactory(), since=today, until=today, by=by)


def test_an_account_that_goes_leaves_its_cases_with_the_desk_unless_nobody_else_is_there(desk):
    case = brought()
    assert queries.erasure_obstacles(desk)
    with pytest.raises(Refused, match="ほかの協働推進員"):
        erase(desk, by=Actor(desk.pk))
    other = PersonFactory(is_coordinator=True)
    assert queries.erasure_obstacles(desk) == []
    erase(desk, by=Actor(desk.pk))
    check_guards()
    assert fresh(case).owner == other


def test_a_case_is_sorted_and_its_department_suggested_from_the_pack(desk):
    party, _officer = department(name="公園みどり課（見本）")
    case = services.sort(brought(), category="green", by=Actor(desk.pk))
    assert queries.department_for(case.category, timezone.localdate()) == party
    assert queries.department_for("money", timezone.localdate()) is None
    with pytest.raises(Invalid):
        services.sort(case, category="unknown", by=Actor(desk.pk))
