"""All sides of one question next to each other: how far apart they are, and what lies in the middle."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from statistics import median as middle

from django.utils.translation import gettext as say

from wanowa.evaluations.rules.answers import Answer
from wanowa.evaluations.rules.questions import Question


@dataclass(frozen=True, slots=True)
class Column:
    """Everything that one party answered; `answers` is None when it handed nothing in before the deadline."""

    party: int
    name: str
    kind: str = ""
    answers: Mapping[str, Answer] | None = None
    is_forgotten: bool = False
    """Whether the words were erased at the person's own wish."""
    is_kept_back: bool = False
    """Whether the reader may not see it: a person stands behind it who did not say yes."""

    @property
    def handed_in(self) -> bool:
        """Whether the party sealed its evaluation in time."""
        return self.answers is not None

    @property
    def absence(self) -> str:
        """Say in a word why no answer can be seen; '' when there are answers."""
        if not self.handed_in:
            return say("未提出")
        if self.is_forgotten:
            return say("消去")
        return say("非公開") if self.is_kept_back else ""


@dataclass(frozen=True, slots=True)
class Cell:
    """What one party said about one question, or why nothing stands there."""

    column: Column
    answer: Answer | None
    question: Question

    @property
    def score(self) -> int | None:
        """The score, if there is one to show."""
        return self.answer.score if self.answer else None

    @property
    def words(self) -> str:
        """What was written beside it."""
        return self.answer.words if self.answer else ""

    @property
    def anchor(self) -> str:
        """The word that stands for the score on the scale of the question."""
        return "" if self.score is None else self.question.words[self.score - 1]

    @property
    def said(self) -> str:
        """The score, or in a word why there is none."""
        if self.answer is None:
            return self.column.absence or "－"
        return say("わからない") if self.answer.score is None else str(self.answer.score)


@dataclass(frozen=True, slots=True)
class Row:
    """One question with what every side said about it."""

    question: Question
    label: str
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


def side_by_side(questions: Iterable[Question], columns: Sequence[Column]) -> list[Row]:
    """Return every question with all sides, the largest difference first.

    Questions that are equally far apart keep their order; those that fewer than two answered stand last.
    """
    names = {column.party: column.name for column in columns}
    rows = [
        Row(one, label_of(one, names), tuple(_cell(column, one) for column in columns)) for one in questions
    ]
    return sorted(rows, key=lambda row: -1 if row.gap is None else row.gap, reverse=True)


def label_of(question: Question, names: Mapping[int, str]) -> str:
    """Return how a question is called: its title, and the goal or party that it is about."""
    about = names.get(question.party, "") if question.party else question.about
    return f"{question.title}：{about}" if about else question.title


def _cell(column: Column, question: Question) -> Cell:
    shown = column.answers if column.answers is not None and not column.absence else {}
    return Cell(column, shown.get(question.key), question)


def widest(rows: Iterable[Row]) -> Row | None:
    """Return the question on which the sides are furthest apart; None where they agree on all of them."""
    best = max(rows, key=lambda row: row.gap or 0, default=None)
    return best if best and best.gap else None
