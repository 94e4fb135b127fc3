"""What must fit before two listings are brought together: sides, time, distance, quantity, places, minors, access."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, time

from wanowa.exchange.rules.times import WEEK, distance, slot_of
from wanowa.exchange.rules.vocabulary import Audience, Recurrence, Side
from wanowa.guideline.rules import Resource

GROWN_UP = 18
OLD = 65
ANY_AGE = 200
FAR = 2
"""Of `times.distance`: neither there, nor next to it, nor anywhere in the city."""

type Near = Mapping[str, frozenset[str]]


@dataclass(frozen=True, slots=True)
class Terms:
    """What one listing lays down, apart from its text."""

    party: int
    side: str
    resource: str
    slots: tuple[str, ...] = ()
    day: date | None = None
    starts: time | None = None
    rhythm: str = ""
    quarter: str = ""
    quantity: int | None = None
    unit: str = ""
    free: int | None = None
    """Places that are still free; None where nobody counts them."""
    age_from: int | None = None
    age_to: int | None = None
    audience: tuple[str, ...] = ()
    accompanied: bool = False
    """Whether it says who will be there, or what is done for safety."""

    @property
    def for_minors(self) -> bool:
        """Whether children are meant to take part."""
        return Audience.CHILDREN in self.audience or (self.age_to is not None and self.age_to < GROWN_UP)

    @property
    def for_the_old(self) -> bool:
        """Whether old people are meant to take part."""
        return Audience.SENIORS in self.audience or (self.age_from is not None and self.age_from >= OLD)

    @property
    def when(self) -> frozenset[str]:
        """The slots in which it can be; all of them when it does not say."""
        return frozenset([slot_of(self.day, self.starts)] if self.day else self.slots)


def fits(need: Terms, offer: Terms, near: Near) -> bool:
    """Return whether an offer can answer a need at all. What is not said is no obstacle."""
    return (
        need.side == Side.NEED
        and offer.side == Side.OFFER
        and need.party != offer.party
        and _same_kind(need, offer)
        and _same_time(need, offer)
        and not is_far(need, offer, near)
        and _enough(need, offer)
        and _ages_meet(need, offer)
        and _can_enter(need, offer)
    )


def is_far(one: Terms, other: Terms, near: Near) -> bool:
    """Return whether two quarters lie apart; a city that has not said which are neighbours has none that do."""
    if not one.quarter or not near.get(one.quarter):
        return False
    return distance(other.quarter, one.quarter, near) == FAR


def across_generations(one: Terms, other: Terms) -> bool:
    """Return whether the young meet the old here: one side is for children, the other for old people."""
    return (one.for_minors and other.for_the_old) or (one.for_the_old and other.for_minors)


def shared_when(one: Terms, other: Terms) -> frozenset[str]:
    """Return the slots that both sides name."""
    return one.when & other.when


def _same_kind(need: Terms, offer: Terms) -> bool:
    """Return whether the resources go together: a thing, money or a place is answered by the same only."""
    handed = {Resource.GOODS, Resource.MONEY, Resource.PLACE}
    return need.resource == offer.resource or not {need.resource, offer.resource} & handed


def _same_time(need: Terms, offer: Terms) -> bool:
    if need.day and offer.day:
        return _meet(need, offer)
    return not need.when or not offer.when or bool(shared_when(need, offer))


def _meet(one: Terms, other: Terms) -> bool:
    """Return whether two days can be the same one; what comes again fits its weekday from its first day on."""
    if one.day is None or other.day is None:
        return True
    first, later = sorted((one, other), key=lambda side: side.day or date.min)
    if first.day == later.day:
        return True
    if first.day is None or later.day is None or first.rhythm == Recurrence.ONCE:
        return False
    return (later.day - first.day).days % WEEK == 0


def _enough(need: Terms, offer: Terms) -> bool:
    if need.free == 0 or offer.free == 0:
        return False
    if need.quantity is None or offer.quantity is None or need.unit != offer.unit:
        return True
    return offer.quantity >= need.quantity


def _ages_meet(need: Terms, offer: Terms) -> bool:
    """Return whether somebody is of an age for both, and nobody under age is left alone with a stranger."""
    youngest = max(need.age_from or 0, offer.age_from or 0)
    oldest = min(ANY_AGE if one.age_to is None else one.age_to for one in (need, offer))
    if youngest > oldest:
        return False
    return all(one.accompanied for one in (need, offer) if one.for_minors)


def _can_enter(need: Terms, offer: Terms) -> bool:
    """Return whether a place is open to those who come with a wheelchair, where the need says so."""
    if Resource.PLACE not in (need.resource, offer.resource):
        return True
    return Audience.WHEELCHAIR not in need.audience or Audience.WHEELCHAIR in offer.audience
