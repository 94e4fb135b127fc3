"""What is owed after a question and after a restatement, and when somebody is reminded (G-22a)."""

from collections.abc import Collection, Iterable
from datetime import date
from enum import StrEnum
from typing import Final

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from wanowa.collaborations.rules.clauses import mark
from wanowa.collaborations.rules.terms import Clause, Terms
from wanowa.kernel.calendar import business_days_between
from wanowa.kernel.lifecycles import Lifecycle


class QuestionStatus(TextChoices):
    """Where a question stands."""

    OPEN = "open", _("答えを待っています")
    ANSWERED = "answered", _("答えがありました")
    DECLINED = "declined", _("答えないと返事がありました")
    WITHDRAWN = "withdrawn", _("取り下げました")


class QuestionMove(StrEnum):
    """What can happen to a question."""

    ANSWER = "answer"
    DECLINE = "decline"
    WITHDRAW = "withdraw"


QUESTION = Lifecycle(
    {
        (QuestionStatus.OPEN, QuestionMove.ANSWER): QuestionStatus.ANSWERED,
        (QuestionStatus.OPEN, QuestionMove.DECLINE): QuestionStatus.DECLINED,
        (QuestionStatus.OPEN, QuestionMove.WITHDRAW): QuestionStatus.WITHDRAWN,
        (QuestionStatus.ANSWERED, QuestionMove.ANSWER): QuestionStatus.ANSWERED,
    }
)


class RestatementStatus(TextChoices):
    """Where a restatement stands."""

    WAITING = "waiting", _("確かめるのを待っています")
    CONFIRMED = "confirmed", _("そのとおりと確かめました")
    DIFFERENT = "different", _("ちがうところがありました")
    WITHDRAWN = "withdrawn", _("取り下げました")


class RestatementMove(StrEnum):
    """What can happen to a restatement."""

    CONFIRM = "confirm"
    DIFFER = "differ"
    WITHDRAW = "withdraw"


RESTATEMENT = Lifecycle(
    {
        (RestatementStatus.WAITING, RestatementMove.CONFIRM): RestatementStatus.CONFIRMED,
        (RestatementStatus.WAITING, RestatementMove.DIFFER): RestatementStatus.DIFFERENT,
        (RestatementStatus.WAITING, RestatementMove.WITHDRAW): RestatementStatus.WITHDRAWN,
    }
)

REMINDERS: Final = (3, 10)
"""Business days after which everybody around an open question is reminded of it, each once."""


def reminder_due(asked_on: date, today: date, reminded: int) -> int:
    """Return for how many business days to remind of a question now; 0 when nothing is due.

    `reminded` is the last reminder there was (0: none). Whoever comes late, reminds once of the longest wait.
    """
    waited = business_days_between(asked_on, today)
    return max((days for days in REMINDERS if reminded < days <= waited), default=0)


def all_replied(asked: Iterable[int], replied: Collection[int]) -> bool:
    """Whether every party asked has given its reply."""
    return set(asked) <= set(replied)


def about_past_text(clause: Clause, seen: str, texts: Iterable[Terms]) -> bool:
    """Whether a clause reads differently now in each of the living texts than when its mark was `seen`."""
    return all(mark(terms, clause) != seen for terms in texts)
