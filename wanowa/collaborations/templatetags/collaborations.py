"""What templates of collaborations ask for."""

from collections.abc import Mapping
from datetime import date

from django import template

from wanowa.kernel import eras, money

register = template.Library()


@register.filter
def called(names: Mapping[int, str], party: int | None) -> str:
    """Return the name of a party; a dash for nobody."""
    return names.get(party, "―") if party is not None else "―"


@register.filter
def era_day(day: str | date) -> str:
    """Return a day, or an ISO day, as 令和9年3月31日; nothing for nothing."""
    if not day:
        return ""
    return eras.era_date(day if isinstance(day, date) else eras.parse(day))


@register.filter
def yen(amount: int) -> str:
    """Return whole yen as 120,000円."""
    return money.yen(amount)
