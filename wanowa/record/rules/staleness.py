"""How long steps may wait for a checkpoint, and what follows when they wait longer."""

from datetime import datetime, timedelta
from enum import IntEnum
from typing import Final


class Staleness(IntEnum):
    """How long the oldest step without a checkpoint has been waiting."""

    FRESH = 0
    """Less than a day, or nothing waits."""
    LATE = 1
    """A day: doctor and staff see it."""
    OVERDUE = 2
    """Three days: everybody who reads the record sees it."""
    BLOCKING = 3
    """Seven days: nobody can consent, where the city chose to be strict."""


AFTER: Final = {
    Staleness.LATE: timedelta(hours=24),
    Staleness.OVERDUE: timedelta(hours=72),
    Staleness.BLOCKING: timedelta(days=7),
}


def staleness(waiting_since: datetime | None, now: datetime) -> Staleness:
    """Return how stale the record is when its oldest step without a checkpoint is of `waiting_since`."""
    if waiting_since is None:
        return Staleness.FRESH
    return max(
        (stage for stage, wait in AFTER.items() if now - waiting_since >= wait), default=Staleness.FRESH
    )
