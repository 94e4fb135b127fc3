"""The words of exchange with stable keys: sides, statuses, moves, when, for whom, how often."""

from enum import StrEnum

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from wanowa.kernel.lifecycles import Lifecycle


class Side(TextChoices):
    """What a listing says: I can, or I would like."""

    OFFER = "offer", _("できること")
    NEED = "need", _("してほしいこと")


class Slot(TextChoices):
    """When it fits."""

    WEEKDAY = "weekday", _("平日の昼")
    EVENING = "evening", _("平日の夜")
    WEEKEND = "weekend", _("土日・祝日")


class Audience(TextChoices):
    """Who is especially welcome, or for whom it is made."""

    CHILDREN = "children", _("子どもといっしょに")
    SENIORS = "seniors", _("お年よりも")
    WHEELCHAIR = "wheelchair", _("車いすでも")
    LANGUAGES = "languages", _("日本語がにがてでも")
    ALONE = "alone", _("ひとりでも")


class Recurrence(TextChoices):
    """How often it comes again."""

    ONCE = "", _("くりかえさない")
    WEEKLY = "weekly", _("毎週、同じ曜日")
    MONTHLY = "monthly", _("毎月、同じ週の同じ曜日")


class AgeBand(TextChoices):
    """How old somebody is, as roughly as is needed to see generations together."""

    UNDER_20 = "under_20", _("20歳より下")
    TO_39 = "to_39", _("20〜39歳")
    TO_64 = "to_64", _("40〜64歳")
    OVER_64 = "over_64", _("65歳から")


class Channel(TextChoices):
    """How a hand was raised."""

    WEB = "web", _("このサイト")
    COUNTER = "counter", _("窓口")
    PHONE = "phone", _("電話")


class Verdict(TextChoices):
    """How the first time was."""

    GOOD = "good", _("よかった")
    SO_SO = "so_so", _("ふつう")
    HARD = "hard", _("むずかしかった")
    ABSENT = "absent", _("行けなかった")


class Status(TextChoices):
    """Where a listing stands."""

    DRAFT = "draft", _("下書き")
    OPEN = "open", _("募集中")
    PAUSED = "paused", _("休み")
    MET = "met", _("見つかりました")
    DONE = "done", _("できました")
    WITHDRAWN = "withdrawn", _("取り下げ")
    EXPIRED = "expired", _("期限切れ")


class Move(StrEnum):
    """What can happen to a listing."""

    EDIT = "edit"
    PUBLISH = "publish"
    PAUSE = "pause"
    RESUME = "resume"
    MEET = "meet"
    KEEP = "keep"
    FINISH = "finish"
    WITHDRAW = "withdraw"
    EXPIRE = "expire"


LIFECYCLE = Lifecycle(
    {
        (Status.DRAFT, Move.EDIT): Status.DRAFT,
        (Status.DRAFT, Move.PUBLISH): Status.OPEN,
        (Status.DRAFT, Move.WITHDRAW): Status.WITHDRAWN,
        (Status.OPEN, Move.EDIT): Status.OPEN,
        (Status.OPEN, Move.KEEP): Status.OPEN,
        (Status.OPEN, Move.MEET): Status.MET,
        (Status.OPEN, Move.PAUSE): Status.PAUSED,
        (Status.OPEN, Move.FINISH): Status.DONE,
        (Status.OPEN, Move.WITHDRAW): Status.WITHDRAWN,
        (Status.OPEN, Move.EXPIRE): Status.EXPIRED,
        (Status.PAUSED, Move.EDIT): Status.PAUSED,
        (Status.PAUSED, Move.RESUME): Status.OPEN,
        (Status.PAUSED, Move.FINISH): Status.DONE,
        (Status.PAUSED, Move.WITHDRAW): Status.WITHDRAWN,
        (Status.PAUSED, Move.EXPIRE): Status.EXPIRED,
        (Status.MET, Move.RESUME): Status.OPEN,
        (Status.MET, Move.FINISH): Status.DONE,
        (Status.MET, Move.WITHDRAW): Status.WITHDRAWN,
        (Status.MET, Move.EXPIRE): Status.EXPIRED,
        (Status.EXPIRED, Move.KEEP): Status.OPEN,
        (Status.EXPIRED, Move.WITHDRAW): Status.WITHDRAWN,
    }
)
"""A draft is nobody else's; open ones are found; met ones rest until it is done, or until one looks again."""

HIDDEN = frozenset({Status.DRAFT})
"""Seen by the own party only."""


class PledgeStatus(TextChoices):
    """Where the word between two parties stands."""

    RAISED = "raised", _("返事待ち")
    AGREED = "agreed", _("約束")
    DONE = "done", _("できました")
    DECLINED = "declined", _("見送り")
    WITHDRAWN = "withdrawn", _("取り下げ")


class PledgeMove(StrEnum):
    """What can happen to a pledge."""

    ACCEPT = "accept"
    DECLINE = "decline"
    WITHDRAW = "withdraw"
    CONFIRM = "confirm"
    FINISH = "finish"


PLEDGE = Lifecycle(
    {
        (PledgeStatus.RAISED, PledgeMove.ACCEPT): PledgeStatus.AGREED,
        (PledgeStatus.RAISED, PledgeMove.DECLINE): PledgeStatus.DECLINED,
        (PledgeStatus.RAISED, PledgeMove.WITHDRAW): PledgeStatus.WITHDRAWN,
        (PledgeStatus.AGREED, PledgeMove.CONFIRM): PledgeStatus.AGREED,
        (PledgeStatus.AGREED, PledgeMove.FINISH): PledgeStatus.DONE,
        (PledgeStatus.AGREED, PledgeMove.WITHDRAW): PledgeStatus.WITHDRAWN,
    }
)
"""One side says that it is done (`confirm`); when the other says so too, it is (`finish`)."""


class HandStatus(TextChoices):
    """Where a raised hand stands."""

    HELD = "held", _("参加します")
    QUEUED = "queued", _("空きを待っています")
    LOWERED = "lowered", _("取りやめました")
