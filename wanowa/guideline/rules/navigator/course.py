"""Which question comes next: only those are asked of which an answer could still change what follows."""

from functools import cache
from itertools import product

from wanowa.guideline.rules.navigator.advice import spoken, standing
from wanowa.guideline.rules.navigator.questions import QUESTIONS, Answers, Question
from wanowa.guideline.rules.vocabulary import Area, Form

type Outcome = tuple[Area, tuple[Form, ...]]
type Key = tuple[str, ...]
"""The answers in the order of QUESTIONS, empty where there is none yet."""


def next_question(answers: Answers) -> Question | None:
    """Return the first question still to be asked, or None when the rest can change nothing."""
    return next(iter(_open(answers)), None)


def left(answers: Answers) -> int:
    """Return how many questions may still come, at most."""
    return len(_open(answers))


def _open(answers: Answers) -> list[Question]:
    key = tuple(answers.get(question, "") for question in QUESTIONS)
    return [
        question
        for place, question in enumerate(QUESTIONS.values())
        if not key[place] and _matters(key, place)
    ]


@cache
def _matters(key: Key, place: int) -> bool:
    """Tell whether the answer at `place` can change area or order, whatever the other open answers will be.

    Tries every way to go on: 5,760 at most, each remembered.
    """
    ways = [
        (said,) if said or here == place else tuple(option.key for option in question.options)
        for here, (said, question) in enumerate(zip(key, QUESTIONS.values(), strict=True))
    ]
    own = [option.key for option in list(QUESTIONS.values())[place].options]
    return any(
        len({_outcome((*way[:place], choice, *way[place + 1 :])) for choice in own}) > 1
        for way in product(*ways)
    )


@cache
def _outcome(key: Key) -> Outcome:
    area, order = standing(spoken(dict(zip(QUESTIONS, key, strict=True))))
    return area, tuple(form for form, _points in order)
