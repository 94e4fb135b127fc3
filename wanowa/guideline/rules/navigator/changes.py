"""What would change this answer: each single other answer that leads to another area or another first form."""

from dataclasses import dataclass

from wanowa.guideline.rules.navigator.advice import advise
from wanowa.guideline.rules.navigator.questions import QUESTIONS, UNSURE, Answers
from wanowa.guideline.rules.vocabulary import Area, Form


@dataclass(frozen=True, slots=True)
class Change:
    """One other answer, and where it would lead."""

    question: str
    answer: str
    area: Area
    form: Form | None


def changes(answers: Answers) -> tuple[Change, ...]:
    """Return every single change that leads elsewhere, in the order of the questions. UNSURE is not suggested."""
    now = advise(answers)
    found = []
    for key, question in QUESTIONS.items():
        for option in question.options:
            then = advise({**answers, key: option.key})
            if option.key != UNSURE and (then.area, then.first) != (now.area, now.first):
                found.append(Change(key, option.key, then.area, then.first))
    return tuple(found)
