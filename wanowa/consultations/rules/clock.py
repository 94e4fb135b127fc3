"""The clock of a case in business days, and how long things are kept (trust.md §4.6)."""

from datetime import date, timedelta

from wanowa.kernel.calendar import Closing, add_business_days, business_days_between

READ_HOURS = 4
"""How long a case that was opened can be read before it is opened, and noted, anew."""
TRIES, TRIES_MINUTES = 5, 15
"""Wrong passphrases after which a number rests, and for how long."""
CROWD = 60
"""Worries without an account in one hour after which the form asks to come by mail, telephone or later (T28)."""
LEAST = 5
"""Fewer than so many are never shown as a number (trust T19)."""


def due_after(day: date, business_days: int, *, closing: Closing) -> date:
    """Return the day on which something is due that was promised within so many business days."""
    return add_business_days(day, business_days, closing=closing)


def late_by(due: date, today: date, *, closing: Closing) -> int:
    """Return how many business days a due day is over; 0 until its end."""
    return max(0, business_days_between(due, today, closing=closing)) if today > due else 0


def is_overdue(due: date | None, today: date) -> bool:
    """Tell whether the due day is over. A case without one is closed."""
    return due is not None and today > due


def follow_up_on(closed: date, weeks: int) -> date:
    """Return the day from which somebody is asked how it is."""
    return closed + timedelta(weeks=weeks)


def forgotten_from(closed: date, years: int) -> date:
    """Return the first day on which a closed case is no longer kept.

    >>> forgotten_from(date(2024, 2, 29), 3), forgotten_from(date(2026, 11, 26), 3)
    (datetime.date(2027, 3, 1), datetime.date(2029, 11, 26))
    """
    try:
        return closed.replace(year=closed.year + years)
    except ValueError:
        return date(closed.year + years, 3, 1)
