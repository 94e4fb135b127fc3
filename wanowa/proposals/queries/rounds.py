"""Reading rounds: which one is open, its calendar, what departments need and can carry, how full they are."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from django.db.models import Count, Max, Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from wanowa.guideline.rules import Kind as PartyKind
from wanowa.kernel.actors import Actor
from wanowa.kernel.eras import era_date
from wanowa.kernel.errors import Forbidden, Refused
from wanowa.kernel.rows import only
from wanowa.parties.models import Party
from wanowa.parties.queries import require
from wanowa.parties.rules import WRITES
from wanowa.people.models import User
from wanowa.people.queries import coordinators
from wanowa.proposals.models import Capacity, Need, Partner, Proposal, Round, RoundStage
from wanowa.proposals.rules.lifecycle import (
    ALIVE,
    READABLE,
    Kind,
    NeedStatus,
    PartnerState,
    RoundStatus,
)
from wanowa.proposals.rules.stages import StageKey, too_late_for_the_budget
from wanowa.proposals.rules.told import CriterionRule, RoundRules

_LAST_OVER: Mapping[str, StageKey] = {
    RoundStatus.JUDGING: StageKey.APPLY,
    RoundStatus.DECIDED: StageKey.DECISION,
    RoundStatus.FINISHED: StageKey.DECISION,
}
"""The last stage that is over by what became of a round."""


class Day(NamedTuple):
    """One stage of the calendar as a page shows it."""

    stage: RoundStage
    state: str
    """done, current, or empty for what comes."""

    @property
    def label(self) -> str:
        """The stage in words."""
        return str(self.stage)


@dataclass(frozen=True, slots=True)
class Room:
    """What one department can carry in a round, and how much of it is taken."""

    capacity: Capacity
    taken: int

    @property
    def free(self) -> int:
        """How many more it can carry."""
        return max(self.capacity.places - self.taken, 0)


def shown_rounds() -> QuerySet[Round]:
    """Return the rounds that everybody can read, newest first. Costs one query."""
    return Round.objects.filter(status__in=READABLE)


def open_rounds() -> list[Round]:
    """Return the rounds that take proposals now, the one that closes first in front. Costs two queries."""
    found = Round.objects.filter(status=RoundStatus.OPEN).prefetch_related("stages")
    return sorted(found, key=lambda one: (apply_end(one), one.pk))


def rounds_before() -> list[Round]:
    """Return the rounds that take no more proposals, those held on paper too, newest first. Costs one query."""
    return list(shown_rounds().exclude(status=RoundStatus.OPEN))


def round_at(pk: int, *, drafts: bool = False) -> Round | None:
    """Return one round with its stages and criteria; a draft only for the desk. Costs three queries."""
    found = Round.objects.all() if drafts else shown_rounds()
    return only(found.prefetch_related("stages", "criteria").filter(pk=pk))


def next_number(fiscal_year: int) -> int:
    """Return which round of a fiscal year would be the next. Costs one query."""
    taken = Round.objects.filter(fiscal_year=fiscal_year).aggregate(last=Max("number"))["last"]
    return (taken or 0) + 1


def apply_end(found: Round) -> date:
    """Return the last day of applications; no query with `stages` fetched before."""
    return next(stage.ends_on for stage in found.stages.all() if stage.key == StageKey.APPLY)


def opens_on(found: Round) -> date | None:
    """Return from which day an open round takes proposals, while it has not come. As `apply_end`."""
    if found.status != RoundStatus.OPEN:
        return None
    first = next(stage.starts_on for stage in found.stages.all() if stage.key == StageKey.APPLY)
    return first if timezone.localdate() < first else None


def status_words(found: Round) -> str:
    """Return where a round stands; opened early, from which day it takes proposals. As `apply_end`."""
    day = opens_on(found)
    if day is None:
        return str(found.get_status_display())
    return _("%(day)sから受けつけます") % {"day": era_date(day)}


def comes_late(found: Round) -> bool:
    """Say whether its result comes when next year's budget is mostly asked for already. As `apply_end`."""
    ends = {stage.key: stage.ends_on for stage in found.stages.all()}
    return StageKey.DECISION in ends and too_late_for_the_budget(ends[StageKey.DECISION], found.fiscal_year)


def calendar_of(found: Round) -> list[Day]:
    """Return the calendar up to the start of the work; no query with `stages` fetched before.

    A stage is over when its last day is, or when the round has gone on: what was closed takes no more proposals.
    """
    today = timezone.localdate()
    order = list(StageKey.values)
    stages = sorted(found.stages.all(), key=lambda stage: order.index(stage.key))
    over = order[: order.index(_LAST_OVER[found.status]) + 1] if found.status in _LAST_OVER else []
    return [
        Day(
            stage,
            "done"
            if stage.ends_on < today or stage.key in over
            else "current"
            if stage.holds_on(today)
            else "",
        )
        for stage in stages
    ]


def rooms_in(found: Round) -> list[Room]:
    """Return how much room every department has, most first. Costs two queries."""
    capacities = list(Capacity.objects.filter(round=found).select_related("department"))
    taken = taken_by_department(found.pk)
    rooms = [Room(one, taken.get(one.department_id, 0)) for one in capacities]
    return sorted(rooms, key=lambda room: (-room.free, room.capacity.department.sort_key))


def taken_by_department(found: int) -> Mapping[int, int]:
    """Return how many proposals of citizens each department has said yes to in a round. Costs one query."""
    joined = Partner.objects.filter(
        proposal__round=found,
        proposal__kind=Kind.CITIZEN,
        proposal__status__in=ALIVE,
        state=PartnerState.JOINED,
        party__kind=PartyKind.CITY,
    )
    return dict(joined.values_list("party").annotate(number=Count("pk")))


def needs_in(found: Round) -> list[Need]:
    """Return the needs of a round, each with `answers`, the number of proposals written for it. Costs one query."""
    alive = Q(proposals__status__in=ALIVE)
    needs = Need.objects.filter(round=found, status=NeedStatus.PUBLISHED).select_related("department")
    return list(needs.annotate(answers=Count("proposals", filter=alive)).order_by("pk"))


def open_need(pk: int) -> Need:
    """Return a need that can be answered. Refused when it cannot. Costs one query."""
    found = Need.objects.filter(pk=pk, status=NeedStatus.PUBLISHED, round__status=RoundStatus.OPEN)
    need = found.select_related("round", "department").first()
    if need is None:
        raise Refused(_("この行政提案は、もう募集していません。ほかの募集を見てください。"))
    return need


def locked_round(found: Round) -> Round:
    """Return the round, locked until commit. Costs one query."""
    return Round.objects.select_for_update().get(pk=found.pk)


def rules_of(found: Round) -> RoundRules:
    """Return the rules of a round as one value. Costs one query for the criteria unless fetched before."""
    criteria = sorted(found.criteria.all(), key=lambda one: one.position)
    return RoundRules(
        fiscal_year=found.fiscal_year,
        number=found.number,
        title=found.title,
        intro=found.intro,
        kinds=tuple(found.kinds),
        questions=tuple(found.questions),
        papers=tuple(found.papers),
        cap=found.cap,
        frame=found.frame,
        places=found.places,
        blind=found.blind,
        conflicts=tuple(found.conflicts),
        shown=tuple(found.shown),
        criteria=tuple(CriterionRule(one.label, one.weight, tuple(one.levels)) for one in criteria),
    )


def drafters_of(found: Round) -> Collection[int]:
    """Return the persons who write in a round: everybody for the parties of its drafts. Costs two queries."""
    drafts = Proposal.objects.filter(round=found, status__in=ALIVE)
    own = set(drafts.values_list("party", flat=True))
    joined = Partner.objects.filter(proposal__in=drafts, state__in=[PartnerState.JOINED, PartnerState.ASKED])
    return own | set(joined.values_list("party", flat=True))


def require_desk(by: Actor) -> User:
    """Return the coordinator who acts. Forbidden for everybody else. Costs one query."""
    found = only(coordinators().filter(pk=by.required_person))
    if found is None:
        raise Forbidden(_("これは、協働推進員だけができます。窓口に相談してください。"))
    return found


def require_department(by: Actor) -> int:
    """Return the department the actor writes for. Forbidden for other parties. Costs two queries."""
    require(by, WRITES)
    party = by.required_party
    if not Party.objects.filter(pk=party, kind=PartyKind.CITY).exists():
        raise Forbidden(_("これは、市の部署の人だけができます。窓口に相談してください。"))
    return party
