"""Parties to test with. Defaults are the plainest that the rules allow."""

from datetime import date

import factory

from wanowa.guideline.rules import Kind
from wanowa.kernel.text import search_key
from wanowa.parties.models import Membership, Party
from wanowa.parties.rules import Role
from wanowa.people.models import User
from wanowa.people.tests.factories import PersonFactory

LONG_AGO = date(2020, 4, 1)


class PartyFactory(factory.django.DjangoModelFactory[Party]):
    """A party with nobody in it."""

    class Meta:
        model = Party

    slug = factory.Sequence(lambda n: f"団体-{n}")
    kind = Kind.CITIZEN
    name = factory.Sequence(lambda n: f"和光の会{n}")
    reading = factory.Sequence(lambda n: f"わこうのかい{n}")
    place = ""
    good_at = ""
    sort_key = factory.LazyAttribute(lambda party: search_key(party.reading or party.name))
    search_key = factory.LazyAttribute(
        lambda party: search_key(f"{party.name} {party.reading} {party.place} {party.good_at}")
    )


class MembershipFactory(factory.django.DjangoModelFactory[Membership]):
    """A representative since long ago, until further notice."""

    class Meta:
        model = Membership

    party = factory.SubFactory(PartyFactory)
    person = factory.SubFactory(PersonFactory)
    role = Role.REPRESENTATIVE
    since = LONG_AGO


def party_with(
    *, kind: Kind = Kind.CITIZEN, role: Role = Role.REPRESENTATIVE, people: int = 1, **fields: object
) -> tuple[Party, list[User]]:
    """Return a party and the `people` who hold `role` in it."""
    party = PartyFactory(kind=kind, **fields)
    return party, [MembershipFactory(party=party, role=role).person for _ in range(people)]
