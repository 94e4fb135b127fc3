"""People join, found their parties, invite each other and register: through the services, each once."""

from collections.abc import Callable, Iterable, Mapping
from datetime import timedelta
from functools import partial

from django.utils import timezone

from wanowa.cli.town.content import Person, Settler
from wanowa.guideline.rules import Kind
from wanowa.kernel.actors import SYSTEM, Actor
from wanowa.kernel.eras import fiscal_year_of
from wanowa.parties import services
from wanowa.parties.models import Membership, Party
from wanowa.parties.queries import current_memberships
from wanowa.parties.rules import FOUNDED_AT_THE_DESK, Role
from wanowa.parties.services import Naming, Profile
from wanowa.people import services as people_services
from wanowa.people.models import User

DESK = "nakamura"
"""The coordinator, who opens public offices and decides about registrations."""


def desk(people: Mapping[str, Person]) -> list[Callable[[], object]]:
    """Return what lets each coordinator join, unless she is there."""
    return [partial(_user, person) for person in people.values() if person.is_coordinator]


def pieces(settlers: Iterable[Settler], people: Mapping[str, Person]) -> list[Callable[[], None]]:
    """Return what builds each party with the people in it, unless it is there."""
    return [partial(_settle, settler, people) for settler in settlers]


def actors(settlers: Iterable[Settler], people: Mapping[str, Person]) -> dict[str, Actor]:
    """Return who speaks for each party today, by the key of the party. Costs one query."""
    groups, alone = dict[str, Actor](), dict[str, Actor]()
    held = current_memberships().filter(role=Role.REPRESENTATIVE, party__is_demo=True).order_by("-id")
    for term in held.select_related("party", "person"):
        actor = Actor(person=term.person_id, party=term.party_id)
        if term.party.kind == Kind.RESIDENT:
            alone[term.person.email] = actor
        else:
            groups[term.party.slug] = actor
    return {
        settler.key: alone[people[settler.speaker].email]
        if settler.kind is Kind.RESIDENT
        else groups[settler.slug]
        for settler in settlers
    }


def _settle(settler: Settler, people: Mapping[str, Person]) -> None:
    speaker, desk = people[settler.speaker], people[DESK]
    if _is_there(settler, speaker):
        return
    opener = desk if settler.kind in FOUNDED_AT_THE_DESK else speaker
    party = services.found(
        settler.kind,
        Naming(settler.name, settler.reading, settler.alternative_name),
        Profile(**{name: getattr(settler, name) for name in Profile.__slots__ if hasattr(settler, name)}),
        by=Actor(person=_user(opener).pk),
        is_demo=True,
    )
    if opener is not speaker:
        _hand_over_from_the_desk(party, opener, speaker)
    for member, role in settler.members.items():
        _admit(party, people[member], role, by=Actor(_user(speaker).pk, party.pk))
    if settler.registration:
        _register(party, settler, speaker, desk)


def _is_there(settler: Settler, speaker: Person) -> bool:
    if settler.kind is Kind.RESIDENT:
        own = Membership.objects.filter(person__email=speaker.email, party__is_demo=True)
        return own.filter(party__kind=Kind.RESIDENT).exists()
    return Party.objects.filter(slug=settler.slug, is_demo=True).exists()


def _hand_over_from_the_desk(party: Party, opener: Person, speaker: Person) -> None:
    """Let the office itself speak: whoever opened it at the desk leaves the same day."""
    by = Actor(_user(opener).pk, party.pk)
    _admit(party, speaker, Role.REPRESENTATIVE, by=by)
    own = party.memberships.get(person_id=by.required_person)
    services.end_term(own, last_day=timezone.localdate() - timedelta(days=1), by=by)


def _admit(party: Party, person: Person, role: Role, *, by: Actor) -> None:
    """Invite somebody, who opens the mail at once."""
    invitation = services.invite(
        party, person.email, role, starts_on=timezone.localdate(), link=lambda token: f"/{token}", by=by
    )
    services.accept_invitation(invitation, by=Actor(_user(person).pk))


def _register(party: Party, settler: Settler, speaker: Person, desk: Person) -> None:
    year = fiscal_year_of(timezone.localdate())
    by = Actor(_user(speaker).pk, party.pk)
    registration = services.apply_for_registration(party, year, note=settler.registration_note, by=by)
    if settler.registration != "applied":
        services.decide_registration(
            registration,
            accept=settler.registration == "accepted",
            reason=settler.registration_reason,
            by=Actor(_user(desk).pk),
        )


def _user(person: Person) -> User:
    """Return the account; who has none yet joins now."""
    found = User.objects.filter(email=person.email).first()
    return found or people_services.join(
        User(
            email=person.email,
            name=person.name,
            reading=person.reading,
            language=person.language,
            text_size=person.text_size,
            is_coordinator=person.is_coordinator,
        ),
        by=SYSTEM,
    )
