"""The ways on that the apps above add to every party's page."""

from collections.abc import Callable

from wanowa.parties.models import Party

type Way = Callable[[Party], tuple[str, str]]

_ways: list[Way] = []


def register_way(way: Way) -> None:
    """Let a higher app lead on from every party's page. Call it in `ready()`.

    It depends on the party alone, so that nobody can tell from the page that the app moved. May cost no query.
    """
    _ways.append(way)


def ways_from(party: Party) -> list[tuple[str, str]]:
    """Return (what it is called, address) of every way on from a party. No query."""
    return [way(party) for way in _ways]
