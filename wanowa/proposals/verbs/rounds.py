"""What can happen to a round, and to what departments need and can carry in it."""

from django.utils.translation import gettext_lazy as _

from wanowa.record.verbs import Fact, KeptBack, Verb

PREPARED = Verb("proposals.round.prepared", _("協働の窓口が、募集の準備を始めました"))
REWORKED = Verb("proposals.round.reworked", _("協働の窓口が、募集の決まりを書きなおしました"))
OPENED = Verb(
    "proposals.round.opened",
    _("募集が始まりました（締め切りは{deadline}の24時）"),
    public=True,
    milestone=True,
    facts={"deadline": Fact.DAY, "fingerprint": Fact.DIGEST},
)
EXTENDED = Verb(
    "proposals.round.extended",
    _("締め切りが、{before}から{deadline}の24時に延びました"),
    public=True,
    milestone=True,
    facts={"before": Fact.DAY, "deadline": Fact.DAY},
)
APPOINTED = Verb(
    "proposals.round.appointed",
    _("協働の窓口が、審査する人を決めなおしました（{reviewers}人）"),
    public=True,
    facts={"reviewers": Fact.NUMBER},
    kept_back={"reason": KeptBack(_("わけ"))},
)
CLOSED = Verb(
    "proposals.round.closed",
    _("受付が終わりました（{received}件の提案）"),
    public=True,
    milestone=True,
    facts={"received": Fact.NUMBER},
)
CALLED_OFF = Verb(
    "proposals.round.called_off", _("募集は、とりやめになりました"), public=True, milestone=True
)
ENDED = Verb(
    "proposals.round.ended",
    _("審査する提案がなかったので、募集は終わりました"),
    public=True,
    milestone=True,
    kept_back={"reason": KeptBack(_("わけ"))},
)
FINISHED = Verb(
    "proposals.round.finished",
    _("募集は、ぜんぶ終わりました（採択{adopted}件、始まった協働{started}件）"),
    public=True,
    milestone=True,
    facts={"adopted": Fact.NUMBER, "started": Fact.NUMBER},
)
TAKEN_OVER = Verb(
    "proposals.round.taken_over",
    _("わのわの前の募集を、資料から写しました（市民提案{citizen}件、行政提案{city}件、採択{adopted}件）"),
    public=True,
    milestone=True,
    facts={"citizen": Fact.NUMBER, "city": Fact.NUMBER, "adopted": Fact.NUMBER},
)
CAPACITY_DECLARED = Verb(
    "proposals.capacity.declared",
    _("{party}が、{places}件までいっしょにできると知らせました"),
    public=True,
    facts={"places": Fact.NUMBER},
)
NEED_PUBLISHED = Verb(
    "proposals.need.published",
    _("{party}が、行政提案をのせました"),
    public=True,
    facts={"text": Fact.DIGEST, "places": Fact.NUMBER, "budget": Fact.YEN},
)
NEED_WITHDRAWN = Verb("proposals.need.withdrawn", _("{party}が、行政提案を取り下げました"), public=True)
