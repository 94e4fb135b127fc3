"""Whether something arrived in time, when a round may close, and when an answer is due."""

import datetime as dt
from typing import Final
from zoneinfo import ZoneInfo

from wanowa.kernel.calendar import YEAR_END, Closing, add_business_days
from wanowa.proposals.rules.vocabulary import ANSWER_BUSINESS_DAYS, GRACE_SECONDS

JAPAN: Final = ZoneInfo("Asia/Tokyo")
GRACE: Final = dt.timedelta(seconds=GRACE_SECONDS)

EXACT: Final = dt.timedelta(seconds=1)
"""Two readings of the platform's clock never differ by more; so much later than now an arrival may seem to be."""


def deadline(last_day: dt.date) -> dt.datetime:
    """Return the moment at which a last day is over: 24:00 in Japan."""
    return dt.datetime.combine(last_day + dt.timedelta(days=1), dt.time(), JAPAN)


def in_time(arrived: dt.datetime, now: dt.datetime, last_day: dt.date) -> bool:
    """Whether a request counts: it reached us before the end of the last day, and not longer ago than the grace."""
    return arrived < deadline(last_day) and -EXACT <= now - arrived <= GRACE


def too_early(arrived: dt.datetime, first_day: dt.date) -> bool:
    """Whether a request reached us before the first day began, at 0:00 in Japan."""
    return arrived < dt.datetime.combine(first_day, dt.time(), JAPAN)


def may_close(now: dt.datetime, last_day: dt.date) -> bool:
    """Whether nothing that arrived in time can still be on its way."""
    return now > deadline(last_day) + GRACE


def due(today: dt.date, closing: Closing = YEAR_END) -> dt.date:
    """Return by when the desk answers an idea that came in today."""
    return add_business_days(today, ANSWER_BUSINESS_DAYS, closing=closing)
