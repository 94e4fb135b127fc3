"""What can happen to a proposal until it is handed in, and what its writers say meanwhile."""

from collections.abc import Mapping

from django.utils.translation import gettext_lazy as _

from wanowa.proposals.rules import lifecycle
from wanowa.record.verbs import Fact, KeptBack, Kind, Verb

BEGUN = Verb(
    "proposals.proposal.begun", _("{party}が、{kind}を書きはじめました"), facts={"kind": lifecycle.Kind}
)
ATTACHED = Verb(
    "proposals.proposal.attached", _("{party}が、ファイルをつけました"), facts={"file": Fact.DIGEST}
)
DETACHED = Verb(
    "proposals.proposal.detached", _("{party}が、ファイルを外しました"), facts={"file": Fact.DIGEST}
)
PARTNER_ASKED = Verb(
    "proposals.partner.asked", _("{party}が、{asked}に声をかけました"), facts={"asked": Fact.PARTY}
)
PARTNER_OFFERED = Verb("proposals.partner.offered", _("{party}が、手をあげました"))
PARTNER_ANSWERED = Verb(
    "proposals.partner.answered",
    _("{party}が、{other}に返事をしました"),
    facts={"other": Fact.PARTY, "joined": Fact.FLAG},
)
CALLED = Verb(
    "proposals.proposal.called", _("{party}が、いっしょにする相手をさがしはじめました"), public=True
)
QUIETED = Verb("proposals.proposal.quieted", _("{party}が、相手さがしの公開をやめました"), public=True)
SPOKE = Verb("proposals.message.said", _("{party}が、話し合いの部屋に書きました"))
DESK_SPOKE = Verb("proposals.message.said_by_desk", _("協働推進員が、話し合いの部屋に書きました"))
STATED = Verb(
    "proposals.statement.made", _("{party}が、審査の前の考えを書きました"), facts={"text": Fact.DIGEST}
)
_HANDED_IN: Mapping[str, Kind] = {
    "receipt": Fact.NUMBER,
    "fingerprint": Fact.DIGEST,
    "amount": Fact.YEN,
    "partners": Fact.NUMBER,
}
SUBMITTED = Verb(
    "proposals.proposal.submitted",
    _("{party}が、提案を出しました"),
    milestone=True,
    facts=_HANDED_IN,
)
SUBMITTED_ALONE = Verb(
    "proposals.proposal.submitted_alone",
    _("{party}が、提案を出しました。相手をいっしょにさがします"),
    milestone=True,
    facts=_HANDED_IN,
)
WITHDRAWN = Verb("proposals.proposal.withdrawn", _("{party}が、提案を取り下げました"))
FORGOTTEN = Verb("proposals.proposal.forgotten", _("本人の希望で、提案の文を消しました"))
SENT_ON = Verb(
    "proposals.proposal.sent_on",
    _("協働の窓口が、相手のいない提案のこのあとを知らせました：{onward}"),
    milestone=True,
    facts={"onward": lifecycle.Onward, "proposer": Fact.PARTY},
    kept_back={"reason": KeptBack(_("わけ"))},
)
NEXT_OPENED = Verb(
    "proposals.proposal.next_opened",
    _("次の募集が始まりました。この提案の文で、つづきを書けます"),
    facts={"proposer": Fact.PARTY},
)
GONE_ON = Verb("proposals.proposal.gone_on", _("{party}が、この提案を次の募集につづけました"))
