"""When something has been silent for too long: a goal without a number, a collaboration without a step."""

from collections.abc import Iterable
from datetime import date


def unmeasured_since(begun: date, entered: Iterable[date], *, today: date, days: int) -> date | None:
    """Return since when a goal has been waiting for a number, if that is `days` or longer; None otherwise.

    `begun`: when it became a goal; `entered`: when numbers were entered, not the days they are about.
    """
    last = max((begun, *entered))
    return last if is_silent(last, today=today, days=days) else None


def is_silent(last: date, *, today: date, days: int) -> bool:
    """Tell whether the last sign is `days` or more ago; a day to come never is."""
    return (today - last).days >= days
