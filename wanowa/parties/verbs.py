"""Everything that can happen to a party, and how it reads on the record."""

from django.utils.translation import gettext_lazy as _

from wanowa.guideline.rules import Kind
from wanowa.record.verbs import Fact, KeptBack, Verb, Whose

_MEMBER = KeptBack(_("どのメンバーか"), Whose.PERSON)

FOUNDED = Verb(
    "parties.party.founded",
    _("{party}が参加しました"),
    public=True,
    facts={"kind": Kind},
    kept_back={"name": KeptBack(_("はじめの名前"))},
)
LISTED = Verb(
    "parties.party.listed",
    _("公開情報から、一覧にのりました"),
    public=True,
    facts={"kind": Kind},
    kept_back={"name": KeptBack(_("公開情報の名前"))},
)
RELISTED = Verb(
    "parties.party.relisted",
    _("公開情報に合わせて、書きかえました"),
    public=True,
    kept_back={"name": KeptBack(_("公開情報の名前"))},
)
RENAMED = Verb(
    "parties.party.renamed",
    _("{party}に名前が変わりました"),
    public=True,
    kept_back={"before": KeptBack(_("前の名前")), "after": KeptBack(_("新しい名前"))},
)
DESCRIBED = Verb("parties.party.described", _("{party}が紹介を書きかえました"), public=True)
CLOSED = Verb("parties.party.closed", _("{party}が活動を終えました"), public=True)

APPLIED = Verb(
    "parties.registration.applied",
    _("{party}が{year}年度の団体登録を申請しました"),
    facts={"year": Fact.NUMBER},
)
REGISTERED = Verb(
    "parties.registration.accepted",
    _("{year}年度の登録団体になりました"),
    public=True,
    facts={"year": Fact.NUMBER},
)
RETURNED = Verb(
    "parties.registration.returned",
    _("{year}年度の登録申請が差しもどされました"),
    facts={"year": Fact.NUMBER},
)
EXPIRED = Verb(
    "parties.registration.expired", _("{year}年度の団体登録の期限が来ました"), facts={"year": Fact.NUMBER}
)

INVITED = Verb(
    "parties.membership.invited",
    _("{party}が{day}からのメンバーを招待しました"),
    facts={"role": Fact.KEY, "day": Fact.DAY},
    kept_back={"email": KeptBack(_("招待したアドレス"), Whose.ADDRESS)},
)
FIRST_INVITED = Verb(
    "parties.membership.first_invited",
    _("協働の窓口が、はじめての代表を招待しました"),
    kept_back={"email": KeptBack(_("招待したアドレス"), Whose.ADDRESS)},
)
UNINVITED = Verb("parties.membership.uninvited", _("{party}が招待を取り消しました"), facts={"role": Fact.KEY})
JOINED = Verb(
    "parties.membership.joined",
    _("{party}に{day}からのメンバーが加わりました"),
    facts={"role": Fact.KEY, "day": Fact.DAY},
    kept_back={"person": _MEMBER},
)
ROLE_CHANGED = Verb(
    "parties.membership.role_changed",
    _("{party}のメンバーの役割が{day}から変わります"),
    facts={"role": Fact.KEY, "day": Fact.DAY},
    kept_back={"person": _MEMBER},
)
TERM_ENDED = Verb(
    "parties.membership.term_ended",
    _("{party}のメンバーの任期が{day}までになりました"),
    facts={"day": Fact.DAY},
    kept_back={"person": _MEMBER},
)
HANDED_OVER = Verb(
    "parties.membership.handed_over",
    _("{party}の代表が{day}に交代します"),
    facts={"day": Fact.DAY},
    kept_back={
        "from": KeptBack(_("前の代表"), Whose.PERSON),
        "to": KeptBack(_("次の代表"), Whose.PERSON),
    },
)
