"""What can happen to a listing, to the hands raised for it, and to the word between two parties."""

from collections.abc import Mapping

from django.utils.translation import gettext_lazy as _

from wanowa.exchange.rules import Channel, Side
from wanowa.guideline.rules import Resource
from wanowa.record.verbs import Fact, Kind, Verb

_TEXT: Mapping[str, Kind] = {"side": Side, "resource": Resource, "text": Fact.DIGEST}

DRAFTED = Verb("exchange.listing.drafted", _("{party}が、下書きを作りました"), facts=_TEXT)
OPENED = Verb(
    "exchange.listing.opened",
    _("{party}が、「{side}」（{resource}）をのせました"),
    public=True,
    milestone=True,
    facts=_TEXT,
)
EDITED = Verb(
    "exchange.listing.edited", _("{party}が、書きなおしました"), public=True, facts={"text": Fact.DIGEST}
)
REDRAFTED = Verb(
    "exchange.listing.redrafted", _("{party}が、下書きを書きなおしました"), facts={"text": Fact.DIGEST}
)
PAUSED = Verb("exchange.listing.paused", _("{party}が、休みにしました"), public=True)
RESUMED = Verb("exchange.listing.resumed", _("{party}が、ふたたび募集しています"), public=True)
MET = Verb("exchange.listing.met", _("{party}が、相手が見つかったと知らせました"), public=True)
KEPT = Verb(
    "exchange.listing.kept",
    _("{party}が、{until}まで続けることを確かめました"),
    public=True,
    facts={"until": Fact.DAY},
)
FINISHED = Verb(
    "exchange.listing.finished", _("{party}が、できたと知らせました"), public=True, milestone=True
)
HELD = Verb(
    "exchange.listing.held",
    _("{day}の「はじめての一歩」が終わりました（{people}人）"),
    public=True,
    milestone=True,
    facts={"day": Fact.DAY, "people": Fact.NUMBER, "minutes": Fact.NUMBER},
)
WITHDRAWN = Verb("exchange.listing.withdrawn", _("{party}が、取り下げました"), public=True)
EXPIRED = Verb(
    "exchange.listing.expired", _("期限の{until}をすぎました"), public=True, facts={"until": Fact.DAY}
)
FORGOTTEN = Verb(
    "exchange.listing.forgotten",
    _("本人の希望で、文を消しました"),
    public=True,
    facts={"text": Fact.DIGEST},
)
PICTURED = Verb(
    "exchange.listing.pictured", _("{party}が、写真をのせました"), public=True, facts={"picture": Fact.DIGEST}
)
UNPICTURED = Verb(
    "exchange.listing.unpictured",
    _("{party}が、写真を外しました"),
    public=True,
    facts={"picture": Fact.DIGEST},
)

TIED = Verb(
    "exchange.listing.tied",
    _("{party}が、どの取組のためかを選びました"),
    quiet=True,
    facts={"collaboration": Fact.NUMBER},
)
SUGGESTED = Verb(
    "exchange.listing.suggested",
    _("合いそうな相手が、新しく見つかりました（{count}件）"),
    quiet=True,
    facts={"count": Fact.NUMBER},
)

RAISED = Verb("exchange.hand.raised", _("手があがりました（{channel}）"), facts={"channel": Channel})
QUEUED = Verb(
    "exchange.hand.queued", _("手があがり、空きを待っています（{channel}）"), facts={"channel": Channel}
)
LOWERED = Verb("exchange.hand.lowered", _("取りやめた人がいます"))
MOVED_UP = Verb("exchange.hand.moved_up", _("空きができ、待っていた人が入りました"))

# A pledge is filed as a case of its own: so nobody outside can tell a declined one from an unanswered one.
PLEDGED = Verb("exchange.pledge.made", _("{party}が、手をあげました"))
ACCEPTED = Verb("exchange.pledge.accepted", _("{party}が、「お願いします」と答えました"))
DECLINED = Verb("exchange.pledge.declined", _("{party}は、今回は見送りました"))
TAKEN_BACK = Verb("exchange.pledge.withdrawn", _("{party}が、取り下げました"))
CONFIRMED = Verb("exchange.pledge.confirmed", _("{party}が、できたと確かめました"))
FULFILLED = Verb(
    "exchange.pledge.fulfilled",
    _("両方が、できたと確かめました"),
    facts={"minutes": Fact.NUMBER},
)
BOOKED = Verb(
    "exchange.pledge.booked",
    _("{party}が、出しあいの{number}番に書きました"),
    facts={"number": Fact.NUMBER},
)
