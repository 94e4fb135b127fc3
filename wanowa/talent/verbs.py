"""What can happen in the bank. Nothing of it is public, and no entry holds what anybody can do or where she lives."""

from django.utils.translation import gettext_lazy as _

from wanowa.record.verbs import Fact, Verb
from wanowa.talent.rules import Channel, Field, Purpose

REGISTERED = Verb("talent.profile.registered", _("人材バンクに登録しました"), facts={"channel": Channel})
CHANGED = Verb("talent.profile.changed", _("登録のなかみを書きなおしました"), facts={"channel": Channel})
HIDDEN = Verb("talent.profile.hidden", _("すべてをかくしました"), facts={"channel": Channel})
SHOWN = Verb("talent.profile.shown", _("かくすのをやめました"), facts={"channel": Channel})
CONFIRMED = Verb(
    "talent.profile.confirmed",
    _("登録をつづけることを確かめました"),
    facts={"channel": Channel, "until": Fact.DAY},
)
OVERDUE = Verb("talent.profile.overdue", _("確かめがないので、登録がかくれました"))
LEFT = Verb("talent.profile.left", _("登録が消えました"), facts={"channel": Channel})
REVIEWED = Verb(
    "talent.profile.reviewed", _("協働推進員が、経験の文を確かめました"), facts={"accepted": Fact.FLAG}
)
OPENED = Verb("talent.profile.opened", _("協働推進員が、登録をひらきました"), facts={"fields": Fact.NUMBER})

GIVEN = Verb(
    "talent.consent.given",
    _("「{field}」を使うことに同意しました（{purpose}）"),
    facts={"purpose": Purpose, "field": Field, "channel": Channel, "text": Fact.DIGEST},
)
WITHDRAWN = Verb(
    "talent.consent.withdrawn",
    _("「{field}」の同意を取り消しました（{purpose}）"),
    facts={"purpose": Purpose, "field": Field, "channel": Channel},
)

LOOKED = Verb("talent.look.made", _("{party}が、人をさがしました"), facts={"profiles": Fact.NUMBER})

ASKED = Verb("talent.request.sent", _("{party}が、お願いを送りました"))
PASSED = Verb("talent.request.passed", _("協働推進員が、お願いを本人に伝えました"))
ACCEPTED = Verb(
    "talent.request.accepted",
    _("お願いを受けてもらえました"),
    facts={"asker": Fact.PARTY, "channel": Channel},
)
DECLINED = Verb("talent.request.declined", _("今回は見送りました"), facts={"channel": Channel})
LATER = Verb("talent.request.postponed", _("あとで返事をすることにしました"), facts={"channel": Channel})
LAPSED = Verb("talent.request.lapsed", _("返事の期限がすぎました"))
STOPPED = Verb("talent.request.stopped", _("お願いを取り下げました"))
REPORTED = Verb("talent.request.reported", _("困ったお願いとして、協働推進員に知らせました"))
SPOKE = Verb("talent.request.spoke", _("お願いのページに書きました"), facts={"asker": Fact.PARTY})
READ = Verb(
    "talent.request.opened", _("{party}が、渡されたことをひらきました"), facts={"fields": Fact.NUMBER}
)

FROZEN = Verb(
    "talent.sender.frozen", _("協働推進員が、お願いを送れないようにしました"), facts={"sender": Fact.PARTY}
)
THAWED = Verb(
    "talent.sender.thawed", _("協働推進員が、また送れるようにしました"), facts={"sender": Fact.PARTY}
)

EXPORT_ASKED = Verb(
    "talent.export.asked", _("協働推進員が、書き出しをたのみました"), facts={"people": Fact.NUMBER}
)
EXPORT_APPROVED = Verb("talent.export.approved", _("もうひとりの協働推進員が、書き出しを認めました"))
EXPORT_TAKEN = Verb(
    "talent.export.taken", _("協働推進員が、書き出しを受け取りました"), facts={"people": Fact.NUMBER}
)
