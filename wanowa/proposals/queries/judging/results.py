"""What came out: the order, each decision with its reasons, and of it what the round declared to be public."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from wanowa.proposals.models import Decision, Judging, Objection, Proposal, Round, Sheet
from wanowa.proposals.queries.judging.around import criteria_of, judged, weighed
from wanowa.proposals.rules.judging import Outcome, Phase, Place, ranking, sheet_in, shown
from wanowa.proposals.rules.judging import Sheet as Written
from wanowa.proposals.rules.vocabulary import Shown


@dataclass(frozen=True, slots=True)
class Line:
    """One proposal in the order of the result."""

    proposal: Proposal
    place: Place
    decision: Decision | None

    @property
    def adopted(self) -> bool:
        """Whether the decision, as it stands, is to adopt."""
        return self.decision is not None and self.decision.outcome == Outcome.ADOPTED

    @property
    def points(self) -> str:
        """The points of 100 as people read them."""
        return shown(self.place.points)


@dataclass(frozen=True, slots=True)
class Public:
    """What everybody may read of one proposal: empty where the round did not declare it."""

    label: str
    party: str
    adopted: bool
    amount: int | None
    points: str
    means: list[tuple[str, str]]
    tie: str
    reasons: str
    href: str


def sheets_told(found: Round) -> Mapping[int, Sequence[Written]]:
    """Return the opened sheets by proposal; nothing before they open. Costs one query."""
    sheets: dict[int, list[Written]] = defaultdict(list)
    opened = Sheet.objects.filter(reviewer__round=found, content__isnull=False).order_by("pk")
    for proposal, content in opened.values_list("proposal_id", "content"):
        if content is not None:
            sheets[proposal].append(sheet_in(content))
    return sheets


class Score(NamedTuple):
    """One criterion of an opened sheet."""

    label: str
    score: int
    most: int
    why: str


class Opened(NamedTuple):
    """One opened sheet, as people read it; not who wrote it."""

    rows: list[Score]
    words: str


def sheets_about(proposal: Proposal) -> list[Opened]:
    """Return the opened sheets about one proposal, without who wrote them, in no telling order. Costs two queries."""
    opened = Sheet.objects.filter(proposal=proposal, content__isnull=False).order_by("commitment")
    sheets = [sheet_in(one) for one in opened.values_list("content", flat=True) if one is not None]
    criteria = criteria_of(proposal.round) if sheets else []
    return [
        Opened(
            [
                Score(one.label, sheet.marks[one.key].score, len(one.levels), sheet.marks[one.key].why)
                for one in criteria
            ],
            sheet.words,
        )
        for sheet in sheets
    ]


def lines_of(judging: Judging) -> list[Line]:
    """Return the proposals in their order, each with its newest decision; for the desk and the reviewers.

    Nothing before the sheets open. Costs four queries.
    """
    if not judging.is_told:
        return []
    proposals = {one.pk: one for one in judged(judging.round)}
    sheets = sheets_told(judging.round)
    criteria = weighed(criteria_of(judging.round))
    decisions = {
        one.proposal_id: one for one in Decision.objects.filter(proposal__in=proposals).order_by("number")
    }
    places = ranking(criteria, {pk: sheets.get(pk, ()) for pk in proposals})
    return [Line(proposals[place.proposal], place, decisions.get(place.proposal)) for place in places]


def public_result(judging: Judging) -> list[Public]:
    """Return what everybody may read, adopted ones first; nothing before the announcement. Costs five queries.

    A proposal that was not adopted is told without its party: nobody is put on show for having tried.
    """
    if judging.phase != Phase.ANNOUNCED:
        return []
    declared = set(judging.round.shown)
    labels = {one.key: one.label for one in criteria_of(judging.round)}
    lines = lines_of(judging)
    ordered = [line for line in lines if line.adopted] + [line for line in lines if not line.adopted]
    return [
        _public(line, declared, labels) for line in ordered if line.decision and line.decision.announced_at
    ]


def _public(line: Line, declared: set[str], labels: Mapping[str, str]) -> Public:
    proposal, place, decision = line.proposal, line.place, line.decision
    titles, scores = Shown.TITLES in declared, Shown.SCORES in declared
    return Public(
        label=proposal.title if titles else proposal.receipt or "",
        party=proposal.party.name if titles and line.adopted else "",
        adopted=line.adopted,
        amount=decision.amount if decision and line.adopted else None,
        points=line.points if scores else "",
        means=[(labels[key], f"{float(mean):.1f}") for key, mean in place.means.items()] if scores else [],
        tie=str(place.tie) if scores else "",
        reasons=decision.reasons if decision and Shown.REASONS in declared else "",
        href=proposal.get_absolute_url() if proposal.published_at else "",
    )


def decision_about(proposal: Proposal) -> Decision | None:
    """Return the newest decision that was told to the proposer. Costs one query."""
    told = Decision.objects.filter(proposal=proposal, announced_at__isnull=False)
    return told.order_by("-number").first()


def objections_in(found: Round) -> list[Objection]:
    """Return the objections in a round, those that wait first. Costs one query."""
    filed = Objection.objects.filter(proposal__round=found).select_related("proposal__party")
    return list(filed.order_by("answered_at", "pk"))
