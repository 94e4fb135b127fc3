"""Where the judging of a round stands, and what becomes of an adopted proposal: nothing begins before its budget."""

from datetime import date
from enum import StrEnum
from typing import Final

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from wanowa.kernel.errors import Refused
from wanowa.kernel.lifecycles import Lifecycle


class Phase(TextChoices):
    """Where the judging of a round stands."""

    CHECKING = "checking", _("書類の確かめ")
    SCORING = "scoring", _("審査中")
    OPENED = "opened", _("点を開いた")
    ANNOUNCED = "announced", _("結果を知らせた")


class Turn(StrEnum):
    """What can happen to the judging of a round."""

    BEGIN_SCORING = "begin_scoring"
    OPEN = "open"
    ANNOUNCE = "announce"


JUDGING = Lifecycle[Phase, Turn](
    {
        (Phase.CHECKING, Turn.BEGIN_SCORING): Phase.SCORING,
        (Phase.SCORING, Turn.OPEN): Phase.OPENED,
        (Phase.OPENED, Turn.ANNOUNCE): Phase.ANNOUNCED,
    }
)
TOLD: Final = frozenset({Phase.OPENED, Phase.ANNOUNCED})
"""From here on reviewers read each other's sheets."""


class Outcome(TextChoices):
    """What is decided about a proposal."""

    ADOPTED = "adopted", _("採択（予算が決まったら始まります）")
    NOT_ADOPTED = "not_adopted", _("今回は採択しません")


class AwardStatus(TextChoices):
    """What has become of an adopted proposal."""

    WAITING = "waiting", _("予算の成立待ち")
    REDUCED = "reduced", _("減額の返事待ち")
    STARTED = "started", _("協働が始まりました")
    CANCELLED = "cancelled", _("取りやめ")
    DECLINED = "declined", _("提案者が辞退")


class AwardMove(StrEnum):
    """What can happen to an adopted proposal."""

    REDUCE = "reduce"
    ACCEPT = "accept"
    DECLINE = "decline"
    CARRY_OVER = "carry_over"
    CANCEL = "cancel"
    START = "start"


AWARD = Lifecycle[AwardStatus, AwardMove](
    {
        (AwardStatus.WAITING, AwardMove.REDUCE): AwardStatus.REDUCED,
        (AwardStatus.WAITING, AwardMove.CARRY_OVER): AwardStatus.WAITING,
        (AwardStatus.WAITING, AwardMove.CANCEL): AwardStatus.CANCELLED,
        (AwardStatus.WAITING, AwardMove.START): AwardStatus.STARTED,
        (AwardStatus.REDUCED, AwardMove.ACCEPT): AwardStatus.WAITING,
        (AwardStatus.REDUCED, AwardMove.DECLINE): AwardStatus.DECLINED,
        (AwardStatus.REDUCED, AwardMove.CANCEL): AwardStatus.CANCELLED,
    }
)
"""Without a move START from anywhere but WAITING, a reduced amount cannot begin before its proposer says yes."""


def require_budget(fiscal_year: int, passed_on: date | None, today: date) -> None:
    """Raise Refused unless the budget of the named fiscal year is on record as passed, on a day that has come."""
    if passed_on is None or passed_on > today:
        raise Refused(
            _("%(year)s年度の予算の成立が、まだ記録されていません。記録してから、協働を始めてください。")
            % {"year": fiscal_year}
        )
