"""What can happen in the ledger of a collaboration. It stands in the collaboration's own case; its sums are public."""

from django.utils.translation import gettext_lazy as _

from wanowa.contributions.rules import Look, Way
from wanowa.guideline.rules import Resource
from wanowa.record.verbs import Fact, KeptBack, Verb
from wanowa.record.verbs.definition import Kind

_ENTRY: dict[str, Kind] = {
    "number": Fact.NUMBER,
    "way": Way,
    "resource": Resource,
    "amount": Fact.NUMBER,
    "giver": Fact.PARTY,
    "taker": Fact.PARTY,
    "day": Fact.DAY,
    "content": Fact.DIGEST,
}
WRITTEN = Verb(
    "contributions.entry.written",
    _("{party}が、出しあいの{number}番（{resource}を{way}）を書きました"),
    facts=_ENTRY,
    kept_back={"note": KeptBack(_("したこと"))},
)
REVERSED = Verb(
    "contributions.entry.reversed",
    _("{party}が、出しあいの{target}番を取り消す{number}番を書きました"),
    facts=_ENTRY | {"target": Fact.NUMBER},
    kept_back={"note": KeptBack(_("取り消すわけ"))},
)
CONFIRMED = Verb(
    "contributions.entry.confirmed",
    _("{party}が、出しあいの{number}番を確かめました"),
    facts={"number": Fact.NUMBER},
)
DISPUTED = Verb(
    "contributions.entry.disputed",
    _("{party}が、出しあいの{number}番は「ちがう」と言いました"),
    facts={"number": Fact.NUMBER},
    kept_back={"word": KeptBack(_("どこがちがうか"))},
)
WITHDRAWN = Verb(
    "contributions.entry.withdrawn",
    _("{party}が、出しあいの{number}番を取り下げました"),
    facts={"number": Fact.NUMBER},
)
DRIFT_NOTICED = Verb(
    "contributions.drift.noticed",
    _("出しあいと決めごとのようす：{looks_like}"),
    facts={"looks_like": Look},
)
