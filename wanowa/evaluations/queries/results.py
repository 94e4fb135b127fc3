"""What a reader may see of a revealed round: all sides in columns, without those who did not say yes to publishing."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field

from wanowa.evaluations.models import Approval, Comment, Reason, Round, Statement
from wanowa.evaluations.queries.reading import Revealed, revealed
from wanowa.evaluations.queries.reflecting import open_statement, statement_in_force
from wanowa.evaluations.rules.sides import Column, Row, side_by_side, widest
from wanowa.parties.models import Party
from wanowa.parties.rules import ALONE


@dataclass(frozen=True, slots=True)
class Said:
    """A question with all sides, and the reasons that parties gave for it afterwards."""

    row: Row
    reasons: list[Reason]


@dataclass(frozen=True, slots=True)
class Results:
    """One revealed round as one reader sees it."""

    round: Round
    columns: list[Column]
    rows: list[Said]
    open: Statement | None
    """The joint text that awaits consent: for the table only."""
    in_force: Statement | None
    comments: list[Comment] = field(default_factory=list)

    @property
    def widest(self) -> Row | None:
        """The question that the sides see most differently."""
        return widest(said.row for said in self.rows)

    @property
    def absent(self) -> list[Column]:
        """The parties of which no answer can be seen."""
        return [column for column in self.columns if column.absence]


def results_of(found: Round, *, inside: bool) -> Results | None:
    """Return what there is to see; None before the reveal, and for everybody else before it is published.

    Costs seven queries, however many questions and parties there are.
    """
    told = revealed(found)
    if told is None or not (inside or found.published_at):
        return None
    in_force = statement_in_force(found) if found.published_at else None
    kept_back = frozenset() if inside else kept_back_in([found])[found.pk]
    columns = columns_of(told, kept_back)
    reasons = _reasons(found, kept_back)
    return Results(
        round=found,
        columns=columns,
        rows=[Said(row, reasons.get(row.question.key, [])) for row in side_by_side(told.questions, columns)],
        open=open_statement(found) if inside and not found.published_at else None,
        in_force=in_force,
        comments=list(Comment.objects.filter(round=found)) if found.published_at else [],
    )


def columns_of(told: Revealed, kept_back: frozenset[int] = frozenset()) -> list[Column]:
    """Return the sides of a revealed round as columns. No query."""
    return [
        Column(
            party=side.party.id,
            name=side.party.name,
            kind=side.party.kind,
            answers=None if side.missing else side.answers,
            is_forgotten=side.forgotten,
            is_kept_back=side.party.id in kept_back,
        )
        for side in told.sides
    ]


def kept_back_in(rounds: list[Round]) -> Mapping[int, frozenset[int]]:
    """Return for each published round the parties that are one person and gave no yes of their own. Two queries."""
    everybody = {party for found in rounds for party in found.concerned}
    alone = set(Party.objects.filter(pk__in=everybody, kind__in=ALONE).values_list("pk", flat=True))
    given = defaultdict[int, set[int]](set)
    approvals = Approval.objects.filter(
        statement__round__in=rounds,
        statement__in_force_at__isnull=False,
        withdrawn_at__isnull=True,
        shows_own=True,
    )
    for round_id, party in approvals.values_list("statement__round_id", "party_id"):
        given[round_id].add(party)
    return {found.pk: frozenset((alone & set(found.concerned)) - given[found.pk]) for found in rounds}


def _reasons(found: Round, kept_back: frozenset[int]) -> dict[str, list[Reason]]:
    by_question: dict[str, list[Reason]] = defaultdict(list)
    said = Reason.objects.filter(round=found).exclude(text="").exclude(party__in=kept_back)
    for reason in said.select_related("party").order_by("id"):
        by_question[reason.criterion].append(reason)
    return by_question
