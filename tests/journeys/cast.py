"""The parties of the journeys, each with one person, and the steps that several journeys take."""

from dataclasses import dataclass

from tests.browser.stage import Somebody, Visit
from wanowa.collaborations.models import Collaboration
from wanowa.guideline.rules import Kind
from wanowa.kernel.actors import Actor
from wanowa.parties.models import Party
from wanowa.parties.tests.factories import party_with
from wanowa.people.models import User

NAMES = (
    (Kind.CITIZEN, "湧水の会"),
    (Kind.CITY, "環境課"),
    (Kind.COMPANY, "和光造園"),
    (Kind.LOCAL, "新倉自治会"),
)


@dataclass
class Member:
    """One party with the person who speaks for it."""

    party: Party
    person: User

    @property
    def name(self) -> str:
        """How the party is called."""
        return self.party.name

    @property
    def actor(self) -> Actor:
        """The person, acting for the party."""
        return Actor(self.person.pk, self.party.pk)


def cast(count: int) -> list[Member]:
    """Return `count` parties of different kinds; each call makes new ones, told apart by a number."""
    members = []
    for kind, name in NAMES[:count]:
        party, (person,) = party_with(kind=kind)
        party.name = f"{name}{party.pk}"
        party.save(update_fields=["name"])
        members.append(Member(party, person))
    return members


def windows(visit: Visit, members: list[Member], **how: object) -> list[Somebody]:
    """Open a window for each."""
    return [visit(member.person, **how) for member in members]


def page_of(collaboration: Collaboration, more: str = "") -> str:
    """Return the path of a page of a collaboration."""
    return f"/collaborations/{collaboration.slug}/{more}"


def save(who: Somebody) -> None:
    """Save a clause and see that it is saved."""
    who.press("保存する")
    who.reads("」を保存しました。")
