"""What templates of progress ask for: the words beside an entry, a number with its unit."""

from collections.abc import Mapping
from decimal import Decimal

from django import template

from wanowa.contributions.rules.amounts import hours
from wanowa.progress.queries import Words
from wanowa.web.charts import number

register = template.Library()
register.filter("hours", hours)
NOTHING = Words()


@register.filter
def beside(words: Mapping[int, Words], entry: int) -> Words:
    """Return the words beside an entry; nothing where there are none."""
    return words.get(entry, NOTHING)


@register.filter
def in_unit(value: Decimal, unit: str) -> str:
    """Return a number with its unit: 1,200回."""
    return number(value, unit)


@register.filter
def under[T](things: Mapping[str, T], key: str) -> T | None:
    """Return what stands under a key; None where there is nothing."""
    return things.get(key)
