"""What would change this answer: each single other answer that leads to another area or other best forms."""

from dataclasses import dataclass

from wanowa.guideline.rules.navigator.advice import best_of, spoken, standing
from wanowa.guideline.rules.navigator.questions import QUESTIONS, UNSURE, Answers
from wanowa.guideline.rules.vocabulary import Area, Form


@dataclass(frozen=True, slots=True)
class Change:
    """One other answer, and where it would lead: one form, several that fit equally well, or none (A and E)."""

    question: str
    answer: str
    area: Area
    forms: tuple[Form, ...]


def changes(answers: Answers) -> tuple[Change, ...]:
    """Return every single change that leads elsewhere, in the order of the questions. UNSURE is not suggested."""
    now = _place(answers)
    found = []
    for key, question in QUESTIONS.items():
        for option in question.options:
            then = _place({**answers, key: option.key})
            if option.key != UNSURE and then != now:
                found.append(Change(key, option.key, *then))
    return tuple(found)


def _place(answers: Answers) -> tuple[Area, tuple[Form, ...]]:
    area, order = standing(spoken(answers))
    return area, best_of(order)
