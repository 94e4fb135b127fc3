"""What every party is asked in one round: the yardstick of the collaboration, laid on its goals and its parties."""

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Self

from wanowa.collaborations.rules import Goal, Outcome, Terms
from wanowa.guideline.rules import Criterion, Each, View, Yardstick
from wanowa.kernel.canonical import canonical


@dataclass(frozen=True, slots=True)
class Question:
    """One thing to be scored from 1 to 5, with a word for every step.

    `key` is unique in the round, `criterion` names the criterion of the yardstick it comes from. `about` and `aim`
    repeat the goal or outcome it asks about, `party` is the id of the party it asks about.
    """

    key: str
    criterion: str
    view: str
    group: str
    title: str
    question: str
    words: tuple[str, ...]
    about: str = ""
    aim: str = ""
    due: str = ""
    """ISO date of the goal, or empty."""
    party: int | None = None

    def content(self) -> dict[str, Any]:
        """Return the JSON form; `Question.of` reads it back unchanged."""
        return {name: getattr(self, name) for name in Question.__slots__} | {"words": list(self.words)}

    @classmethod
    def of(cls, content: Mapping[str, Any]) -> Self:
        """Read the JSON form back."""
        return cls(**{**content, "words": tuple(content["words"])})


def questions(yardstick: Yardstick, terms: Terms, parties: Iterable[int]) -> tuple[Question, ...]:
    """Return what is asked: once for each goal, outcome or party where a criterion says so."""
    asked: list[Question] = []
    table = sorted(parties)
    for criterion in yardstick.criteria:
        match criterion.each:
            case Each.GOAL:
                asked += [_about_goal(yardstick, criterion, n, goal) for n, goal in enumerate(terms.goals, 1)]
            case Each.OUTCOME:
                found = enumerate(terms.outcomes, 1)
                asked += [_about_outcome(yardstick, criterion, n, outcome) for n, outcome in found]
            case Each.PARTY:
                asked += [_question(yardstick, criterion, f".{party}", party=party) for party in table]
            case _:
                asked.append(_question(yardstick, criterion))
    return tuple(asked)


def _about_goal(yardstick: Yardstick, criterion: Criterion, number: int, goal: Goal) -> Question:
    aim = "" if goal.target is None else f"{goal.target}{goal.unit}"
    return _question(yardstick, criterion, f".{number}", about=goal.what, aim=aim, due=goal.due)


def _about_outcome(yardstick: Yardstick, criterion: Criterion, number: int, outcome: Outcome) -> Question:
    about = "：".join(part for part in (outcome.who, outcome.change) if part)
    return _question(yardstick, criterion, f".{number}", about=about, aim=outcome.observed)


def _question(
    yardstick: Yardstick,
    criterion: Criterion,
    which: str = "",
    *,
    about: str = "",
    aim: str = "",
    due: str = "",
    party: int | None = None,
) -> Question:
    return Question(
        key=f"{criterion.key}{which}",
        criterion=criterion.key,
        view=criterion.view,
        group=criterion.group,
        title=criterion.title,
        question=criterion.question,
        words=yardstick.scale(criterion.scale).words,
        about=about,
        aim=aim,
        due=due,
        party=party,
    )


def in_view(asked: Iterable[Question], view: View) -> tuple[Question, ...]:
    """Return the questions of one of the two evaluations."""
    return tuple(question for question in asked if question.view == view)


def round_fingerprint(
    *,
    collaboration: int,
    number: int,
    occasion: str,
    since: date,
    until: date,
    deadline: date,
    version: int,
    concerned: Iterable[int],
    asked: Sequence[Question],
) -> str:
    """Return the SHA-256 (hex) that parties agree to: the dates, the circle, and every question word for word."""
    return hashlib.sha256(
        canonical(
            {
                "v": 1,
                "collaboration": collaboration,
                "number": number,
                "occasion": str(occasion),
                "since": since.isoformat(),
                "until": until.isoformat(),
                "deadline": deadline.isoformat(),
                "version": version,
                "concerned": sorted(concerned),
                "questions": [question.content() for question in asked],
            }
        )
    ).hexdigest()
