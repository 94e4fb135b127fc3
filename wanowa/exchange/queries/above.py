"""What the apps above bring to the page of a listing: a way from it, and from one of its partners, to a meeting."""

from collections.abc import Callable

from wanowa.collaborations.queries import Link
from wanowa.exchange.models import Listing

type Way = Callable[[Listing, Listing | None], Link]

_ways: list[Way] = []


def register_way(way: Way) -> None:
    """Let a higher app lead on from a listing and, when there is one, a partner of it. Call it in `ready()`.

    May cost no query.
    """
    _ways.append(way)


def ways_from(listing: Listing, partner: Listing | None = None) -> list[Link]:
    """Return where a listing, alone or with a partner, leads to. No query."""
    return [way(listing, partner) for way in _ways]
