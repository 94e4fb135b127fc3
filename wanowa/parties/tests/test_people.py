"""What parties tell people: names, second factor, a person's data, and what stands in the way of erasure."""

from datetime import timedelta

import pytest
from django.utils import timezone

from wanowa.guideline.rules import Kind
from wanowa.kernel.actors import Actor
from wanowa.kernel.errors import Refused
from wanowa.parties import queries
from wanowa.parties.models import Invitation, Membership
from wanowa.parties.rules import Role
from wanowa.parties.tests.factories import MembershipFactory, PartyFactory, party_with
from wanowa.people import queries as people
from wanowa.people.services import erase

pytestmark = pytest.mark.django_db


def test_names_cost_one_query_for_any_number(django_assert_num_queries):
    parties = [PartyFactory() for _ in range(20)]
    with django_assert_num_queries(1):
        named = queries.names([*(party.pk for party in parties), 0])
    assert {pk: name.name for pk, name in named.items()} == {party.pk: party.name for party in parties}
    assert named[parties[0].pk].url == parties[0].get_absolute_url()
    with django_assert_num_queries(0):
        assert queries.names([]) == {}


@pytest.mark.parametrize("kind", Kind)
def test_only_who_acts_for_the_city_needs_a_second_factor(kind):
    _party, (person,) = party_with(kind=kind)
    assert people.needs_second_factor(person) is (kind == Kind.CITY)


def test_a_former_official_needs_no_second_factor():
    term = MembershipFactory(party__kind=Kind.CITY, until=timezone.localdate() - timedelta(days=1))
    assert not people.needs_second_factor(term.person)


def test_a_person_takes_their_terms_and_their_own_words_along():
    party, (person,) = party_with(kind=Kind.RESIDENT, story="庭師です")
    MembershipFactory(person=person, party__name="花の会", role=Role.VIEWER)
    data = queries.export_of(person)
    assert [term["party"] for term in data["memberships"]] == [party.name, "花の会"]
    assert [words["story"] for words in data["own_parties"]] == ["庭師です"]


def test_the_only_representative_hands_over_before_leaving():
    party, (person,) = party_with(name="花の会")
    with pytest.raises(Refused, match="「花の会」の代表"):
        erase(person, by=Actor(person=person.pk))
    MembershipFactory(party=party)
    erase(person, by=Actor(person=person.pk))
    assert queries.role_in(party.pk, person.pk) is None


def test_nothing_a_person_wrote_stays_behind():
    party, (person,) = party_with(
        kind=Kind.RESIDENT, name="佐藤 花子", story="庭師です", contact_note="090", place="白子"
    )
    _group, (other,) = party_with()
    Invitation.objects.create(
        party=_group,
        email=person.email,
        role=Role.MEMBER,
        starts_on=timezone.localdate(),
        token_digest="0" * 64,
        invited_by=other,
        expires_at=timezone.now(),
    )
    erase(person, by=Actor(person=person.pk))
    party.refresh_from_db()
    kept = str([getattr(party, field.name) for field in party._meta.fields])
    assert party.closed_at
    for word in ("佐藤", "庭師", "090", "白子"):
        assert word not in kept
    assert not Invitation.objects.exists()


def test_erasing_one_person_leaves_the_others_in_place():
    party, (_boss,) = party_with()
    leaver, stays = (MembershipFactory(party=party, role=Role.MEMBER).person for _ in range(2))
    erase(leaver, by=Actor(person=leaver.pk))
    assert Membership.objects.get(person=stays).until is None
