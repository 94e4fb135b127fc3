"""Where each goal stands: those of the version in force, and those that earlier versions had."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext as _

from wanowa.collaborations.models import Collaboration, Version
from wanowa.collaborations.queries import Addition
from wanowa.collaborations.rules import Goal, Outcome, Terms
from wanowa.progress.models import Measurement
from wanowa.progress.rules import Reading, goal_keys, outcome_keys, percent, standing
from wanowa.web.charts import LineChart, line

SHORT = 16
"""Hex digits of a goal's identity that stand in its address."""


@dataclass(frozen=True, slots=True)
class GoalStanding:
    """One 実施目標 with the numbers that count, by their days."""

    key: str
    goal: Goal
    place: int
    former: bool = False
    """Whether an earlier version had it, and the one in force has not."""
    rows: tuple[Measurement, ...] = ()
    corrected: tuple[Measurement, ...] = ()
    """The numbers that were corrected since: they stay readable."""

    @property
    def short(self) -> str:
        """What stands for it in addresses."""
        return self.key[:SHORT]

    @property
    def latest(self) -> Measurement | None:
        """The number of the latest day."""
        return self.rows[-1] if self.rows else None

    @property
    def sentence(self) -> str:
        """How far it is from its target, in words."""
        return standing(self.goal, self.latest.reading if self.latest else None)

    @property
    def percent(self) -> int:
        """How much of the target is reached, 100 at most."""
        return percent(self.goal, self.latest.value) if self.latest else 0

    @property
    def chart(self) -> LineChart | None:
        """Its numbers over time with the line of the target; None without numbers."""
        if not self.rows:
            return None
        points = [(row.on, row.value) for row in self.rows]
        return line(self.goal.what, points, unit=self.goal.unit, target=self.goal.target)


def goals_of(collaboration: Collaboration) -> list[GoalStanding]:
    """Return the goals in force in their order, then the former ones that have numbers. Costs one query, or two."""
    rows: dict[str, list[Measurement]] = defaultdict(list)
    found = Measurement.objects.filter(collaboration=collaboration).select_related("party")
    for row in found.order_by("on", "id"):
        rows[row.goal].append(row)
    goals = terms_of(collaboration).goals
    keys = goal_keys(goals)
    here = [
        _standing(key, goal, place, rows.pop(key, []))
        for place, (key, goal) in enumerate(zip(keys, goals, strict=True))
    ]
    if not rows:
        return here
    versions = Version.objects.in_bulk({told[-1].version_id for told in rows.values()})
    return here + [
        _standing(key, _said_in(versions[told[-1].version_id], told[-1]), told[-1].place, told, former=True)
        for key, told in rows.items()
    ]


def _said_in(version: Version, row: Measurement) -> Goal:
    return version.terms.goals[row.place]


def _standing(
    key: str, goal: Goal, place: int, told: Sequence[Measurement], *, former: bool = False
) -> GoalStanding:
    corrected = {row.instead_id for row in told}
    return GoalStanding(
        key,
        goal,
        place,
        former,
        tuple(row for row in told if row.pk not in corrected),
        tuple(row for row in told if row.pk in corrected),
    )


def goal_at(goals: Iterable[GoalStanding], short: str) -> GoalStanding | None:
    """Return the goal that an address means. No query."""
    return next((goal for goal in goals if goal.short == short), None)


def terms_of(collaboration: Collaboration) -> Terms:
    """Return the text in force; an empty one before there is any. No query when the version is at hand."""
    return collaboration.in_force.terms if collaboration.in_force else Terms()


def outcomes_of(collaboration: Collaboration) -> dict[str, Outcome]:
    """Return the 成果目標 in force by their identity, in their order. No query when the version is at hand."""
    outcomes = terms_of(collaboration).outcomes
    return dict(zip(outcome_keys(outcomes), outcomes, strict=True))


def reading_on(collaboration: Collaboration, goal: str, reading: Reading) -> Measurement | None:
    """Return the number that counts for a goal on the day of a reading. Costs one query."""
    found = Measurement.objects.filter(collaboration=collaboration, goal=goal, on=reading.on)
    return found.filter(corrected_by__isnull=True).first()


def measurement_in(collaboration: Collaboration, goal: str, pk: int) -> Measurement | None:
    """Return one number of a goal that was not corrected yet. Costs one query."""
    found = Measurement.objects.filter(collaboration=collaboration, goal=goal, pk=pk)
    return found.filter(corrected_by__isnull=True).first()


def beside(collaboration: Collaboration) -> list[Addition]:
    """Return how far a collaboration has come, in one sentence. Costs one query, none before it is in force."""
    if collaboration.in_force is None:
        return []
    goals = [goal for goal in goals_of(collaboration) if not goal.former]
    first = next((goal for goal in goals if goal.rows), None)
    text = f"{first.goal.what}：{first.sentence}" if first else _("まだ数がありません。")
    href = reverse("progress:board", args=[collaboration.slug])
    return [Addition(_("進みぐあい"), href, text, _("進みぐあいを見る"))]
