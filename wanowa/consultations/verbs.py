"""What can happen at the desk. Nothing of it is public, and no entry holds a word of anybody's worry."""

from django.utils.translation import gettext_lazy as _

from wanowa.consultations.rules import Channel, Due, Onward, Outcome, Sight
from wanowa.record.verbs import Fact, KeptBack, Verb, Whose

RECEIVER = KeptBack(_("引き継ぐ人"), Whose.PERSON)
OWNER = KeptBack(_("担当の人"), Whose.PERSON)

OPENED = Verb(
    "consultations.case.opened",
    _("相談を受けつけました（{channel}）"),
    facts={"channel": Channel, "due": Fact.DAY, "files": Fact.NUMBER},
    kept_back={"owner": OWNER},
)
ADDRESS_CONFIRMED = Verb("consultations.case.address_confirmed", _("メールで知らせることにしました"))
CONTACT_CHANGED = Verb("consultations.case.contact_changed", _("電話番号を変えました"))
READ = Verb("consultations.case.read", _("相談をひらきました（{sight}）"), facts={"sight": Sight}, quiet=True)
GLASS_BROKEN = Verb(
    "consultations.case.glass_broken", _("担当でない協働推進員が、わけを書いて相談をひらきました")
)
SORTED = Verb("consultations.case.sorted", _("相談の種類を決めました"), facts={"category": Fact.KEY})
ANSWERED = Verb(
    "consultations.case.answered", _("返事をしました"), facts={"first": Fact.FLAG, "due": Fact.DAY}
)
SPOKE = Verb("consultations.case.spoke", _("相談した人が書きました"))
NOTED = Verb("consultations.case.noted", _("内側のメモを書きました"), quiet=True)
PLANNED = Verb("consultations.case.planned", _("次にすることと日を決めました"), facts={"due": Fact.DAY})
OVERDUE = Verb(
    "consultations.case.overdue", _("「{due}」の期限がすぎました"), facts={"due": Due, "day": Fact.DAY}
)
LINKED = Verb("consultations.case.linked", _("ほかの相談とつなぎました"), quiet=True)
UNLINKED = Verb("consultations.case.unlinked", _("ほかの相談とのつながりを外しました"), quiet=True)
LED_ON = Verb("consultations.case.led_on", _("{to}を始めました"), facts={"to": Onward})
CLOSED = Verb("consultations.case.closed", _("相談が終わりました（{outcome}）"), facts={"outcome": Outcome})
REOPENED = Verb("consultations.case.reopened", _("相談をもう一度ひらきました"), facts={"due": Fact.DAY})
FOLLOWED_UP = Verb("consultations.case.followed_up", _("その後のようすをたずねました"))
NOT_REACHED = Verb(
    "consultations.case.not_reached",
    _("ようすを聞く電話が、つながりませんでした（{tries}回め）"),
    facts={"tries": Fact.NUMBER},
)
HELPED = Verb("consultations.case.helped", _("その後のようすを聞きました"), facts={"solved": Fact.FLAG})
PASSPHRASE_CHANGED = Verb("consultations.case.passphrase_changed", _("あいことばを新しくしました"))
FORGOTTEN = Verb("consultations.case.forgotten", _("相談の記録が消えました"))

OFFERED = Verb(
    "consultations.handover.offered",
    _("引き継ぎをたのみました"),
    facts={"to": Fact.PARTY},
    kept_back={"receiver": RECEIVER},
)
ACCEPTED = Verb("consultations.handover.accepted", _("引き継ぎました"), facts={"to": Fact.PARTY})
REFUSED = Verb(
    "consultations.handover.refused",
    _("引き継げないと、わけをそえて返事をしました"),
    facts={"to": Fact.PARTY},
)
WITHDRAWN = Verb(
    "consultations.handover.withdrawn", _("引き継ぎのたのみを取り下げました"), facts={"to": Fact.PARTY}
)
MOVED = Verb(
    "consultations.case.moved",
    _("担当の人が代わったので、窓口が引き取りました"),
    kept_back={"owner": OWNER},
)

ON_DUTY = Verb(
    "consultations.duty.set",
    _("窓口の当番を決めました"),
    facts={"since": Fact.DAY, "until": Fact.DAY},
    kept_back={"person": KeptBack(_("当番の人"), Whose.PERSON)},
)
OFF_DUTY = Verb("consultations.duty.removed", _("窓口の当番を取り消しました"))
AWAY = Verb(
    "consultations.absence.set",
    _("休む間の代わりを決めました"),
    facts={"since": Fact.DAY, "until": Fact.DAY},
    kept_back={
        "person": KeptBack(_("休む人"), Whose.PERSON),
        "deputy": KeptBack(_("代わりの人"), Whose.PERSON),
    },
)
BACK = Verb("consultations.absence.removed", _("休む間の代わりを取り消しました"))

PROPOSED = Verb("consultations.advice.proposed", _("よくある相談の文を書きました"))
RELEASED = Verb("consultations.advice.released", _("もうひとりが確かめて、よくある相談を公開しました"))
CHECKED = Verb("consultations.advice.checked", _("よくある相談が、まだ正しいと確かめました"))
RECALLED = Verb("consultations.advice.withdrawn", _("よくある相談を取り下げました"))
