"""All sides of one question next to each other: how far apart they are, and what lies in the middle."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from statistics import median as middle

from wanowa.kernel.errors import Sentence

SCORES = (1, 2, 3, 4, 5)
"""What a party can give."""


@dataclass(frozen=True, slots=True)
class View:
    """What one party said about one question: a score, or no score because it did not know; and its words."""

    score: int | None = None
    comment: str = ""
    unsure: str = ""
    """Why the party could not tell."""


@dataclass(frozen=True, slots=True)
class Asked:
    """One question of a round, as it was frozen with the agreement."""

    key: str
    label: Sentence
    group: str
    detail: str = ""


@dataclass(frozen=True, slots=True)
class Side:
    """Everything that one party said; `views` is None when it handed nothing in before the deadline."""

    party: int
    views: Mapping[str, View] | None = None
    is_kept_back: bool = False
    """Whether the reader may not see it: a person stands behind it who did not say yes."""

    @property
    def handed_in(self) -> bool:
        """Whether the party sealed its evaluation in time."""
        return self.views is not None


@dataclass(frozen=True, slots=True)
class Cell:
    """What one side said about one question, or why nothing stands there."""

    side: Side
    view: View | None

    @property
    def score(self) -> int | None:
        """The score, if there is one to show."""
        return self.view.score if self.view else None


@dataclass(frozen=True, slots=True)
class Row:
    """One question with what every side said about it."""

    asked: Asked
    cells: tuple[Cell, ...]

    @property
    def scores(self) -> list[int]:
        """The scores that are there to see."""
        return [cell.score for cell in self.cells if cell.score is not None]

    @property
    def gap(self) -> int | None:
        """How far the highest score is from the lowest; None where fewer than two gave one."""
        return max(self.scores) - min(self.scores) if len(self.scores) > 1 else None

    @property
    def median(self) -> Decimal | None:
        """The score in the middle; None where nobody gave one."""
        return median(self.scores)


def median(scores: Sequence[int]) -> Decimal | None:
    """Return the score in the middle, or halfway between the two in the middle; None of nothing.

    >>> median([1, 4, 5]), median([2, 3])
    (Decimal('4'), Decimal('2.5'))
    """
    return middle([Decimal(score) for score in scores]) if scores else None


def side_by_side(questions: Iterable[Asked], sides: Sequence[Side]) -> list[Row]:
    """Return every question with all sides, the largest difference first.

    Questions that are equally far apart keep their order; those that fewer than two answered stand last.
    """
    rows = [Row(asked, tuple(_cell(side, asked.key) for side in sides)) for asked in questions]
    return sorted(rows, key=lambda row: -1 if row.gap is None else row.gap, reverse=True)


def _cell(side: Side, key: str) -> Cell:
    shown = side.views if side.views is not None and not side.is_kept_back else {}
    return Cell(side, shown.get(key))


def widest(rows: Iterable[Row]) -> Row | None:
    """Return the question on which the sides are furthest apart; None where they agree on all of them."""
    best = max(rows, key=lambda row: row.gap or 0, default=None)
    return best if best and best.gap else None
