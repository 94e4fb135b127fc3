"""What can happen to notices that deserves to stand on record."""

from django.utils.translation import gettext_lazy as _

from wanowa.record.verbs import Fact, Verb

CHOSEN = Verb(
    "notices.preference.chosen", _("お知らせの受けとり方が変わりました"), facts={"by_mail": Fact.FLAG}
)
