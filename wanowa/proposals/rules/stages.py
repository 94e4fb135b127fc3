"""The calendar of a round up to the money: which stages there are, and that none needs a weekday in the daytime."""

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import Final

from django.db.models import TextChoices
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _l
from django.utils.translation import pgettext_lazy

from wanowa.kernel.calendar import YEAR_END, Closing, is_business_day
from wanowa.kernel.eras import era_date, fiscal_year_days, fiscal_year_of
from wanowa.kernel.errors import Invalid


class StageKey(TextChoices):
    """The stages of a round, in order."""

    APPLY = "apply", _l("提案の受付")
    CHECK = "check", _l("書類の確認")
    QUESTIONS = "questions", _l("質問と答え")
    SCORING = "scoring", _l("書面の審査")
    DELIBERATION = "deliberation", pgettext_lazy("stage", "話し合い")
    DECISION = "decision", _l("結果のお知らせ")
    BUDGET = "budget", _l("予算案づくりと議会")
    START = "start", _l("取組の始まり")


class Way(TextChoices):
    """How the people asked take part in a stage."""

    ANYTIME = "anytime", _l("いつでも、このサイトで")
    EVENING = "evening", _l("夜か休みの日に集まる")
    DAYTIME = "daytime", _l("平日の昼に集まる")
    INSIDE = "inside", _l("市の中で進める")


SHORTEST: Final = {Way.ANYTIME: 7, Way.EVENING: 1, Way.DAYTIME: 1, Way.INSIDE: 1}
"""Days a stage lasts at least. What can be done at any time has a weekend in it."""


@dataclass(frozen=True, slots=True)
class Stage:
    """One stage: its first day, and its last day, which ends at 24:00."""

    key: StageKey
    starts_on: dt.date
    ends_on: dt.date
    way: Way
    required: bool
    """Whether a party that leaves this stage out has a disadvantage."""

    @property
    def days(self) -> int:
        """How many days it lasts."""
        return (self.ends_on - self.starts_on).days + 1


def check_stages(stages: Sequence[Stage], fiscal_year: int, *, closing: Closing = YEAR_END) -> None:
    """Raise Invalid for a calendar by which somebody who works in the daytime could not take part.

    All stages end at 24:00. A required one lets people choose the time for a week, or is in the evening or on a
    day off. What needs another stage begins when that is over, and the work begins in the fiscal year after the
    one of the call.
    """
    for stage in stages:
        check_stage(stage, closing=closing)
    given = {stage.key: stage for stage in stages}
    if missing := [str(key.label) for key in StageKey if key not in given]:
        raise Invalid(_("「%(stage)s」の日を入れてください。") % {"stage": _("」「").join(missing)})
    ordered = [given[key] for key in StageKey]
    for before, after in pairwise(ordered):
        if after.ends_on < before.ends_on:
            raise Invalid(
                _("「%(after)s」は、「%(before)s」よりあとに終わるようにしてください。")
                % {"after": after.key.label, "before": before.key.label}
            )
    first, last = fiscal_year_days(fiscal_year + 1)
    if not first <= given[StageKey.START].starts_on <= last:
        raise Invalid(
            _(
                "「取組の始まり」は、%(year)s年4月1日からの1年の中の日にしてください。予算は次の年度のものです。"
            )
            % {"year": fiscal_year + 1}
        )
    for needs, needed in _NEEDS.items():
        if given[needs].starts_on <= given[needed].ends_on:
            raise Invalid(
                _("「%(after)s」は、「%(before)s」が終わった次の日から始めてください。")
                % {"after": needs.label, "before": needed.label}
            )


_NEEDS: Final = {
    StageKey.CHECK: StageKey.APPLY,
    StageKey.QUESTIONS: StageKey.CHECK,
    StageKey.SCORING: StageKey.CHECK,
    StageKey.DELIBERATION: StageKey.SCORING,
    StageKey.DECISION: StageKey.DELIBERATION,
    StageKey.BUDGET: StageKey.DECISION,
    StageKey.START: StageKey.BUDGET,
}
"""A stage, and the one whose result it needs. Questions and scoring run side by side."""


def check_stage(stage: Stage, *, closing: Closing = YEAR_END) -> None:
    """Raise Invalid for a stage that runs backwards, hurries, or needs a weekday in the daytime."""
    name = {"stage": stage.key.label}
    if stage.ends_on < stage.starts_on:
        raise Invalid(_("「%(stage)s」の終わりは、始まりより後の日にしてください。") % name)
    if stage.required and stage.way is Way.DAYTIME:
        raise Invalid(
            _(
                "「%(stage)s」は、平日の昼だけにはできません。はたらいている人が出られません。"
                "「いつでも」か「夜か休みの日」にしてください。"
            )
            % name
        )
    if stage.key is StageKey.APPLY and (stage.way, stage.required) != (Way.ANYTIME, True):
        raise Invalid(_("「%(stage)s」は、いつでもこのサイトでできるようにしてください。") % name)
    if stage.days < SHORTEST[stage.way]:
        raise Invalid(
            _("「%(stage)s」は、%(days)s日より長くしてください。休みの日に書く人がいます。")
            % (name | {"days": SHORTEST[stage.way] - 1})
        )
    if stage.required and stage.way is Way.ANYTIME and not _has_a_day_off(stage, closing):
        raise Invalid(_("「%(stage)s」に、休みの日が1日は入るようにしてください。") % name)


def _has_a_day_off(stage: Stage, closing: Closing) -> bool:
    days = (stage.starts_on + dt.timedelta(days=passed) for passed in range(min(stage.days, 14)))
    return any(not is_business_day(day, closing=closing) for day in days)


def extended(stages: Iterable[Stage], until: dt.date) -> tuple[Stage, ...]:
    """Return the calendar with a later last day of applications; what follows moves by the same days.

    The council votes when it votes, and the work starts when it starts: their days stay, the making of the budget
    begins later. Raises Invalid unless it is later (a deadline is never shortened), and for more than fits before
    the vote, with the last day that is possible.
    """
    given = {stage.key: stage for stage in stages}
    apply, budget = given[StageKey.APPLY], given[StageKey.BUDGET]
    later = until - apply.ends_on
    if later.days <= 0:
        raise Invalid(_("締め切りは、のばすことしかできません。いまより後の日を入れてください。"))
    room = budget.ends_on - budget.starts_on
    if room.days <= 0:
        raise Invalid(_("「予算案づくりと議会」までに日がないので、もうのばせません。"))
    if later > room:
        raise Invalid(
            _("「予算案づくりと議会」に間に合わなくなります。のばせるのは、%(last)sまでです。")
            % {"last": era_date(apply.ends_on + room)}
        )
    return tuple(
        replace(
            given[key],
            starts_on=given[key].starts_on + (dt.timedelta() if key in KEEPS_START else later),
            ends_on=given[key].ends_on + (dt.timedelta() if key in _KEEPS_END else later),
        )
        for key in StageKey
    )


KEEPS_START: Final = frozenset({StageKey.APPLY, StageKey.START})
"""An extension leaves their first day where it is."""
_KEEPS_END: Final = frozenset({StageKey.BUDGET, StageKey.START})


_AFTER_APPLY: Final = (
    (StageKey.CHECK, 1, 14, Way.INSIDE, False),
    (StageKey.QUESTIONS, 15, 28, Way.ANYTIME, False),
    (StageKey.SCORING, 15, 35, Way.ANYTIME, False),
    (StageKey.DELIBERATION, 36, 42, Way.EVENING, False),
    (StageKey.DECISION, 43, 49, Way.ANYTIME, False),
)
_WRITING_DAYS: Final = 60
_JUDGING_DAYS: Final = _AFTER_APPLY[-1][2]
_REQUESTS_MADE: Final = (10, 31)
"""Month and day by which departments have mostly asked for the money of next year; the council votes in March.

A convention of Japanese cities, no law: a city's own days may differ, and the desk decides.
"""
_SPRING: Final = (5, 1)
"""When a round that waits for the next fiscal year begins: after the changes of staff in April, by convention."""


def too_late_for_the_budget(decided_on: dt.date, fiscal_year: int) -> bool:
    """Whether the result of a round comes when the money of the year after is mostly asked for already."""
    return decided_on > dt.date(fiscal_year, *_REQUESTS_MADE)


def spring(fiscal_year: int) -> dt.date:
    """Return the first day to propose for a round of a fiscal year that has not begun."""
    return dt.date(fiscal_year, *_SPRING)


def season(today: dt.date) -> tuple[int, dt.date]:
    """Return for which fiscal year a round begun now is best prepared, and its first day.

    This year's, from today, while two months of writing and the judging end before the budget is asked for; else
    the next one's, from spring on.
    """
    year = fiscal_year_of(today)
    if not too_late_for_the_budget(today + dt.timedelta(days=_WRITING_DAYS + _JUDGING_DAYS), year):
        return year, today
    return year + 1, spring(year + 1)


def proposed(first_day: dt.date, fiscal_year: int) -> tuple[Stage, ...]:
    """Return a calendar to begin with: two months to write, everything at any time, the work from April on.

    The budget is made from the result on until late March, when councils vote by convention. Where the fiscal year
    leaves too little time, the writing is shorter, but never less than a week: `too_late_for_the_budget` says so.
    """
    april, _last = fiscal_year_days(fiscal_year + 1)
    latest = april - dt.timedelta(days=_JUDGING_DAYS + 15)
    ends = max(min(first_day + dt.timedelta(days=_WRITING_DAYS), latest), first_day + dt.timedelta(days=7))
    stages = [Stage(StageKey.APPLY, first_day, ends, Way.ANYTIME, required=True)]
    for key, begins, over, way, required in _AFTER_APPLY:
        days = (ends + dt.timedelta(days=begins), ends + dt.timedelta(days=over))
        stages.append(Stage(key, *days, way, required))
    voted = max(april - dt.timedelta(days=8), stages[-1].ends_on + dt.timedelta(days=1))
    begun = max(april, voted + dt.timedelta(days=1))
    stages.append(
        Stage(StageKey.BUDGET, stages[-1].ends_on + dt.timedelta(days=1), voted, Way.INSIDE, required=False)
    )
    stages.append(Stage(StageKey.START, begun, begun + dt.timedelta(days=29), Way.ANYTIME, required=False))
    return tuple(stages)
