"""From opened sheets to an order, with every tie explained in a sentence: exact fractions, rounded only to be read."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction
from typing import NamedTuple

from django.utils.translation import gettext as _

from wanowa.kernel.errors import Sentence
from wanowa.proposals.rules.judging.scoring import Sheet


class Weighed(NamedTuple):
    """A criterion as ranking needs it."""

    key: str
    title: str
    weight: int
    levels: int
    """Scores go from 1 to this."""


@dataclass(frozen=True, slots=True)
class Place:
    """Where one proposal stands. `points` is the weighted mean, of 100; None when nobody scored.

    Proposals of one rank are equal in everything the sheets say. `tie` says in a sentence why a proposal with the same
    points stands before or beside another; it is empty where there is no tie.
    """

    proposal: int
    rank: int
    points: Fraction | None
    means: Mapping[str, Fraction]
    reviewers: int
    tie: Sentence = ""


def ranking(criteria: Sequence[Weighed], sheets: Mapping[int, Sequence[Sheet]]) -> list[Place]:
    """Return the places of all proposals, best first; `sheets` are the opened ones by proposal.

    Order: the weighted mean; where it is the same, the mean of the heaviest criterion, then the next one. What is the
    same in all of them has the same rank, in the order of the proposals' numbers: then the reviewers talk about it.
    ValueError without criteria, or when their weights or levels are not positive.
    """
    if not criteria or min(min(one.weight, one.levels) for one in criteria) <= 0:
        raise ValueError("a ranking needs criteria, each with a weight above zero")
    heaviest = sorted(criteria, key=lambda one: -one.weight)
    scored = {proposal: _means(criteria, found) for proposal, found in sheets.items()}

    def standing(proposal: int) -> tuple[Fraction, ...]:
        means = scored[proposal]
        if not means:
            return (Fraction(0),) * (len(criteria) + 1)
        return (_points(criteria, means), *(means[one.key] for one in heaviest))

    ordered = sorted(scored, key=lambda proposal: (*(-value for value in standing(proposal)), proposal))
    ranks: list[int] = []
    for at, proposal in enumerate(ordered):
        same = at and standing(proposal) == standing(ordered[at - 1])
        ranks.append(ranks[-1] if same else at + 1)
    return [
        Place(
            proposal,
            rank,
            _points(criteria, scored[proposal]) if scored[proposal] else None,
            scored[proposal],
            len(sheets[proposal]),
            _tie(at, [standing(one) for one in ordered], heaviest)
            if scored[proposal]
            else _("点がありません。"),
        )
        for at, (proposal, rank) in enumerate(zip(ordered, ranks, strict=True))
    ]


def shown(points: Fraction | None) -> str:
    """Return points as people read them: 73.3; a dash when there are none."""
    if points is None:
        return "－"
    exact = Decimal(points.numerator) / Decimal(points.denominator)
    return str(exact.quantize(Decimal("0.1"), ROUND_HALF_UP))


def _means(criteria: Sequence[Weighed], sheets: Sequence[Sheet]) -> dict[str, Fraction]:
    if not sheets:
        return {}
    return {
        one.key: Fraction(sum(sheet.marks[one.key].score for sheet in sheets), len(sheets))
        for one in criteria
    }


def _points(criteria: Sequence[Weighed], means: Mapping[str, Fraction]) -> Fraction:
    """Return the weighted mean of 100: the highest level of every criterion makes 100."""
    weights = sum(one.weight for one in criteria)
    reached = sum((means[one.key] / one.levels * one.weight for one in criteria), Fraction(0))
    return 100 * reached / weights


def _tie(at: int, standings: Sequence[tuple[Fraction, ...]], heaviest: Sequence[Weighed]) -> Sentence:
    """Explain the place `at` against its neighbours with the same points; the one before counts first."""
    for beside, sentence in ((at - 1, _after), (at + 1, _before)):
        if 0 <= beside < len(standings) and standings[beside][0] == standings[at][0]:
            return sentence(standings[at], standings[beside], heaviest)
    return ""


def _apart(mine: tuple[Fraction, ...], other: tuple[Fraction, ...], heaviest: Sequence[Weighed]) -> str:
    """Return the title of the heaviest criterion in which two differ; empty when there is none."""
    pairs = zip(heaviest, mine[1:], other[1:], strict=True)
    return next((one.title for one, own, theirs in pairs if own != theirs), "")


def _after(mine: tuple[Fraction, ...], other: tuple[Fraction, ...], heaviest: Sequence[Weighed]) -> Sentence:
    title = _apart(mine, other, heaviest)
    if not title:
        return _("合計も、項目ごとの点も、上と同じです。順位も同じです。話し合いで決めます。")
    return _("合計は上と同じです。重い項目「%(title)s」の点が低いので、下になりました。") % {"title": title}


def _before(mine: tuple[Fraction, ...], other: tuple[Fraction, ...], heaviest: Sequence[Weighed]) -> Sentence:
    title = _apart(mine, other, heaviest)
    if not title:
        return _("合計も、項目ごとの点も、下と同じです。順位も同じです。話し合いで決めます。")
    return _("合計は下と同じです。重い項目「%(title)s」の点が高いので、上になりました。") % {"title": title}
