"""Where the judging of a round stands, who judges in it, and what is awaited of whom. Never a score."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.db.models.fields.files import FieldFile
from django.utils import timezone
from django.utils.translation import gettext as _

from wanowa.kernel.errors import Forbidden, Refused
from wanowa.parties.models import Membership, Party
from wanowa.people.models import User
from wanowa.proposals.models import (
    Award,
    Criterion,
    Declaration,
    Judging,
    Objection,
    Partner,
    Proposal,
    Recording,
    Recusal,
    Reviewer,
    Round,
    RoundStage,
    Sheet,
)
from wanowa.proposals.rules.judging import AwardStatus, Pair, Phase, Weighed, awaited
from wanowa.proposals.rules.lifecycle import PartnerState, RoundStatus, Status
from wanowa.proposals.rules.stages import StageKey

JUDGED = frozenset({Status.REVIEW, Status.ADOPTED, Status.DECLINED, Status.STARTED, Status.CANCELLED})
"""Of these a result is told, or will be."""
UNJUDGED = frozenset({Status.MATCHING, Status.SUBMITTED, Status.RETURNED, Status.REVIEW})
"""These were received and have no result yet."""


@dataclass(frozen=True, slots=True)
class Progress:
    """How far one reviewer is: whether she declared, how many sheets are sealed, of how many."""

    reviewer: Reviewer
    declared: bool
    sealed: int
    awaited: int


def judging_of(found: Round) -> Judging | None:
    """Return the judging of a round; None before its first check. Costs one query."""
    return Judging.objects.filter(round=found).first()


def locked_judging(found: Round) -> Judging:
    """Return the judging of a round, locked until commit; begun when there is none yet. Costs two queries."""
    if found.status not in {RoundStatus.JUDGING, RoundStatus.DECIDED, RoundStatus.FINISHED}:
        raise Refused(_("受付が終わってから、審査の準備ができます。"))
    Judging.objects.bulk_create([Judging(round=found)], ignore_conflicts=True)
    judging = Judging.objects.select_for_update().get(round=found)
    judging.round = found
    return judging


def last_day(found: Round, key: StageKey) -> date:
    """Return the last day of a stage. Costs one query."""
    return RoundStage.objects.values_list("ends_on", flat=True).get(round=found, key=key)


def criteria_of(found: Round) -> list[Criterion]:
    """Return the criteria in order. Costs one query."""
    return list(Criterion.objects.filter(round=found).order_by("position"))


def weighed(criteria: Sequence[Criterion]) -> list[Weighed]:
    """Return criteria as ranking needs them. No query."""
    return [Weighed(one.key, one.label, one.weight, len(one.levels)) for one in criteria]


def judged(found: Round) -> QuerySet[Proposal]:
    """Return the proposals of a round that went into the judging, in the order of their numbers. Costs one query."""
    return Proposal.objects.filter(round=found, status__in=JUDGED).select_related("party").order_by("pk")


def reviewer_in(found: Round, person: int | None) -> Reviewer | None:
    """Return as what a person judges in a round, if she does. Costs one query."""
    return Reviewer.objects.filter(round=found, person=person).first() if person else None


def require_reviewer(found: Round, person: int) -> Reviewer:
    """Return as what a person judges in a round. Forbidden for everybody else. Costs one query."""
    reviewer = reviewer_in(found, person)
    if reviewer is None:
        raise Forbidden(_("この募集を審査する人だけができます。"))
    return reviewer


def begun(found: Round) -> bool:
    """Whether the reviewers of a round have begun: from then on who judges does not change. Costs one query."""
    return Judging.objects.filter(round=found).exclude(phase=Phase.CHECKING).exists()


def judges_for(proposal: Proposal, party: int) -> bool:
    """Whether somebody who acts for a party judges this proposal and does not stand back. Costs one query."""
    members = Membership.objects.filter(party=party, person=OuterRef("person"))
    away = Recusal.objects.filter(reviewer=OuterRef("pk"), proposal=proposal)
    found = Reviewer.objects.filter(Exists(members), ~Exists(away), round=proposal.round_id)
    return found.exists()


def left_to_judge(found: Round) -> QuerySet[Proposal]:
    """Return the proposals of a round of which the judging still waits for something. Costs one query."""
    return Proposal.objects.filter(round=found, status__in=UNJUDGED).order_by("pk")


def without_a_way_on(found: Round) -> Proposal | None:
    """Return a proposal without a partner of which nobody has said where it goes on. Costs one query."""
    return Proposal.objects.filter(round=found, status=Status.MATCHING).order_by("pk").first()


def unsettled_in(found: Round) -> list[str]:
    """Return what a round with results still waits for, in words; nothing when it can finish. Costs two queries."""
    waiting = []
    if Objection.objects.filter(proposal__round=found, answered_at__isnull=True).exists():
        waiting.append(_("答えていない申し立て"))
    running = [AwardStatus.WAITING, AwardStatus.REDUCED]
    awards = Award.objects.filter(proposal__round=found, status__in=running).select_related("proposal")
    return waiting + [_("「%(title)s」の予算と始まり") % {"title": one.proposal} for one in awards]


def reviewing(person: int) -> list[Reviewer]:
    """Return where a person judges now or has judged, newest first. Costs one query."""
    found = Reviewer.objects.filter(person=person, round__judging__isnull=False)
    return list(
        found.select_related("round__judging").order_by("-round__fiscal_year", "-round__number", "-pk")
    )


def declaration_of(reviewer: Reviewer) -> Declaration | None:
    """Return what a reviewer declared. Costs one query."""
    return Declaration.objects.filter(reviewer=reviewer).first()


def parties_in(found: Round) -> list[Party]:
    """Return every party that proposes in a round or is on board, by reading: nobody learns whose is which."""
    own = Proposal.objects.filter(round=found, status__in=JUDGED).values("party")
    beside = Partner.objects.filter(
        proposal__round=found, proposal__status__in=JUDGED, state=PartnerState.JOINED
    ).values("party")
    return list(Party.objects.filter(Q(pk__in=own) | Q(pk__in=beside)).order_by("sort_key", "pk"))


def proposals_around(found: Round, parties: frozenset[int]) -> Mapping[int, str]:
    """Return the judged proposals in which one of `parties` is, and as what: MEMBER or PARTNER. Costs two queries."""
    beside = Partner.objects.filter(
        proposal__round=found, proposal__status__in=JUDGED, state=PartnerState.JOINED, party__in=parties
    )
    around = dict.fromkeys(beside.values_list("proposal", flat=True), "partner")
    own = Proposal.objects.filter(round=found, status__in=JUDGED, party__in=parties)
    return around | dict.fromkeys(own.values_list("pk", flat=True), "member")


def recusals_in(found: Round) -> set[Pair]:
    """Return who stands back from what in a round. Costs one query."""
    return set(Recusal.objects.filter(reviewer__round=found).values_list("reviewer_id", "proposal_id"))


def sealed_in(found: Round) -> set[Pair]:
    """Return whose sheet about what is sealed in a round. Costs one query."""
    sealed = Sheet.objects.filter(reviewer__round=found, sealed_at__isnull=False)
    return set(sealed.values_list("reviewer_id", "proposal_id"))


def awaited_in(found: Round) -> set[Pair]:
    """Return whose sheet about what is asked for in a round. Costs three queries."""
    reviewers = Reviewer.objects.filter(round=found).values_list("pk", flat=True)
    proposals = Proposal.objects.filter(round=found, status__in=JUDGED).values_list("pk", flat=True)
    return awaited(list(reviewers), list(proposals), recusals_in(found))


def progress_in(found: Round) -> list[Progress]:
    """Return how far each reviewer is. Costs six queries."""
    wanted, sealed = awaited_in(found), sealed_in(found)
    declared = set(Declaration.objects.filter(reviewer__round=found).values_list("reviewer_id", flat=True))
    reviewers = Reviewer.objects.filter(round=found).select_related("person").order_by("pk")
    return [
        Progress(
            one,
            one.pk in declared,
            sum(pair[0] == one.pk for pair in sealed),
            sum(pair[0] == one.pk for pair in wanted),
        )
        for one in reviewers
    ]


def over_recordings(before: datetime) -> list[Recording]:
    """Return the recordings whose round was told, or whose proposal ended, before a moment. Costs one query.

    As long as an objection waits for its answer, the recording that it may speak of stays.
    """
    told = Q(pitch__proposal__round__judging__announced_at__lt=before)
    waiting = Objection.objects.filter(proposal=OuterRef("pitch__proposal"), answered_at__isnull=True)
    found = Recording.objects.filter(told | Q(pitch__proposal__settled_at__lt=before))
    return list(found.exclude(Exists(waiting)).order_by("pk"))


def recordings_of(person: User) -> list[tuple[str, FieldFile]]:
    """Return what somebody recorded, each with a name for a file of its own. Costs one query."""
    found = Recording.objects.filter(person=person).order_by("pk")
    return [(f"{one.pk}-{one.name}", one.file) for one in found]


def overdue_judgings() -> list[Judging]:
    """Return the judgings whose last day of scoring is over and whose sheets are still closed. Costs one query."""
    over = RoundStage.objects.filter(key=StageKey.SCORING, ends_on__lt=timezone.localdate()).values("round")
    found = Judging.objects.filter(phase=Phase.SCORING, round__in=over)
    return list(found.select_related("round").order_by("pk"))
