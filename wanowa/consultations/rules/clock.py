"""The clock of a case in business days, and how long things are kept (trust.md §4.6)."""

from datetime import date, timedelta

from django.utils.translation import gettext as _

from wanowa.kernel.calendar import Closing, add_business_days, business_days_between, is_business_day
from wanowa.kernel.eras import day_label
from wanowa.kernel.errors import Invalid

READ_HOURS = 4
"""How long a case that was opened can be read before it is opened, and noted, anew."""
TRIES, TRIES_MINUTES = 5, 15
"""Wrong passphrases after which a number rests, and for how long."""
CALLS, CALL_WEEKS = 3, 4
"""Calls that nobody answered, and weeks, after which nobody is called any more to hear how it is."""
LINK_DAYS = 30
"""How long the link of a mail opens a case."""
CROWD = 60
"""Worries without an account in one hour after which the form asks to come by mail, telephone or later (T28)."""
LEAST = 5
"""Fewer than so many are never shown as a number (trust T19)."""


def due_after(day: date, business_days: int, *, closing: Closing) -> date:
    """Return the day on which something is due that was promised within so many business days."""
    return add_business_days(day, business_days, closing=closing)


def planned_for(day: date, *, today: date, longest: int, closing: Closing) -> date:
    """Return a day that somebody of the city chose, if anybody works on it and it is not too far away; else Invalid.

    `longest` is in business days.
    """
    if day < today:
        raise Invalid(_("過ぎた日は選べません。今日か、これからの日を選んでください。"))
    last = due_after(today, longest, closing=closing)
    if day > last:
        raise Invalid(
            _("%(day)sまでの日を選んでください。それより長く、相談した人を待たせません。")
            % {"day": day_label(last)}
        )
    if not is_business_day(day, closing=closing):
        after = add_business_days(day, 1, closing=closing)
        near = after if after <= last else add_business_days(day, -1, closing=closing)
        raise Invalid(_("その日は、窓口が休みです。%(day)sなら選べます。") % {"day": day_label(near)})
    return day


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
