"""What follows from the answers: one area, the forms of that area in order, and the reasons for and against."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from wanowa.guideline.rules.areas import AREAS
from wanowa.guideline.rules.navigator.questions import Answers
from wanowa.guideline.rules.navigator.votes import POSSIBLE, UNDECIDED, VOTES, Vote
from wanowa.guideline.rules.vocabulary import Area, Form

type Standing = tuple[Area, tuple[tuple[Form, int], ...]]
"""An area, and its forms with their points in order."""

_IN_DOUBT = (Area.C, Area.B, Area.D, Area.A, Area.E)
"""Between equal areas the middle one comes first: there both sides talk, and nothing is decided yet."""
_SAID: dict[tuple[str, str], list[Vote]] = {}
for _vote in VOTES:
    _SAID.setdefault((_vote.question, _vote.answer), []).append(_vote)


@dataclass(frozen=True, slots=True)
class Ranked:
    """One form with its points, and what speaks for it and against it."""

    form: Form
    points: int
    reasons: tuple[Vote, ...]
    doubts: tuple[Vote, ...]


@dataclass(frozen=True, slots=True)
class Advice:
    """An area with its reasons, and its forms, best first; without forms in A and E."""

    area: Area
    reasons: tuple[Vote, ...]
    doubts: tuple[Vote, ...]
    forms: tuple[Ranked, ...]

    @property
    def best(self) -> tuple[Form, ...]:
        """Return the forms that fit best: one, or several with equal points; none without collaboration."""
        return best_of((ranked.form, ranked.points) for ranked in self.forms)


def advise(answers: Answers) -> Advice:
    """Return what fits. Every set of answers leads somewhere; the same answers always to the same place."""
    votes = spoken(answers)
    area, order = standing(votes)
    here = tuple(vote for vote in votes if vote.word == area)
    meant_here = {vote.question for vote in here}
    elsewhere = tuple(
        vote
        for vote in votes
        if isinstance(vote.word, Area) and vote.word != area and vote.question not in meant_here
    )
    forms = tuple(_ranked(form, votes) for form, _points in order)
    return Advice(area, here or (UNDECIDED,), elsewhere, forms)


def speaks_about(form: Form, answers: Answers) -> Ranked:
    """Return what the answers say about any form, be it first, last or of another area."""
    return _ranked(form, spoken(answers))


def spoken(answers: Answers) -> list[Vote]:
    """Return the votes of the answers, in the order of the answers."""
    return [vote for pair in answers.items() for vote in _SAID.get(pair, ())]


def standing(votes: Iterable[Vote]) -> Standing:
    """Return the area with the most points, and its forms, most points first, equal ones as in the guideline."""
    points: Counter[Area | Form] = Counter()
    for vote in votes:
        points[vote.word] += vote.points
    area = max(_IN_DOUBT, key=points.__getitem__)
    forms = sorted(AREAS[area].forms, key=lambda form: -points[form])
    return area, tuple((form, points[form]) for form in forms)


def best_of(order: Iterable[tuple[Form, int]]) -> tuple[Form, ...]:
    """Return the forms of an order that have as many points as the first."""
    forms = tuple(order)
    return tuple(form for form, points in forms if points == forms[0][1])


def _ranked(form: Form, votes: Iterable[Vote]) -> Ranked:
    about = tuple(vote for vote in votes if vote.word == form)
    reasons = tuple(vote for vote in about if vote.points > 0)
    doubts = tuple(vote for vote in about if vote.points < 0)
    points = sum(vote.points for vote in about)
    return Ranked(form, points, reasons or (() if doubts else (POSSIBLE[form],)), doubts)
