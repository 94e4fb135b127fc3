"""Reading parties: who may act for whom today, the directory, names, and what other apps add."""

import hashlib
from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from functools import lru_cache
from types import MappingProxyType
from typing import NamedTuple

from django.contrib.auth.models import AnonymousUser
from django.db.models import Count, Exists, FilteredRelation, OuterRef, Q, QuerySet
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from wanowa.guideline.rules import Kind
from wanowa.kernel.actors import PUBLIC, Actor
from wanowa.kernel.eras import fiscal_year_of
from wanowa.kernel.errors import Forbidden, Sentence
from wanowa.kernel.rows import only
from wanowa.kernel.text import search_key
from wanowa.parties.models import Invitation, Membership, Paper, Party, Registration
from wanowa.parties.rules import ALONE, OWN_WORDS, SPEAKS, RegistrationStatus, Role, Term, first_day_without
from wanowa.people.models import User
from wanowa.record.queries import clock


def current_memberships(on: date | None = None) -> QuerySet[Membership]:
    """Return the memberships in term on a day (default: today in Japan). Costs one query."""
    day = on or timezone.localdate()
    return Membership.objects.filter(Q(until__isnull=True) | Q(until__gte=day), since__lte=day)


class PartyName(NamedTuple):
    """What a page needs to name a party and link to it."""

    id: int
    slug: str
    name: str
    kind: str
    url: str


def _named(pk: int, slug: str, name: str, kind: str) -> PartyName:
    return PartyName(pk, slug, name, kind, reverse("parties:party", args=[slug]))


class Held(NamedTuple):
    """What a person may do for one party today."""

    party: PartyName
    role: Role


def held_by(user: User | AnonymousUser) -> tuple[Held, ...]:
    """Return what the reader of a page may do for whom today, oldest term first. Costs one query a request.

    Kept on the user object that the request made, so that gate and page ask once. It is for showing only:
    services check authority at commit time with `require`.
    """
    if not isinstance(user, User):
        return ()
    kept: tuple[Held, ...] | None = user.__dict__.get("_held")
    if kept is None:
        found = current_memberships().filter(person_id=user.pk).order_by("id")
        rows = found.values_list("party_id", "party__slug", "party__name", "party__kind", "role")
        kept = tuple(Held(_named(pk, slug, name, kind), Role(role)) for pk, slug, name, kind, role in rows)
        user.__dict__["_held"] = kept
    return kept


def actor_of(user: User | AnonymousUser, *, party: int | None = None) -> Actor:
    """Return who acts: the person, for `party`, or for their only party when none is named. Costs as `held_by`.

    A named party is not checked here: every service checks authority at commit time with `require`.
    """
    if not isinstance(user, User):
        return PUBLIC
    if party is None:
        own = held_by(user)
        party = own[0].party.id if len(own) == 1 else None
    return Actor(person=user.pk, party=party)


def parties_of(person: int | None, roles: Collection[Role] = frozenset(Role)) -> frozenset[int]:
    """Return the ids of the parties a person acts for today in one of `roles`. Costs one query."""
    if person is None:
        return frozenset()
    found = current_memberships().filter(person_id=person, role__in=roles)
    return frozenset(found.values_list("party_id", flat=True))


def require(by: Actor, roles: Collection[Role]) -> None:
    """Refuse unless `by` holds one of `roles` for its open party now; locks the membership until commit.

    Raises Forbidden. Costs one query. Call it inside a transaction.
    """
    held = (
        current_memberships()
        .filter(person_id=by.required_person, party_id=by.required_party, role__in=roles)
        .filter(party__in=Party.objects.filter(closed_at__isnull=True))
        .select_for_update(no_key=True)
    )
    if not held.exists():
        raise Forbidden(
            _("この主体の代表または担当の任期中の人だけができます。主体のページで任期を確かめてください。")
        )


def has_members(party: Party) -> bool:
    """Say whether somebody acts for the party, today or from a coming day on. Costs one query."""
    return _acting().filter(party=party).exists()


def _acting() -> QuerySet[Membership]:
    return Membership.objects.filter(Q(until__isnull=True) | Q(until__gte=timezone.localdate()))


def answerable() -> QuerySet[Party]:
    """Return the open parties for which somebody acts today: only they can be invited. Costs one query."""
    acting = current_memberships().filter(party=OuterRef("pk"))
    return Party.objects.filter(Exists(acting), closed_at__isnull=True)


def role_in(party: int, person: int | None) -> Role | None:
    """Return the role a person holds in a party today. Costs one query, none for the public."""
    if person is None:
        return None
    held = (
        current_memberships().filter(party_id=party, person_id=person).values_list("role", flat=True).first()
    )
    return Role(held) if held else None


def members(party: Party) -> list[Membership]:
    """Return present and coming terms with their persons, representatives first. Costs one query."""
    found = (
        Membership.objects.filter(Q(until__isnull=True) | Q(until__gte=timezone.localdate()), party=party)
        .select_related("person")
        .order_by("since", "id")
    )
    return sorted(found, key=lambda membership: list(Role).index(Role(membership.role)))


def term_of(party: Party, pk: int) -> Membership | None:
    """Return one term of a party with its person. Costs one query."""
    return Membership.objects.filter(party=party, pk=pk).select_related("person").first()


def first_unrepresented_day(party: int, *, without: int | None = None) -> date | None:
    """Return the first day from today on that a party has no representative, or None. Costs one query.

    `without` leaves one person (id) out: what would be if that person went?
    """
    terms = Membership.objects.filter(party_id=party, role__in=SPEAKS).exclude(person_id=without)
    found = (Term(since, until) for since, until in terms.values_list("since", "until"))
    return first_day_without(found, timezone.localdate())


def names(ids: Iterable[int]) -> dict[int, PartyName]:
    """Return the names of parties by id; unknown ids are left out. Costs one query, none for no ids."""
    wanted = set(ids)
    if not wanted:
        return {}
    found = Party.objects.filter(pk__in=wanted).values_list("id", "slug", "name", "kind")
    return {pk: _named(pk, slug, name, kind) for pk, slug, name, kind in found}


def plain_names(ids: Iterable[int]) -> dict[int, str]:
    """Return only what parties are called, for the process log. Costs one query, none for no ids."""
    return {pk: party.name for pk, party in names(ids).items()}


def by_slug(slug: str) -> Party | None:
    """Return the party at an address, closed ones too: addresses stay for ever. Costs one query."""
    return only(Party.objects.filter(slug=slug))


@dataclass(frozen=True, slots=True)
class Wanted:
    """What the reader of the directory looks for. Empty means: anything."""

    q: str = ""
    kind: str = ""
    field: str = ""
    place: str = ""
    registered: bool = False


def directory(wanted: Wanted) -> QuerySet[Party]:
    """Return the open parties that fit, by their reading, each with `is_registered`. Costs one query.

    Every word of `q` must occur in a party's names, reading, place, or what it says it is good at.
    """
    year = fiscal_year_of(timezone.localdate())
    accepted = Registration.objects.filter(
        party=OuterRef("pk"), fiscal_year=year, status=RegistrationStatus.ACCEPTED
    )
    found = Party.objects.filter(closed_at__isnull=True).annotate(is_registered=Exists(accepted))
    for word in wanted.q.split():
        found = found.filter(search_key__contains=search_key(word))
    if wanted.kind:
        found = found.filter(kind=wanted.kind)
    if wanted.field:
        found = found.filter(fields__contains=[wanted.field])
    if wanted.place:
        found = found.filter(place__icontains=wanted.place)
    if wanted.registered:
        found = found.filter(is_registered=True)
    return found.defer("story", "contact_note", "search_key").order_by("sort_key", "id")


def counts_by_kind(wanted: Wanted) -> Mapping[Kind, int]:
    """Return how many parties of each kind fit when the wish for a kind is left out.

    Costs one query over all of them; a web process counts only when parties have moved since.
    """
    anything = replace(wanted, kind="")
    moment = clock.moment(["parties"])
    return _counted(anything) if moment is None else _counted_at(anything, moment, timezone.localdate())


@lru_cache(maxsize=128)
def _counted_at(wanted: Wanted, moment: str, day: date) -> Mapping[Kind, int]:
    """Return the counts of one moment on the record and one day: registrations end with the fiscal year."""
    return _counted(wanted)


def _counted(wanted: Wanted) -> Mapping[Kind, int]:
    found = dict(directory(wanted).order_by().values_list("kind").annotate(number=Count("pk")))
    return MappingProxyType({kind: found.get(kind.value, 0) for kind in Kind})


def with_registration(slug: str, year: int) -> tuple[Party | None, Registration | None]:
    """Return the party at an address and its registration for a fiscal year. Costs one query.

    The party carries `peopled`: whether somebody acts for it, as `has_members` says.
    """
    now = FilteredRelation("registrations", condition=Q(registrations__fiscal_year=year))
    peopled = Exists(_acting().filter(party=OuterRef("pk")))
    parties = Party.objects.filter(slug=slug).annotate(now=now, peopled=peopled)
    found = parties.select_related("now").first()  # type: ignore[misc] # unknown to the stubs, as it is annotated
    return found, getattr(found, "now", None)


def registration_in(party: Party, year: int) -> Registration | None:
    """Return a party's registration for a fiscal year. Costs one query."""
    return Registration.objects.filter(party=party, fiscal_year=year).first()


def registrations(party: Party) -> QuerySet[Registration]:
    """Return all registrations of a party with their papers, newest first. Costs two queries."""
    return Registration.objects.filter(party=party).prefetch_related("papers").order_by("-fiscal_year")


def paper_of(party: Party, pk: int) -> Paper | None:
    """Return one paper of a party's registrations. Costs one query."""
    return Paper.objects.filter(registration__party=party, pk=pk).first()


def awaiting_decision() -> QuerySet[Registration]:
    """Return the registrations a coordinator has to look at, oldest first. Costs one query."""
    return (
        Registration.objects.filter(status=RegistrationStatus.APPLIED)
        .select_related("party")
        .order_by("updated_at")
    )


def overdue_registrations() -> QuerySet[Registration]:
    """Return the accepted registrations of past fiscal years. Costs one query."""
    year = fiscal_year_of(timezone.localdate())
    return Registration.objects.filter(status=RegistrationStatus.ACCEPTED, fiscal_year__lt=year)


def invitations(party: Party) -> QuerySet[Invitation]:
    """Return the invitations of a party that can still be accepted. Costs one query."""
    return Invitation.objects.filter(
        party=party, accepted_at__isnull=True, expires_at__gt=timezone.now()
    ).order_by("created_at")


def digest_of(token: str) -> str:
    """Return under which digest an invitation's token is stored: hexadecimal SHA-256."""
    return hashlib.sha256(token.encode()).hexdigest()


def invitation_of(token: str) -> Invitation | None:
    """Return the invitation a token opens, while it can be accepted. Costs one query."""
    return (
        Invitation.objects.filter(
            token_digest=digest_of(token), accepted_at__isnull=True, expires_at__gt=timezone.now()
        )
        .select_related("party")
        .first()
    )


def needs_second_factor(person: User) -> bool:
    """Say whether a person acts for a city department: then two factors are due. Costs as `held_by`."""
    return any(held.party.kind == Kind.CITY for held in held_by(person))


def erasure_obstacles(person: User) -> list[str]:
    """Return what must happen first: groups left unrepresented, and what keeps an own party from closing.

    Costs two queries, one a group, and what the registered obstacles cost for an own party.
    """
    held = Membership.objects.filter(person=person, role__in=SPEAKS, party__closed_at__isnull=True)
    parties = Party.objects.filter(pk__in=held.values("party")).order_by("sort_key", "id")
    left_alone = [
        _("「%(party)s」の代表を、先にほかの人に引き継いでください。") % {"party": party.name}
        for party in parties.exclude(kind__in=ALONE)
        if first_unrepresented_day(party.pk, without=person.pk)
    ]
    own = [str(sentence) for party in parties.filter(kind__in=ALONE) for sentence in closing_obstacles(party)]
    return left_alone + own


def export_of(person: User) -> dict[str, object]:
    """Return a person's terms by the names of the parties, and the own party's words. Costs one query."""
    held = Membership.objects.filter(person=person).select_related("party").order_by("since", "id")
    return {
        "memberships": [
            {
                "party": term.party.name,
                "role": term.role,
                "since": term.since.isoformat(),
                "until": term.until.isoformat() if term.until else None,
            }
            for term in held
        ],
        "own_parties": [
            {name: getattr(term.party, name) for name in OWN_WORDS}
            for term in held
            if term.party.kind in ALONE
        ],
    }


@dataclass(frozen=True, slots=True)
class Card:
    """What another app shows on the page of a party."""

    title: str
    href: str
    text: str = ""
    kicker: str = ""


type PublicFacts = Callable[[Party], Collection[tuple[str, str]]]
type Showcase = Callable[[Party], Collection[Card]]
type Obstacle = Callable[[Party], Sentence | None]

_public_facts: list[PublicFacts] = []
_showcases: list[Showcase] = []
_obstacles: list[Obstacle] = []


def register_public_facts(facts: PublicFacts) -> None:
    """Let a higher app tell on a party's page what public records say about it. Call it in `ready()`."""
    _public_facts.append(facts)


def public_facts(party: Party) -> list[tuple[str, str]]:
    """Return (what, how) of every public record of a party. Costs what the registered callables state."""
    return [fact for facts in _public_facts for fact in facts(party)]


def register_showcase(cards: Showcase) -> None:
    """Let a higher app show its public cards on every party's page. Call it in `ready()`."""
    _showcases.append(cards)


def showcase(party: Party) -> list[Card]:
    """Return every registered card for a party. Costs what the registered callables state."""
    return [card for cards in _showcases for card in cards(party)]


def showcase_apps() -> list[str]:
    """Return the apps whose cards and facts stand on a party's page: the page changes when they do."""
    return sorted({shown.__module__.split(".")[1] for shown in (*_showcases, *_public_facts)})


def register_closing_obstacle(obstacle: Obstacle) -> None:
    """Let a higher app say, in a sentence, why a party cannot close yet. Call it in `ready()`."""
    _obstacles.append(obstacle)


def closing_obstacles(party: Party) -> list[Sentence]:
    """Return why a party cannot close yet; empty when it can. Costs what the registered callables state."""
    return [sentence for obstacle in _obstacles if (sentence := obstacle(party))]
