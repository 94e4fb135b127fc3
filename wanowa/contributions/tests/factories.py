"""Ledgers to test with, written through the services, as people would."""

from dataclasses import replace
from datetime import date, timedelta

from django.utils import timezone

from wanowa.collaborations.models import Collaboration
from wanowa.collaborations.tests.factories import Town, agreed, town
from wanowa.contributions import services
from wanowa.contributions.models import Contribution
from wanowa.contributions.rules import Gift, Way
from wanowa.guideline.rules import Resource
from wanowa.kernel.actors import Actor

DAY = date(2026, 9, 12)


def hours(giver: int, minutes: int = 120, people: int = 1, **changed: object) -> Gift:
    """Return time that was given."""
    gift = Gift(Way.GAVE, Resource.PEOPLE, minutes * people, DAY, giver=giver, people=people)
    return replace(gift, **changed)


def yen(amount: int, way: Way = Way.GAVE, **changed: object) -> Gift:
    """Return money that changed hands; name the parties at its ends."""
    return replace(Gift(way, Resource.MONEY, amount, DAY), **changed)


def goods(giver: int, amount: int = 2, unit: str = "台", **changed: object) -> Gift:
    """Return things that were given."""
    return replace(Gift(Way.GAVE, Resource.GOODS, amount, DAY, giver=giver, unit=unit), **changed)


def given(
    collaboration: Collaboration, gift: Gift, by: Actor, *confirmers: Actor, **more: object
) -> Contribution:
    """Write an entry, and let these confirm it."""
    entry = services.give(collaboration, gift, by=by, **more)
    for other in confirmers:
        entry = services.confirm(entry, by=other)
    return entry


def table(count: int = 2, **terms: object) -> tuple[Collaboration, Town]:
    """Return an agreement of so many parties."""
    people = town(count)
    return agreed(people, **terms), people


def drifting(collaboration: Collaboration, people: Town) -> None:
    """Let the second party pay for everything while the first does all the work, over six weeks."""
    us, other = people.actors
    today = timezone.localdate()
    for week in range(6):
        on = today - timedelta(days=7 * week)
        given(collaboration, hours(us.required_party, 180, on=on), us, other)
    given(collaboration, yen(50_000, giver=other.required_party, on=today), other, us)
