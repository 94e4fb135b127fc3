"""Goals across versions, and what a number says about one of them.

A goal is known by what it says: its words and its unit, and by its turn when two of one version say the same. So a
measurement follows its goal into every version that keeps these words; a goal with other words is another goal.
"""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from hashlib import sha256

from django.utils.translation import gettext as _

from wanowa.collaborations.rules.terms import Goal, Outcome
from wanowa.kernel.canonical import canonical
from wanowa.kernel.eras import GREGORIAN_SINCE
from wanowa.kernel.errors import Invalid
from wanowa.web.charts import number

MOST = Decimal("9999999999.99")
"""The largest number that the table holds."""


def keys_of(told: Iterable[Sequence[str]]) -> list[str]:
    """Return the identity of each text of one version, in order: 64 hex digits; equal texts differ by their turn."""
    turns: Counter[tuple[str, ...]] = Counter()
    keys = []
    for words in map(tuple, told):
        keys.append(sha256(canonical([*words, turns[words]])).hexdigest())
        turns[words] += 1
    return keys


def goal_keys(goals: Iterable[Goal]) -> list[str]:
    """Return the identity of each 実施目標 of one version, in order: its words and its unit."""
    return keys_of((goal.what, goal.unit) for goal in goals)


def outcome_keys(outcomes: Iterable[Outcome]) -> list[str]:
    """Return the identity of each 成果目標 of one version, in order: who changes, and how."""
    return keys_of((outcome.who, outcome.change) for outcome in outcomes)


@dataclass(frozen=True, slots=True)
class Reading:
    """One number that was read: the total up to a day, in the unit of its goal."""

    value: Decimal
    on: date


def check_reading(reading: Reading, *, today: date) -> None:
    """Raise Invalid for a number or a day that cannot be meant."""
    if not reading.value.is_finite() or not 0 <= reading.value <= MOST:
        raise Invalid(_("数は、0から99億までで書いてください。"))
    if reading.value != round(reading.value, 2):
        raise Invalid(_("小数は、2けたまでで書いてください。"))
    check_past(reading.on, today=today)


def check_past(day: date, *, today: date) -> None:
    """Raise Invalid for a day to come, or one that pages cannot say."""
    if day > today:
        raise Invalid(_("まだ来ていない日です。今日までの日を書いてください。"))
    if day < GREGORIAN_SINCE:
        raise Invalid(_("日づけの年を確かめてください。"))


def percent(goal: Goal, value: Decimal) -> int:
    """Return how much of a target is reached, in whole percent, rounded down, 100 at most."""
    if not goal.target:
        return 100
    return min(100, int(value * 100 / goal.target))


def standing(goal: Goal, latest: Reading | None) -> str:
    """Return in words how far a goal is from its target."""
    words = {"target": number(goal.target or 0), "unit": goal.unit}
    if latest is None:
        return _("目標は%(target)s%(unit)sです。まだ数がありません。") % words
    left = (goal.target or 0) - latest.value
    words |= {"value": number(latest.value), "left": number(abs(left))}
    if left > 0:
        return (
            _("いま%(value)s%(unit)sです。あと%(left)s%(unit)sで、目標の%(target)s%(unit)sになります。")
            % words
        )
    if left == 0:
        return _("%(value)s%(unit)sです。目標にちょうどとどきました。") % words
    return _("%(value)s%(unit)sです。目標より%(left)s%(unit)s多くなりました。") % words
