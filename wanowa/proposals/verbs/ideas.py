"""What can happen to an idea of 200 characters. Never its words, nor who wrote it."""

from django.utils.translation import gettext_lazy as _

from wanowa.proposals.rules.vocabulary import Channel
from wanowa.record.verbs import Fact, Verb

RECEIVED = Verb(
    "proposals.seed.received",
    _("ひとこと提案がとどきました（{channel}）"),
    facts={"channel": Channel, "due": Fact.DAY, "text": Fact.DIGEST},
)
ANSWERED = Verb("proposals.seed.answered", _("協働推進員が、返事をしました"))
ASKED = Verb("proposals.seed.asked", _("書いた人から、つづきがとどきました"), facts={"due": Fact.DAY})
PASSED_ON = Verb("proposals.seed.passed_on", _("担当の協働推進員がかわりました"))
TAKEN_IN = Verb(
    "proposals.seed.taken_in", _("担当の人が窓口をはなれたので、ほかの協働推進員が引き取りました")
)
GROWN = Verb("proposals.seed.grown", _("{party}が、提案に育てはじめました"))
SETTLED = Verb("proposals.seed.settled", _("話が終わりました"))
SEED_FORGOTTEN = Verb("proposals.seed.forgotten", _("本人の希望で、ひとこと提案の文を消しました"))
