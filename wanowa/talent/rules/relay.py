"""A request to somebody whose name one does not know: how it goes, and what the sender may see of it."""

from datetime import datetime
from enum import StrEnum, auto

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from wanowa.kernel.lifecycles import Lifecycle

ANSWER_DAYS = 14
"""Days in which a request can be answered, and after which no answer reads as a no."""
BLOCKED_AFTER = 3
"""Requests of one party to one person that came to nothing, after which no other can be sent."""


class Status(TextChoices):
    """Where a request stands; only the person and the desk see it as it is."""

    CHECKING = "checking", _("推進員が確かめています")
    SENT = "sent", _("返事待ち")
    ACCEPTED = "accepted", _("受けました")
    DECLINED = "declined", _("見送りました")
    LAPSED = "lapsed", _("期限がすぎました")
    STOPPED = "stopped", _("取り下げ")


class Move(StrEnum):
    """What can happen to a request."""

    PASS = auto()
    ACCEPT = auto()
    DECLINE = auto()
    LAPSE = auto()
    STOP = auto()


LIFECYCLE = Lifecycle[Status, Move](
    {
        (Status.CHECKING, Move.PASS): Status.SENT,
        (Status.CHECKING, Move.LAPSE): Status.LAPSED,
        (Status.CHECKING, Move.STOP): Status.STOPPED,
        (Status.SENT, Move.ACCEPT): Status.ACCEPTED,
        (Status.SENT, Move.DECLINE): Status.DECLINED,
        (Status.SENT, Move.LAPSE): Status.LAPSED,
        (Status.SENT, Move.STOP): Status.STOPPED,
    }
)
"""Only an acceptance is told. What is declined looks open until its days are over, like what nobody answers."""


class Shown(TextChoices):
    """What the sender sees."""

    WAITING = "waiting", _("返事を待っています")
    ACCEPTED = "accepted", _("受けてもらえました")
    OVER = "over", _("今回は見送り")
    STOPPED = "stopped", _("取り下げました")


def shown_to_sender(status: Status, expires_at: datetime, now: datetime) -> Shown:
    """Return what the sender sees: the same for a no, for silence and for a check that never ended."""
    if status is Status.ACCEPTED:
        return Shown.ACCEPTED
    if status is Status.STOPPED:
        return Shown.STOPPED
    return Shown.OVER if now >= expires_at else Shown.WAITING
