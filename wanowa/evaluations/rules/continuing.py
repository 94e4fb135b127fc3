"""How it goes on: the text of next time, begun from where the sides saw it most differently."""

from dataclasses import replace
from datetime import date, timedelta

from django.utils.translation import gettext as say

from wanowa.collaborations.rules import Terms
from wanowa.kernel.eras import fiscal_year_of

LONGEST_SCHEDULE = 4000
"""Characters of the clause in which the next steps are laid down."""


def next_steps(widest: str, ahead: str) -> str:
    """Return what the text of next time begins with: the question seen most differently, and what all wrote.

    `widest` is '' where everybody agreed, `ahead` is '' while the joint text is not in force. Scores are never told.
    """
    lines = []
    if widest:
        lines.append(say("前のふりかえりで、見方がいちばん分かれた項目：%(what)s") % {"what": widest})
    if ahead:
        lines.append(say("次にすること：%(ahead)s") % {"ahead": ahead})
    return "\n".join(lines)


def for_next_time(terms: Terms, steps: str) -> Terms:
    """Return the text one year on: the days moved to the year after, the next steps above how it went on before."""
    starts, ends = following(date.fromisoformat(terms.starts), date.fromisoformat(terms.ends))
    schedule = "\n".join(part for part in (steps, terms.schedule) if part)
    return replace(
        terms, starts=starts.isoformat(), ends=ends.isoformat(), schedule=schedule[:LONGEST_SCHEDULE]
    )


def following(starts: date, ends: date) -> tuple[date, date]:
    """Return the days after a period, as long as a year; a leap day becomes the day before.

    >>> following(date(2026, 4, 1), date(2027, 3, 31))
    (datetime.date(2027, 4, 1), datetime.date(2028, 3, 31))
    """
    begins = ends + timedelta(days=1)
    try:
        again = begins.replace(year=begins.year + 1)
    except ValueError:
        again = begins.replace(year=begins.year + 1, day=28)
    return begins, again - timedelta(days=1)


def continued_since(since: int | None, starts: date) -> int:
    """Return the fiscal year since which a project goes on: kept, or the one in which the first of them began."""
    return since if since is not None else fiscal_year_of(starts)
