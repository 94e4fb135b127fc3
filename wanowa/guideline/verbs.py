"""What can happen to the guideline: the city publishes a version of its text."""

from django.utils.translation import gettext_lazy as _

from wanowa.record.verbs import Fact, Verb

LOADED = Verb(
    "guideline.policy.loaded",
    _("指針の第{number}版を、このサイトに載せました"),
    public=True,
    facts={"number": Fact.NUMBER, "fingerprint": Fact.DIGEST},
)
