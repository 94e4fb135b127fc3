"""What a reader may see: lists, one collaboration, the version that waits, the ring."""

from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass

from django.db.models import Exists, FilteredRelation, OuterRef, Prefetch, Q, QuerySet

from wanowa.collaborations.models import (
    Collaboration,
    Consent,
    Draft,
    JoinRequest,
    Measure,
    Participation,
    Question,
    Restatement,
    Version,
)
from wanowa.collaborations.rules import QuestionStatus, RestatementStatus, Seat, Status, Terms
from wanowa.kernel.actors import Actor
from wanowa.kernel.text import search_key
from wanowa.parties.models import Party
from wanowa.parties.queries import names, parties_of
from wanowa.parties.rules import SPEAKS

_INSIDE = (Seat.SEATED, Seat.INVITED)
SHOWN = ("collaboration_id", "party_id", "seat", "party__slug", "party__name", "party__kind")
"""What pages show of a seat."""
WAITING = FilteredRelation(
    "versions", condition=Q(versions__in_force_at__isnull=True, versions__closed_at__isnull=True)
)
"""The one version that is open; a unique constraint sees to it that there are not two."""


@dataclass(frozen=True, slots=True)
class Segment:
    """One party's part of the ring."""

    party: int
    name: str
    kind: str
    slug: str
    given: bool


@dataclass(frozen=True, slots=True)
class Card:
    """One collaboration of a list, with its ring."""

    collaboration: Collaboration
    ring: list[Segment]


def visible_to(actor: Actor) -> QuerySet[Collaboration]:
    """Return public collaborations, and those at whose table the actor's person has a part. One extra query."""
    return visible_among(parties_of(actor.person))


def may_be_seen(actor: Actor, key: int) -> bool:
    """Tell whether the actor's person may see the collaboration with this key. Two queries."""
    return visible_to(actor).filter(pk=key).exists()


def visible_among(mine: Collection[int]) -> QuerySet[Collaboration]:
    """Return public collaborations, and those at whose table one of the reader's parties has a part."""
    if not mine:
        return Collaboration.objects.filter(public_since__isnull=False)
    seats = Participation.objects.filter(collaboration=OuterRef("pk"), party__in=mine, seat__in=_INSIDE)
    newcomers = Draft.objects.filter(collaboration=OuterRef("pk"), newcomer__in=mine)
    return Collaboration.objects.filter(Q(public_since__isnull=False) | Exists(seats) | Exists(newcomers))


def directory(*, q: str = "", status: str = "", form: str = "", area: str = "") -> QuerySet[Collaboration]:
    """Return the public list, newest first, with its parties; what was given up only when asked for.

    Costs two queries however long it is.
    """
    found = Collaboration.objects.filter(public_since__isnull=False).defer("search_key")
    for word in search_key(q).split():
        found = found.filter(search_key__contains=word)
    chosen = {"status": status, "form": form, "area": area}
    found = found.filter(**{name: value for name, value in chosen.items() if value})
    if not status:
        found = found.exclude(status=Status.WITHDRAWN)
    return found.order_by("-public_since", "-id").prefetch_related(_seats())


def _seats() -> "Prefetch[str, QuerySet[Participation], str]":
    return Prefetch(
        "participations",
        Participation.objects.filter(seat__in=_INSIDE).select_related("party").only(*SHOWN).order_by("id"),
        to_attr="seats",
    )


@dataclass(frozen=True, slots=True)
class Table:
    """One collaboration with its version in force and draft, the version that waits, the seats, all parties."""

    collaboration: Collaboration
    waiting: Version | None
    seats: list[Participation]
    parties: frozenset[int]
    """Whoever may read the text in preparation, as `around` tells."""


def by_slug(mine: Collection[int], slug: str) -> Table | None:
    """Return what lies at an address, if whoever acts for the parties `mine` may see it. Costs two queries.

    The text of the draft is left out.
    """
    found = (
        Collaboration.objects.annotate(waiting=WAITING)
        .filter(slug=slug)
        .select_related("in_force", "waiting__offered_by", "draft")  # type: ignore[misc]  # knows no annotation
        .defer("search_key", "draft__content", *_apart("waiting__offered_by"))
        .prefetch_related(_seats())
    )
    # Not first(): the address is unique, and an order costs more than the query. Whether the reader may see it
    # is decided on what was read anyway, by the rule of `visible_among`.
    table = next(map(_table, found), None)
    visible = table and (table.collaboration.public_since or not table.parties.isdisjoint(mine))
    return table if visible else None


def _apart(path: str) -> list[str]:
    """Return what is left out of a party of which only the name is shown."""
    shown = {"id", "slug", "name", "kind"}
    return [f"{path}__{field.name}" for field in Party._meta.concrete_fields if field.name not in shown]


def _table(found: Collaboration) -> Table:
    """Return a collaboration read with `WAITING`, its draft and `_seats` as a table. No query."""
    draft = getattr(found, "draft", None)
    parties = {seat.party_id for seat in found.seats} | ({draft.newcomer_id} if draft else set())
    return Table(found, getattr(found, "waiting", None), found.seats, frozenset(parties - {None}))


def open_version(collaboration: Collaboration) -> Version | None:
    """Return the version that awaits consent. Costs one query."""
    return Version.objects.filter(
        collaboration=collaboration, in_force_at__isnull=True, closed_at__isnull=True
    ).first()


def version_by_fingerprint(collaboration: Collaboration, fingerprint: str) -> Version | None:
    """Return the version a reader saw, open or not. Costs one query."""
    return Version.objects.filter(collaboration=collaboration, fingerprint=fingerprint).first()


def ring_of(participations: Iterable[Participation], version: Version | None) -> list[Segment]:
    """Return the ring: a segment for each seat, filled when its party has consented to `version`.

    Costs one query while the version waits, none afterwards: in force means that everybody seated consented.
    """
    if version is not None and version.in_force_at:
        return [_segment(seat, given=seat.seat == Seat.SEATED) for seat in participations]
    given = set(_consents(version=version).values_list("party_id", flat=True)) if version else set()
    return [_segment(seat, given=seat.party_id in given) for seat in participations]


def with_rings(collaborations: Iterable[Collaboration]) -> list[Card]:
    """Return each listed collaboration with its ring: full in force, else the consents so far. Costs one query."""
    listed = list(collaborations)
    offered = [one.pk for one in listed if one.status == Status.OFFERED]
    waiting = _consents(version__collaboration__in=offered, version__closed_at__isnull=True)
    given = set(waiting.values_list("version__collaboration_id", "party_id")) if offered else set()
    return [
        Card(
            one,
            [
                _segment(seat, given=one.in_force_id is not None or (one.pk, seat.party_id) in given)
                for seat in one.seats
            ],
        )
        for one in listed
    ]


def _consents(**about: object) -> QuerySet[Consent]:
    return Consent.objects.filter(withdrawn_at__isnull=True, **about)


def _segment(seat: Participation, *, given: bool) -> Segment:
    return Segment(seat.party_id, seat.party.name, seat.party.kind, seat.party.slug, given)


def names_in(*texts: Terms | None) -> dict[int, str]:
    """Return the names of all parties in some terms. Costs one query."""
    wanted = {party for terms in texts if terms for party in terms.parties}
    return {party: found.name for party, found in names(wanted).items()}


@dataclass(frozen=True, slots=True)
class OwnTable:
    """A table with which one of the reader's parties has to do: seated, invited, or asked for its consent."""

    table: Table
    given: frozenset[int]
    """The parties that consented to the version that waits."""
    asked: bool
    """Whether somebody asks to join."""
    measured: bool
    """Whether a measure about the record waits for answers."""
    questioned: bool
    """Whether a question waits for an answer."""
    restated: bool
    """Whether a restatement waits to be confirmed."""

    @property
    def card(self) -> Card:
        """What a list shows of it."""
        found = self.table.collaboration
        full = found.in_force_id is not None
        return Card(
            found, [_segment(seat, given=full or seat.party_id in self.given) for seat in self.table.seats]
        )

    def awaits(self, mine: Collection[int]) -> bool:
        """Whether one of the parties `mine` can give a consent that is missing; whoever speaks for one gives one."""
        waiting = self.table.waiting
        return (
            waiting is not None and not self.given.intersection(mine) and bool({*waiting.concerned} & {*mine})
        )

    def seats(self, mine: Collection[int], seat: Seat) -> list[Participation]:
        """Return the seats of a kind that the parties `mine` have here."""
        return [own for own in self.table.seats if own.seat == seat and own.party_id in mine]


def tables_of(mine: Collection[int]) -> list[OwnTable]:
    """Return every table with which the parties `mine` have to do, last moved first. Costs three queries or two."""
    seats = Participation.objects.filter(party__in=mine, seat__in=_INSIDE).values("collaboration")
    joining = Draft.objects.filter(newcomer__in=mine).values("collaboration")
    asks = JoinRequest.objects.filter(collaboration=OuterRef("pk"), state=JoinRequest.State.WAITING)
    measures = Measure.objects.filter(
        collaboration=OuterRef("pk"), settled__isnull=True, closed_at__isnull=True
    )
    questions = Question.objects.filter(message__collaboration=OuterRef("pk"), status=QuestionStatus.OPEN)
    restatements = Restatement.objects.filter(
        message__collaboration=OuterRef("pk"), status=RestatementStatus.WAITING
    )
    found = (
        Collaboration.objects.annotate(
            waiting=WAITING,
            asked=Exists(asks),
            measured=Exists(measures),
            questioned=Exists(questions),
            restated=Exists(restatements),
        )
        .filter(pk__in=seats.union(joining))
        .exclude(status=Status.WITHDRAWN)
        .select_related("waiting__offered_by", "draft__edited_by")  # type: ignore[misc]  # knows no annotation
        .defer("search_key", "draft__content", *_apart("waiting__offered_by"), *_apart("draft__edited_by"))
        .order_by("-updated_at")
        .prefetch_related(_seats())
    )
    tables = [(_table(one), (one.asked, one.measured, one.questioned, one.restated)) for one in found]
    given = defaultdict[int, set[int]](set)
    if offers := [table.waiting.pk for table, _owed in tables if table.waiting]:
        for version, party in _consents(version__in=offers).values_list("version_id", "party_id"):
            given[version].add(party)
    return [
        OwnTable(table, frozenset(given[table.waiting.pk] if table.waiting else ()), *owed)
        for table, owed in tables
    ]


def waiting_for(actor: Actor) -> list[Version]:
    """Return the open versions that await a consent this person can give, oldest first. Costs ≤ four queries."""
    mine = parties_of(actor.person, SPEAKS)
    offers = [own.table.waiting for own in tables_of(mine) if own.awaits(mine)]
    return sorted((version for version in offers if version), key=lambda version: version.offered_at)
