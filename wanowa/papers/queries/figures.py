"""Gathering the figures of today for a paper: what the ledger has confirmed, and the latest number of each goal."""

from django.utils import timezone

from wanowa.collaborations.models import Collaboration, Version
from wanowa.contributions.queries import RUNNING, Sums, spent_by_task, sums_of
from wanowa.guideline.rules import PaperKind
from wanowa.papers.queries.shelf import written
from wanowa.papers.rules import FACTS, Figures
from wanowa.progress.queries import goals_of
from wanowa.progress.rules import Reading, goal_keys


def takes_figures(collaboration: Collaboration, version: Version, kind: PaperKind) -> bool:
    """Whether this paper can show what really was: a report of the newest text, once there is a ledger.

    Costs one query, or none.
    """
    if not FACTS[kind].with_figures or collaboration.status not in RUNNING:
        return False
    return written(collaboration).values_list("pk", flat=True).first() == version.pk


def figures_of(collaboration: Collaboration, version: Version) -> Figures:
    """Return the figures of today, for the goals of this version. Costs five queries, one more for former goals."""
    sums = sums_of(collaboration)
    return Figures(
        on=timezone.localdate(),
        given=sums.money,
        spent=spent_by_task(collaboration),
        minutes=sums.hours,
        things=_things(sums),
        counted=_counted(collaboration, version),
        waiting=sums.waiting,
        disputed=sums.disputed,
    )


def _things(sums: Sums) -> dict[int, tuple[str, ...]]:
    found: dict[int, tuple[str, ...]] = {}
    for total in sums.things:
        if total.party is not None:
            found[total.party] = (*found.get(total.party, ()), f"{total.resource.label}：{total.text}")
    return found


def _counted(collaboration: Collaboration, version: Version) -> dict[int, Reading]:
    latest = {goal.key: goal.latest for goal in goals_of(collaboration)}
    keys = enumerate(goal_keys(version.terms.goals))
    return {place: row.reading for place, key in keys if (row := latest.get(key)) is not None}
