"""Where a case stands, what can be done with it then, and the closed lists of everything around it."""

from enum import StrEnum, auto

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from wanowa.kernel.lifecycles import Lifecycle


class Status(TextChoices):
    """Where a case stands. While it is not closed it has an owner and a day on which something is due."""

    RECEIVED = "received", _("受けつけました")
    UNDER_WAY = "under_way", _("進めています")
    CLOSED = "closed", _("終わりました")


class Move(StrEnum):
    """What can happen to a case."""

    ANSWER = auto()
    PLAN = auto()
    PASS = auto()
    LEAD_ON = auto()
    CLOSE = auto()
    REOPEN = auto()


LIFECYCLE = Lifecycle[Status, Move](
    {
        (Status.RECEIVED, Move.ANSWER): Status.UNDER_WAY,
        (Status.RECEIVED, Move.PASS): Status.RECEIVED,
        (Status.RECEIVED, Move.LEAD_ON): Status.RECEIVED,
        (Status.RECEIVED, Move.CLOSE): Status.CLOSED,
        (Status.UNDER_WAY, Move.ANSWER): Status.UNDER_WAY,
        (Status.UNDER_WAY, Move.PLAN): Status.UNDER_WAY,
        (Status.UNDER_WAY, Move.PASS): Status.UNDER_WAY,
        (Status.UNDER_WAY, Move.LEAD_ON): Status.UNDER_WAY,
        (Status.UNDER_WAY, Move.CLOSE): Status.CLOSED,
        (Status.CLOSED, Move.REOPEN): Status.UNDER_WAY,
    }
)
"""A case that nobody has answered cannot be postponed by a plan: the first answer comes first."""


class Channel(TextChoices):
    """How a case came in."""

    WEB = "web", _("画面から")
    PAPER = "paper", _("紙の二次元コードから")
    COUNTER = "counter", _("窓口で")
    PHONE = "phone", _("電話で")


BY_HAND = frozenset({Channel.COUNTER, Channel.PHONE})
"""Channels by which somebody of the city writes down what she is told, with consent."""


class Due(TextChoices):
    """What is due on the day that a case carries."""

    FIRST_ANSWER = "first_answer", _("はじめての返事")
    ANSWER = "answer", _("つぎの返事")
    NEXT_ACTION = "next_action", _("次にすること")


AWAITED = frozenset({Due.FIRST_ANSWER, Due.ANSWER})
"""While one of these is due, the last word is the person's: she waits for an answer, and no plan postpones it."""


class Outcome(TextChoices):
    """What came of a case."""

    INFORMATION = "information", _("情報を伝えました")
    INTRODUCTION = "introduction", _("引き合わせました")
    PROPOSAL = "proposal", _("提案になりました")
    COLLABORATION = "collaboration", _("協働の取組になりました")
    IMPOSSIBLE = "impossible", _("できませんでした")


LEADS = frozenset({Outcome.INTRODUCTION, Outcome.PROPOSAL, Outcome.COLLABORATION})
"""Outcomes that can point at what came of it."""


class Onward(TextChoices):
    """What the holder of a case can begin from it."""

    INTRODUCTION = "introduction", _("引き合わせ")
    IDEA = "idea", _("ひとこと提案")


class Passing(TextChoices):
    """Where a hand-over to one receiver stands."""

    OFFERED = "offered", _("返事を待っています")
    ACCEPTED = "accepted", _("引き受けました")
    REFUSED = "refused", _("引き受けられませんでした")
    WITHDRAWN = "withdrawn", _("取り下げました")
    OVERTAKEN = "overtaken", _("ほかが先に引き受けました")


class Sight(TextChoices):
    """By what right somebody of the city reads a case."""

    OWNER = "owner", _("担当として")
    DEPUTY = "deputy", _("担当の代わりとして")
    OFFERED = "offered", _("引き継ぎをたのまれて")
    GLASS = "glass", _("いそいで見るわけがあって")


HOLDS = frozenset({Sight.OWNER, Sight.DEPUTY})
"""Rights by which somebody acts on a case; to be asked, or to look in haste, lets only read."""
WHEN_ASKED = frozenset({"text", "reason"})
"""Sealed columns that somebody who is only asked to take a case reads: the worry, and why she is asked."""


class Kind(TextChoices):
    """Who says something in the room of a case, and to whom."""

    CITIZEN = "citizen", _("相談した人から")
    STAFF = "staff", _("相談した人へ")
    NOTE = "note", _("内側のメモ")


class Help(TextChoices):
    """How it is four weeks later."""

    SOLVED = "solved", _("よくなりました")
    BETTER = "better", _("少しよくなりました")
    STUCK = "stuck", _("まだ困っています")


class Rating(TextChoices):
    """How somebody liked to be helped; counted without saying whose it was."""

    GOOD = "good", _("よかった")
    FAIR = "fair", pgettext_lazy("rating", "ふつう")
    POOR = "poor", _("よくなかった")


class Lane(TextChoices):
    """The columns of the board of somebody's work."""

    ANSWER = "answer", _("返事を待っている人がいます")
    UNDER_WAY = "under_way", _("進めています")
    OTHERS = "others", _("ほかの人を待っています")
    AFTER = "after", _("その後をたずねます")
