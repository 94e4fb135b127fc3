"""When a listing takes place again, until when it is kept, and how far away it is. No clock: days are given."""

from collections.abc import Iterator, Mapping
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from wanowa.exchange.rules.vocabulary import Recurrence, Slot
from wanowa.kernel.calendar import national_holidays
from wanowa.kernel.eras import WEEKDAY_NAMES

JAPAN = ZoneInfo("Asia/Tokyo")
LONGEST_KEPT = 365
"""Days that a listing stays before its party says that it still holds."""
REMIND_BEFORE = 14
"""Days before the end at which the party is asked."""
ERASED_AFTER = 90
"""Days after a first step at which the hands are forgotten."""
WEEK = 7
LAST = 28
"""Days in which every weekday comes four times; what lies behind them is the last of its month."""
MONTHLY = (
    gettext_lazy("毎月第1%(weekday)s曜"),
    gettext_lazy("毎月第2%(weekday)s曜"),
    gettext_lazy("毎月第3%(weekday)s曜"),
    gettext_lazy("毎月第4%(weekday)s曜"),
)
SATURDAY = 5
EVENING = 17
"""The hour at which the evening begins."""


def coming(day: date, rhythm: str, *, since: date, until: date) -> Iterator[date]:
    """Yield the days from `since` to `until` on which something comes that began on `day`.

    >>> since, until = date(2026, 12, 1), date(2027, 1, 31)
    >>> [str(one) for one in coming(date(2026, 11, 14), "monthly", since=since, until=until)]
    ['2026-12-12', '2027-01-09']
    """
    match rhythm:
        case Recurrence.WEEKLY:
            passed = max(0, (since - day).days + WEEK - 1) // WEEK
            found = day + timedelta(days=passed * WEEK)
            while found <= until:
                yield found
                found += timedelta(days=WEEK)
        case Recurrence.MONTHLY:
            yield from (one for one in _monthly(day, until) if one >= since)
        case _:
            if since <= day <= until:
                yield day


def _monthly(day: date, until: date) -> Iterator[date]:
    which, year, month = (day.day - 1) // WEEK + 1, day.year, day.month
    while (first := date(year, month, 1)) <= until:
        found = _nth(first, day.weekday(), which)
        if day <= found <= until:
            yield found
        year, month = (year, month + 1) if month < 12 else (year + 1, 1)


def _nth(first: date, weekday: int, which: int) -> date:
    """Return the `which`-th such weekday of a month; the last one where there is no fifth."""
    found = first + timedelta(days=(weekday - first.weekday()) % WEEK + WEEK * (which - 1))
    return found if found.month == first.month else found - timedelta(days=WEEK)


def next_day(day: date | None, rhythm: str, *, since: date) -> date | None:
    """Return the first day from `since` on, within a year; None when it has passed or never had one."""
    if day is None:
        return None
    return next(coming(day, rhythm, since=since, until=since + timedelta(days=LONGEST_KEPT)), None)


def kept_until(today: date, days: int) -> date:
    """Return the last day of a listing that is put or confirmed today: a year at most."""
    return today + timedelta(days=min(max(days, 1), LONGEST_KEPT))


def begins(day: date, starts: time) -> datetime:
    """Return the moment at which something begins in Japan."""
    return datetime.combine(day, starts, tzinfo=JAPAN)


def told(day: date, rhythm: str) -> str:
    """Return how often something comes again, in words: 毎週土曜, 毎月第2土曜; nothing when it does not."""
    weekday = WEEKDAY_NAMES[day.weekday()]
    match rhythm:
        case Recurrence.WEEKLY:
            return _("毎週%(weekday)s曜") % {"weekday": weekday}
        case Recurrence.MONTHLY if day.day > LAST:
            return _("毎月最後の%(weekday)s曜") % {"weekday": weekday}
        case Recurrence.MONTHLY:
            return MONTHLY[(day.day - 1) // WEEK] % {"weekday": weekday}
    return ""


def slot_of(day: date, starts: time | None) -> Slot:
    """Return when a day and a time lie for somebody who works on weekdays: evenings begin at five."""
    if day.weekday() >= SATURDAY or day in national_holidays(day.year):
        return Slot.WEEKEND
    return Slot.EVENING if starts and starts.hour >= EVENING else Slot.WEEKDAY


def distance(quarter: str, wanted: str, near: Mapping[str, frozenset[str]]) -> int:
    """Return how far a quarter is from the wanted one: 0 there, 1 next to it or anywhere in the city, 2 elsewhere."""
    if quarter == wanted:
        return 0
    return 1 if not quarter or quarter in near.get(wanted, frozenset()) else 2
