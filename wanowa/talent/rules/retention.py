"""How long things are kept (trust.md §4.6), and the numbers beyond which somebody is told or stopped."""

from datetime import date, timedelta

LOOK_MINUTES = 60
"""How long what was opened for a purpose can be read again before the purpose is asked for anew."""
PAGE = 20
"""Cards at a time."""
PROFILES_A_DAY = 200
"""Profiles one party may open in a day."""
ALERT_AT = 100
"""Profiles a day from which a coordinator is told."""
ALARM_AT = 1000
"""People from which the law asks for a register of personal information files (個人情報ファイル簿)."""
EXPORT_HOURS = 24
"""How long an export that two people agreed on can be taken."""

REMINDERS = (60, 30, 7)
"""Days before the yearly confirmation is due on which a reminder goes out."""
DELETE_AFTER = timedelta(days=90)
"""After so long hidden for want of a confirmation, a profile is deleted."""
UNANSWERED_DAYS = timedelta(days=90)
"""After so long, the text of a request that came to nothing goes."""
THREAD_DAYS = timedelta(days=365)
"""After so long without a message, the texts of a thread go."""
ACCESS_YEARS = timedelta(days=365 * 3)
"""How long the log of who read what is kept."""

_DUE_MONTH, _DUE_DAY = 4, 30


def next_confirmation(day: date) -> date:
    """Return the last day on which the next yearly confirmation is in time: the 30 April that lies far enough ahead.

    >>> next_confirmation(date(2026, 11, 25)), next_confirmation(date(2027, 4, 10))
    (datetime.date(2027, 4, 30), datetime.date(2028, 4, 30))
    """
    due = date(day.year, _DUE_MONTH, _DUE_DAY)
    if due - day <= timedelta(days=REMINDERS[0]):
        due = date(day.year + 1, _DUE_MONTH, _DUE_DAY)
    return due
