"""Where an activity and a suggestion stand, and what moves them."""

from enum import StrEnum

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from wanowa.kernel.lifecycles import Lifecycle


class Status(TextChoices):
    """Where an activity stands."""

    GOING = "going", _("活動中")
    ENDED = "ended", _("終了")


class Move(StrEnum):
    """What can happen to an activity."""

    EDIT = "edit"
    WATCH = "watch"
    UNWATCH = "unwatch"
    SUGGEST = "suggest"
    ANSWER = "answer"
    END = "end"


LIFECYCLE = Lifecycle(
    {
        (Status.GOING, Move.EDIT): Status.GOING,
        (Status.GOING, Move.WATCH): Status.GOING,
        (Status.GOING, Move.UNWATCH): Status.GOING,
        (Status.GOING, Move.SUGGEST): Status.GOING,
        (Status.GOING, Move.ANSWER): Status.GOING,
        (Status.GOING, Move.END): Status.ENDED,
        (Status.ENDED, Move.UNWATCH): Status.ENDED,
        (Status.ENDED, Move.ANSWER): Status.ENDED,
    }
)
"""After the end an answer can still be corrected, and nobody has to go on watching."""


class SuggestionStatus(TextChoices):
    """Where the suggestion to move from area A to area B stands."""

    WAITING = "waiting", _("返事待ち")
    ACCEPTED = "accepted", _("話し合いへ")
    DECLINED = "declined", _("見送り")
    WITHDRAWN = "withdrawn", _("取り下げ")
    LAPSED = "lapsed", _("活動の終わり")


class SuggestionMove(StrEnum):
    """What can happen to a suggestion."""

    AGREE = "agree"
    BEGIN = "begin"
    DECLINE = "decline"
    WITHDRAW = "withdraw"
    LAPSE = "lapse"


SUGGESTION = Lifecycle(
    {
        (SuggestionStatus.WAITING, SuggestionMove.AGREE): SuggestionStatus.WAITING,
        (SuggestionStatus.WAITING, SuggestionMove.BEGIN): SuggestionStatus.ACCEPTED,
        (SuggestionStatus.WAITING, SuggestionMove.DECLINE): SuggestionStatus.DECLINED,
        (SuggestionStatus.WAITING, SuggestionMove.WITHDRAW): SuggestionStatus.WITHDRAWN,
        (SuggestionStatus.WAITING, SuggestionMove.LAPSE): SuggestionStatus.LAPSED,
    }
)
"""One side agrees (`agree`) while another is still awaited; the last one begins the talks (`begin`)."""
