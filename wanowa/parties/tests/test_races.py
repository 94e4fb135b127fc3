"""The same second: two resign, two invite one person, a link is pressed twenty times. Real threads."""

import threading
from datetime import timedelta

import pytest
from django.utils import timezone

from tests.racing import at_once
from wanowa.kernel.actors import Actor
from wanowa.kernel.errors import Refused
from wanowa.parties import queries, services
from wanowa.parties.models import Invitation, Membership, Party
from wanowa.parties.rules import Role
from wanowa.parties.services import Naming, authority
from wanowa.parties.tests.factories import party_with
from wanowa.people.tests.factories import PersonFactory


def refused_at_most(*acts):
    """Run all acts in the same moment; return what each raised, None or a refusal."""
    outcomes = at_once(*acts)
    unexpected = [outcome for outcome in outcomes if outcome and not isinstance(outcome, Refused)]
    assert not unexpected
    return outcomes


def resignations(party):
    """Each representative resigns at once, as an act."""
    yesterday = timezone.localdate() - timedelta(days=1)
    return [
        lambda term=term: services.end_term(
            term, last_day=yesterday, by=Actor(person=term.person_id, party=party.pk)
        )
        for term in Membership.objects.filter(party=party)
    ]


def test_of_two_who_resign_in_the_same_second_one_stays(committed):
    for _ in range(10):
        party, _people = party_with(people=2)
        outcomes = refused_at_most(*resignations(party))
        assert sum(outcome is None for outcome in outcomes) == 1
        assert queries.first_unrepresented_day(party.pk) is None


def test_without_the_lock_both_would_be_gone(committed, monkeypatch):
    """The negative control: the race is real, and only the lock on the party decides it."""
    both_read = threading.Barrier(2)

    def unlocked(party):
        found = Party.objects.get(pk=party)
        both_read.wait(timeout=10)
        return found

    monkeypatch.setattr(authority, "locked", unlocked)
    represented = services.terms.require_representative

    def slowly(party):
        represented(party)
        both_read.wait(timeout=10)

    monkeypatch.setattr(services.membership, "require_representative", slowly)
    party, _people = party_with(people=2)
    assert refused_at_most(*resignations(party)) == [None, None]
    assert queries.first_unrepresented_day(party.pk) == timezone.localdate()


def test_two_who_invite_one_person_send_one_invitation(committed):
    party, people = party_with(people=2)
    outcomes = refused_at_most(
        *(
            lambda person=person: services.invite(
                party,
                "new@example.jp",
                Role.MEMBER,
                starts_on=timezone.localdate(),
                link=str,
                by=Actor(person=person.pk, party=party.pk),
            )
            for person in people
        )
    )
    assert sum(outcome is None for outcome in outcomes) == 1
    assert Invitation.objects.count() == 1


def test_a_link_pressed_twenty_times_opens_once(committed):
    party, (boss,) = party_with()
    invitation = services.invite(
        party,
        "new@example.jp",
        Role.MEMBER,
        starts_on=timezone.localdate(),
        link=str,
        by=Actor(person=boss.pk, party=party.pk),
    )
    person = PersonFactory(email="new@example.jp")
    outcomes = refused_at_most(
        *[lambda: services.accept_invitation(invitation, by=Actor(person=person.pk))] * 20
    )
    assert sum(outcome is None for outcome in outcomes) == 1
    assert Membership.objects.filter(person=person).count() == 1


def test_ten_parties_founded_under_one_name_get_ten_addresses(committed):
    people = [PersonFactory() for _ in range(10)]
    outcomes = refused_at_most(
        *(
            lambda person=person: services.found("citizen", Naming("同じ会"), by=Actor(person=person.pk))
            for person in people
        )
    )
    assert outcomes == [None] * 10
    assert Party.objects.filter(slug__startswith="同じ会").count() == 10


@pytest.mark.parametrize("kind", ["resident"])
def test_a_person_becomes_one_party_however_often_they_press(committed, kind):
    person = PersonFactory()
    outcomes = refused_at_most(
        *[lambda: services.found(kind, Naming("佐藤"), by=Actor(person=person.pk))] * 5
    )
    assert sum(outcome is None for outcome in outcomes) == 1
    assert Party.objects.filter(kind=kind).count() == 1
