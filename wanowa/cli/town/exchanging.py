"""Parties offer, need and help each other: each written listing with its guests and thanks, through the services."""

from collections.abc import Callable, Iterable, Mapping
from datetime import date, time, timedelta
from functools import partial
from typing import Any

from django.utils import timezone

from wanowa.cli.town.content import Table
from wanowa.exchange import services
from wanowa.exchange.models import Listing
from wanowa.exchange.rules import Channel, Recurrence, Words, slot_of
from wanowa.kernel.actors import Actor

WEEK = 7
YEAR = 365
LISTS = ("slots", "audience", "keys")
ABOUT = {"party", "week", "day_week", "weekday", "guests", "thanks", "raised"}
"""What is written about a listing and is not its text."""


def pieces(listings: Iterable[Table], actors: Mapping[str, Actor]) -> list[Callable[[], None]]:
    """Return what puts each listing before everybody, unless it is there."""
    return [partial(_put, told, actors) for told in listings]


def _put(told: Table, actors: Mapping[str, Actor]) -> None:
    by = actors[told["party"]]
    there = Listing.objects.filter(party=by.required_party, title=told["title"], demonstration=True)
    if there.exists():
        return
    listing = services.put(_words(told), days=YEAR, demonstration=True, by=by)
    for name in told.get("guests", ()):
        services.raise_hand(listing, name=name, channel=Channel.COUNTER, by=by)
    if raised := told.get("raised"):
        services.pledge(listing, word=raised["word"], by=actors[raised["by"]])
    if thanks := told.get("thanks"):
        _thank(listing, thanks, by, actors[thanks["by"]])


def _words(told: Table) -> Words:
    text: dict[str, Any] = {name: value for name, value in told.items() if name not in ABOUT}
    text |= {name: tuple(text.get(name, ())) for name in LISTS}
    if "weekday" in told:
        text["day"] = _coming(told["weekday"], told.get("week", told.get("day_week", 0)))
        text["starts"] = time.fromisoformat(told["starts"])
        text["slots"] = text["slots"] or (slot_of(text["day"], text["starts"]),)
    if "week" in told:
        text |= {"side": "need", "resource": "people", "first_step": True, "rhythm": Recurrence.ONCE}
    return Words(**text)


def _coming(weekday: int, weeks: int) -> date:
    """Return the first such weekday after today, so many weeks later."""
    today = timezone.localdate()
    return today + timedelta(days=(weekday - today.weekday() - 1) % WEEK + 1 + WEEK * weeks)


def _thank(listing: Listing, told: Table, owner: Actor, other: Actor) -> None:
    """Let both sides agree, do it, and show their thanks."""
    pledge = services.pledge(listing, word=told["word"], by=other)
    services.accept(pledge, reply=told["reply"], by=owner)
    services.confirm(pledge, thanks=told["owner"], shows=True, minutes=told["minutes"], by=owner)
    services.confirm(pledge, thanks=told["other"], shows=True, by=other)
