"""What notices ask of exchange: who stands around a case, what it is called, and who may know of it."""

from collections.abc import Collection, Iterable

from wanowa.exchange.models import Listing, Pledge
from wanowa.exchange.queries.pledges import pledge_at
from wanowa.exchange.queries.reading import listing_at

LISTING = Listing._meta.label_lower
PLEDGE = Pledge._meta.label_lower


def parties_around(case: str) -> frozenset[int]:
    """Return the parties around a listing or a pledge; nobody around other cases. Costs one query."""
    label, _slash, key = case.partition("/")
    if label == LISTING:
        return frozenset(Listing.objects.filter(pk=int(key)).values_list("party_id", flat=True))
    if label == PLEDGE:
        sides = Pledge.objects.filter(pk=int(key)).values_list("party_id", "listing__party_id")
        return frozenset(party for pair in sides for party in pair)
    return frozenset()


def may_know(case: str, mine: Collection[int]) -> bool:
    """Tell whether somebody who acts for these parties may know of a case. Costs one query."""
    label, _slash, key = case.partition("/")
    if label == LISTING:
        return listing_at(int(key), mine) is not None
    return label == PLEDGE and pledge_at(int(key), mine) is not None


def titles_of(cases: Iterable[str]) -> dict[str, tuple[str, str]]:
    """Return title and address of the listings and pledges among `cases`. Costs one query for each kind."""
    keys: dict[str, set[int]] = {LISTING: set(), PLEDGE: set()}
    for case in cases:
        label, _slash, key = case.partition("/")
        if label in keys:
            keys[label].add(int(key))
    told = {}
    if keys[LISTING]:
        for listing in Listing.objects.filter(pk__in=keys[LISTING]):
            told[f"{LISTING}/{listing.pk}"] = (listing.title, listing.get_absolute_url())
    if keys[PLEDGE]:
        for pledge in Pledge.objects.filter(pk__in=keys[PLEDGE]).select_related("listing"):
            told[f"{PLEDGE}/{pledge.pk}"] = (pledge.listing.title, pledge.get_absolute_url())
    return told
