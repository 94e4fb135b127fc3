"""What a round waits for from one of its reviewers, for the page of what she has to do."""

from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Exists, OuterRef, Subquery
from django.utils import timezone

from wanowa.proposals.models import Declaration, Proposal, Recusal, Reviewer, RoundStage, Sheet
from wanowa.proposals.queries.judging.around import JUDGED
from wanowa.proposals.rules.judging import Phase
from wanowa.proposals.rules.stages import StageKey


@dataclass(frozen=True, slots=True)
class Awaited:
    """A round in which somebody has sheets to seal, and by when."""

    title: str
    left: int
    declared: bool
    until: date


def sheets_awaited(person: int) -> list[Awaited]:
    """Return the rounds that wait for a reviewer, the most urgent first. Costs one query, however many they are.

    A round whose last day is over waits for nobody: its sheets are about to open.
    """
    own = {"reviewer": OuterRef(OuterRef("pk")), "proposal": OuterRef("pk")}
    left = (
        Proposal.objects.filter(round=OuterRef("round"), status__in=JUDGED)
        .exclude(Exists(Sheet.objects.filter(**own, sealed_at__isnull=False)))
        .exclude(Exists(Recusal.objects.filter(**own)))
        .order_by()
        .values("round")
        .annotate(number=Count("pk"))
        .values("number")
    )
    until = RoundStage.objects.filter(round=OuterRef("round"), key=StageKey.SCORING).values("ends_on")
    found = (
        Reviewer.objects.filter(person=person, round__judging__phase=Phase.SCORING)
        .annotate(
            left=Subquery(left),
            until=Subquery(until),
            declared=Exists(Declaration.objects.filter(reviewer=OuterRef("pk"))),
        )
        .filter(left__gt=0, until__gte=timezone.localdate())
        .order_by("until", "pk")
    )
    return [Awaited(*row) for row in found.values_list("round__title", "left", "declared", "until")]
