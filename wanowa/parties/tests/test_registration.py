"""A registration is applied for, decided by somebody outside, renewed, and expires with its fiscal year."""

from datetime import UTC, datetime

import pytest
import time_machine

from wanowa.guideline.rules import Kind
from wanowa.kernel.actors import SYSTEM, Actor
from wanowa.kernel.errors import Forbidden, Invalid, Refused
from wanowa.kernel.files import Accepted
from wanowa.parties import queries, services, tasks, verbs
from wanowa.parties.models import Paper
from wanowa.parties.rules import RegistrationStatus, Role
from wanowa.parties.tests.factories import MembershipFactory, party_with
from wanowa.people.tests.factories import PersonFactory
from wanowa.record.queries import history

pytestmark = pytest.mark.django_db
PAPER = Accepted("会則.pdf", "application/pdf", b"%PDF-1.7")


@pytest.fixture(autouse=True)
def _november(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    with time_machine.travel(datetime(2026, 11, 23, 3, tzinfo=UTC)):
        yield


@pytest.fixture
def party():
    return party_with()[0]


def member_of(party):
    person = party.memberships.first().person
    return Actor(person=person.pk, party=party.pk)


def coordinator():
    return Actor(person=PersonFactory(is_coordinator=True).pk)


def applied(party, year=2026):
    return services.apply_for_registration(
        party, year, note="お願いします", papers=[PAPER], by=member_of(party)
    )


def accepted(party, year=2026):
    return services.decide_registration(
        applied(party, year), accept=True, reason="会則を確かめました", by=coordinator()
    )


def content_of(paper):
    with paper.file.open() as kept:
        return kept.read()


def labelled(party):
    return queries.directory(queries.Wanted(registered=True)).filter(pk=party.pk).exists()


def test_an_accepted_registration_labels_the_party_in_its_year(party):
    assert not labelled(party)
    accepted(party)
    assert labelled(party)
    assert [entry.verb for entry in history(party)] == [verbs.APPLIED.name, verbs.REGISTERED.name]
    with time_machine.travel(datetime(2027, 3, 31, 14, 59, 59, tzinfo=UTC)):
        assert labelled(party)
    with time_machine.travel(datetime(2027, 3, 31, 15, tzinfo=UTC)):
        assert not labelled(party)


def test_papers_are_kept_byte_for_byte(party):
    applied(party)
    paper = Paper.objects.get()
    assert (paper.name, paper.media_type, content_of(paper)) == ("会則.pdf", "application/pdf", b"%PDF-1.7")


def test_a_returned_application_says_why_and_is_sent_again(party):
    registration = applied(party)
    with pytest.raises(Invalid, match="理由"):
        services.decide_registration(registration, accept=False, reason="　", by=coordinator())
    services.decide_registration(registration, accept=False, reason="名簿がありません", by=coordinator())
    again = applied(party)
    assert (again.pk, again.status, again.papers.count()) == (
        registration.pk,
        RegistrationStatus.APPLIED,
        2,
    )


def test_a_year_is_applied_for_once(party):
    applied(party)
    with pytest.raises(Refused, match="もう出ています"):
        applied(party)


@pytest.mark.parametrize("year", [2025, 2028, 0])
def test_only_this_and_the_next_year_are_open(party, year):
    with pytest.raises(Invalid, match="今年度か来年度"):
        applied(party, year)


def test_a_resident_needs_no_registration():
    party, _people = party_with(kind=Kind.RESIDENT)
    with pytest.raises(Refused):
        applied(party)


def test_only_a_coordinator_from_outside_decides(party):
    registration = applied(party)
    insider = MembershipFactory(party=party, role=Role.VIEWER, person__is_coordinator=True).person
    _city, (official,) = party_with(kind=Kind.CITY)
    for person in (insider, official, PersonFactory(), PersonFactory(is_staff=True)):
        with pytest.raises(Forbidden):
            services.decide_registration(registration, accept=True, reason="よい", by=Actor(person=person.pk))
    registration.refresh_from_db()
    assert registration.status == RegistrationStatus.APPLIED


def test_a_decision_is_made_once(party):
    registration = accepted(party)
    with pytest.raises(Refused):
        services.decide_registration(registration, accept=False, reason="やはり", by=coordinator())


def test_renewing_carries_the_papers_over(party):
    accepted(party)
    renewed = services.renew(party, 2027, by=member_of(party))
    assert (renewed.fiscal_year, renewed.note, renewed.status) == (2027, "お願いします", "applied")
    assert [content_of(paper) for paper in renewed.papers.all()] == [b"%PDF-1.7"]
    assert labelled(party)


def test_nothing_is_renewed_without_a_registration_before(party):
    applied(party)
    with pytest.raises(Refused, match="前の年度"):
        services.renew(party, 2027, by=member_of(party))


def test_registrations_of_past_years_expire(party):
    registration = accepted(party)
    with pytest.raises(Refused):
        services.expire(registration, by=SYSTEM)
    with time_machine.travel(datetime(2027, 4, 1, 3, tzinfo=UTC)):
        tasks.expire_registrations(0)
        tasks.expire_registrations(0)
    registration.refresh_from_db()
    assert registration.status == RegistrationStatus.EXPIRED
    assert [entry.verb for entry in history(party)].count(verbs.EXPIRED.name) == 1


def test_a_label_gives_no_right_to_anything(party):
    before = queries.parties_of(member_of(party).person)
    accepted(party)
    assert queries.parties_of(member_of(party).person) == before
