"""The tasks of the role sheet on a board: where each stands, who moves it, and when it is due."""

import re
from calendar import monthrange
from collections.abc import Iterable
from datetime import date

from django.db.models import TextChoices
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from wanowa.collaborations.rules.terms import Task
from wanowa.kernel import eras
from wanowa.kernel.calendar import KNOWN_YEARS, YEAR_END, Closing, business_days_between
from wanowa.kernel.errors import Invalid
from wanowa.progress.rules.goals import keys_of


class State(TextChoices):
    """Where a task stands."""

    TODO = "todo", gettext_lazy("まだ")
    DOING = "doing", gettext_lazy("しています")
    DONE = "done", gettext_lazy("おわりました")
    TROUBLED = "troubled", gettext_lazy("こまっています")


BOARD = (
    (State.TODO, (State.TODO,)),
    (State.DOING, (State.TROUBLED, State.DOING)),
    (State.DONE, (State.DONE,)),
)
"""The three lists of the board, and the states in each: what troubles somebody stands first."""


def task_keys(tasks: Iterable[Task]) -> list[str]:
    """Return the identity of each task of one version, in order: what is to be done."""
    return keys_of((task.what,) for task in tasks)


def may_move(task: Task, party: int) -> bool:
    """Tell whether a party answers for a task or does it."""
    return party == task.responsible or party in task.doers


_MONTH = re.compile(
    r"(?:(?P<year>\d{4}|(?:令和|R|r)(?:元|\d{1,2}))[年./-])?(?P<month>1[0-2]|0?[1-9])月"
    r"(?:(?P<day>[12][0-9]|3[01]|0?[1-9])日|末|中)?"
)
_UNTIL = re.compile(r"(?:まで(?:に)?|〆|締切)$")


def due_day(written: str, starts: date | None, ends: date | None) -> date | None:
    """Return the day that the role sheet names: a date, or a month (its last day); None for 毎月 and the like.

    A month without a year is the first one from the beginning of the collaboration on, and not after its end.

    >>> due_day("6月末", date(2026, 4, 1), date(2027, 3, 31))
    datetime.date(2026, 6, 30)
    """
    text = _UNTIL.sub("", "".join(written.split()))
    day = _plain_day(text) or _month_day(text, starts, ends)
    return day if day and day.year in KNOWN_YEARS else None


def _plain_day(text: str) -> date | None:
    try:
        return eras.parse(text)
    except Invalid:
        return None


def _month_day(text: str, starts: date | None, ends: date | None) -> date | None:
    found = _MONTH.fullmatch(text)
    if found is None:
        return None
    month, named = int(found["month"]), found["year"]
    if named:
        year = int(named) if named.isdigit() else eras.parse_fiscal_year(named)
        return _day_in(year, month, found["day"])
    if starts is None:
        return None
    day = _day_in(starts.year, month, found["day"])
    if day is not None and day < starts:
        day = _day_in(starts.year + 1, month, found["day"])
    return day if day and (ends is None or day <= ends) else None


def _day_in(year: int, month: int, day: str | None) -> date | None:
    if year not in KNOWN_YEARS:
        return None
    last = monthrange(year, month)[1]
    wanted = int(day) if day else last
    return date(year, month, wanted) if wanted <= last else None


def soon(due: date, today: date, *, ahead: int, closing: Closing = YEAR_END) -> bool:
    """Tell whether a day is so near that the task is called to mind: `ahead` business days, or fewer, from today."""
    return due >= today and business_days_between(today, due, closing=closing) <= ahead


def lateness(due: date, today: date, *, closing: Closing = YEAR_END) -> str:
    """Return in words how long there is until a day, or how long ago it was: in business days, as pages say."""
    if due == today:
        return _("今日までです")
    days = business_days_between(today, due, closing=closing)
    if days == 0:
        return _("次に役所があく日より前です") if due > today else _("日をすぎました")
    if days > 0:
        return ngettext("あと%(days)s日", "あと%(days)s日", days) % {"days": days}
    return ngettext("%(days)s日すぎました", "%(days)s日すぎました", -days) % {"days": -days}
