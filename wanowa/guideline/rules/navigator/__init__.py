"""The form navigator (形態ナビ): a few answers, and which form of collaboration fits, and why (G-21, G-24, G-25).

Pure: questions, votes of the answers, and what follows. No answer is stored anywhere.
"""

from wanowa.guideline.rules.navigator.advice import Advice, Ranked, advise, speaks_about
from wanowa.guideline.rules.navigator.changes import Change, changes
from wanowa.guideline.rules.navigator.course import left, next_question
from wanowa.guideline.rules.navigator.questions import (
    QUESTIONS,
    UNSURE,
    Answers,
    Option,
    Question,
    read,
)
from wanowa.guideline.rules.navigator.steps import STEPS, Step
from wanowa.guideline.rules.navigator.votes import VOTES, Vote

__all__ = [
    "QUESTIONS",
    "STEPS",
    "UNSURE",
    "VOTES",
    "Advice",
    "Answers",
    "Change",
    "Option",
    "Question",
    "Ranked",
    "Step",
    "Vote",
    "advise",
    "changes",
    "left",
    "next_question",
    "read",
    "speaks_about",
]
