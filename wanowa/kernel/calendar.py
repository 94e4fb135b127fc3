"""Business days of a Japanese city hall: no Saturday, Sunday, national holiday, or year's end (12/29–1/3).

National holidays come from the library `holidays`, which knows the law for 1949–2099; outside these years a
question about business days is refused. The closing days follow the ordinances under 地方自治法第4条の2, and
can be given by the municipality pack.
"""

import datetime as dt
from collections.abc import Set as AbstractSet
from functools import lru_cache

import holidays
from django.utils.translation import gettext as _

from wanowa.kernel.errors import Invalid

type Closing = AbstractSet[tuple[int, int]]
"""Days on which the office is closed every year, as (month, day)."""

YEAR_END: Closing = frozenset({(12, 29), (12, 30), (12, 31), (1, 1), (1, 2), (1, 3)})
KNOWN_YEARS = range(1949, 2100)
_ONE_DAY = dt.timedelta(days=1)


@lru_cache(maxsize=16)
def national_holidays(year: int) -> dict[dt.date, str]:
    """Return the holidays of `year` with their Japanese names. Invalid outside 1949–2099."""
    if year not in KNOWN_YEARS:
        raise Invalid(_("1949年から2099年までの日付を入れてください。"))
    return dict(holidays.country_holidays("JP", years=year, language="ja"))


def is_business_day(day: dt.date, *, closing: Closing = YEAR_END) -> bool:
    """Tell whether the city hall is open on `day`. Invalid outside 1949–2099."""
    return (
        day.weekday() < 5 and (day.month, day.day) not in closing and day not in national_holidays(day.year)
    )


def next_business_day(day: dt.date, *, closing: Closing = YEAR_END) -> dt.date:
    """Return `day` itself when the city hall is open, otherwise the first open day after it."""
    while not is_business_day(day, closing=closing):
        day += _ONE_DAY
    return day


def add_business_days(day: dt.date, count: int, *, closing: Closing = YEAR_END) -> dt.date:
    """Return the `count`-th business day after `day` (before it, when negative).

    The day itself is not counted (初日不算入). With 0 it is `next_business_day`.
    """
    if count == 0:
        return next_business_day(day, closing=closing)
    step = _ONE_DAY if count > 0 else -_ONE_DAY
    for _counted in range(abs(count)):
        day += step
        while not is_business_day(day, closing=closing):
            day += step
    return day


def business_days_between(start: dt.date, end: dt.date, *, closing: Closing = YEAR_END) -> int:
    """Return how many business days follow `start`, `end` included; negative when `end` is earlier."""
    if end < start:
        return -business_days_between(end, start, closing=closing)
    days = (start + _ONE_DAY * passed for passed in range(1, (end - start).days + 1))
    return sum(is_business_day(day, closing=closing) for day in days)
