"""Who may fit whom: what has to be compared, everything to compare it with, and what is suggested."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache

from django.conf import settings
from django.db.models import F, Q, QuerySet
from django.utils import timezone

from wanowa.collaborations.queries import Link
from wanowa.exchange.models import Listing, Suggestion
from wanowa.exchange.queries.above import ways_from
from wanowa.exchange.queries.reading import neighbours, open_listings, with_places
from wanowa.exchange.rules import Side, Status
from wanowa.exchange.rules.matching import (
    Closeness,
    Field,
    Taxonomy,
    Terms,
    Told,
    assign,
    taxonomy_of,
    told_of,
)
from wanowa.guideline.queries import pack
from wanowa.kernel.embeddings import closeness, unpacked


@dataclass(frozen=True, slots=True)
class Partner:
    """The other side of a suggestion, as one side reads it."""

    listing: Listing
    reason: str
    across: bool
    ways: tuple[Link, ...] = ()


@dataclass(frozen=True, slots=True)
class Planned:
    """One helper of a day, and why."""

    need: int
    offer: int
    reason: str


def taxonomy() -> Taxonomy:
    """Return the city's terms of skills and things. No query."""
    return _taxonomy_of(settings.PACK)


@cache
def _taxonomy_of(_name: str) -> Taxonomy:
    return taxonomy_of(pack().skills, pack().terms)


def comparable() -> QuerySet[Listing]:
    """Return what is open now, with its gist and how many places are free. Costs one query."""
    return with_places(open_listings()).defer(None).select_related("gist").order_by("id")


def has_changed(listing: Listing, model: str) -> bool:
    """Return whether a listing differs from what was compared last, or another model has come. No query."""
    gist = getattr(listing, "gist", None)
    return gist is None or gist.seen != listing.updated_at or gist.model != model


def field_of(listings: list[Listing]) -> tuple[Field, Closeness]:
    """Return listings (of `comparable`) ready to be compared, and how near their meanings are. No query."""
    told = [_told(one) for one in listings]
    vectors = {one.pk: unpacked(bytes(one.gist.vector)) for one in listings if getattr(one, "gist", None)}

    def near(need: int, offer: int) -> float:
        return closeness(vectors.get(need, ()), vectors.get(offer, ()))

    return Field(told, taxonomy(), neighbours()), near


def _told(listing: Listing) -> Told:
    gist = getattr(listing, "gist", None)
    guessed: Mapping[str, float] = gist.guessed if gist else {}
    terms = _terms_of(listing)
    return told_of(listing.pk, listing.title, listing.text, terms, taxonomy(), guessed, listing.keys)


def _terms_of(listing: Listing) -> Terms:
    """Return what a listing lays down, apart from its text. No query."""
    return Terms(
        party=listing.party_id,
        side=listing.side,
        resource=listing.resource,
        slots=tuple(listing.slots),
        day=listing.day,
        starts=listing.starts,
        rhythm=listing.rhythm,
        quarter=listing.quarter,
        quantity=listing.quantity,
        unit=listing.unit,
        free=getattr(listing, "free", None),
        age_from=listing.age_from,
        age_to=listing.age_to,
        audience=tuple(listing.audience),
        accompanied=bool(listing.people or listing.safety),
    )


def current() -> QuerySet[Suggestion]:
    """Return the suggestions whose two sides are open and as they were when they were compared. Costs one query."""
    today, found = timezone.localdate(), Q()
    for side in ("need", "offer"):
        found &= Q(
            **{
                f"{side}__status": Status.OPEN,
                f"{side}__expires_on__gte": today,
                f"{side}__party__closed_at__isnull": True,
                f"{side}__updated_at": F(f"{side}_seen"),
            }
        )
    return Suggestion.objects.filter(found)


def load() -> dict[int, float]:
    """Return how much each party is suggested now: 1 for each first place, ½ for each second. Costs one query."""
    standing: dict[int, float] = defaultdict(float)
    for need, offer, place in current().values_list("need__party_id", "offer__party_id", "place"):
        standing[need] += 1 / place
        standing[offer] += 1 / place
    return standing


def partners_of(listing: Listing, *, across: bool, limit: int) -> list[Partner]:
    """Return who may fit a listing, best first; `across`: first where young and old would meet. Costs one query."""
    mine, theirs = ("need", "offer") if listing.side == Side.NEED else ("offer", "need")
    order = ["-across"] if across else []
    found = current().filter(**{mine: listing}).select_related(f"{theirs}__party")
    return [
        Partner(
            getattr(one, theirs),
            one.reason,
            one.across,
            tuple(ways_from(listing, getattr(one, theirs))),
        )
        for one in found.order_by(*order, "-score", "id")[:limit]
    ]


def plan_of(day: date) -> list[Planned]:
    """Return who could help whom on a day, so that its needs together are served best. Costs one query.

    A need takes as many helpers as it has free places, one where it counts none; an offer serves one need that day.
    """
    listings = list(comparable())
    field, near = field_of(listings)
    needs = [one for one in field.told.values() if one.terms.side == Side.NEED and one.terms.day == day]
    reasons, scores = {}, {}
    for need in needs:
        for match in field.best(need, most=len(listings), closeness=near):
            reasons[need.id, match.offer] = match.reason
            scores[need.id, match.offer] = match.score
    room = {need.id: need.terms.free or 1 for need in needs}
    return [Planned(need, offer, reasons[need, offer]) for need, offer in assign(scores, room, {})]
