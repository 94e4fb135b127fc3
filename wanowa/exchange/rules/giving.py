"""What a fulfilled promise gave, as the ledger of a collaboration counts it."""

from datetime import date

from wanowa.contributions.rules import Gift, Way
from wanowa.exchange.rules.vocabulary import Side
from wanowa.guideline.rules import Resource

YEN = "円"
"""The one unit in which money is counted."""


def giver_of(side: str, *, owner: int, other: int) -> int:
    """Return who gives: whoever offers, or whoever answers a need."""
    return owner if side == Side.OFFER else other


def gift_of(
    resource: str, *, giver: int, minutes: int | None, amount: int | None, unit: str, on: date
) -> Gift | None:
    """Return what was given; None while nobody has said how much, or where it cannot be counted.

    Time counts for people's time and for knowledge; things, money and places by their number and unit.
    """
    kind = Resource(resource)
    if amount and unit and kind is not Resource.PEOPLE:
        if kind is Resource.MONEY:
            return Gift(Way.GAVE, kind, amount, on, giver=giver) if unit == YEN else None
        return Gift(Way.GAVE, kind, amount, on, giver=giver, unit=unit)
    if minutes and kind in {Resource.PEOPLE, Resource.INFORMATION}:
        return Gift(Way.GAVE, Resource.PEOPLE, minutes, on, giver=giver, people=1)
    return None
