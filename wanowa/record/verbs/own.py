"""The record's own verbs: what is done about an entry that cannot be changed. Written in the same case as the entry."""

from django.utils.translation import gettext_lazy as _

from wanowa.record.rules import CORRECTED, HIDDEN, REDACTED, Ground
from wanowa.record.verbs.definition import Fact, KeptBack, Verb

VALUE_REDACTED = Verb(
    REDACTED,
    _("記録{target}番の、ふせてある値を1つ消しました（{ground}）"),
    facts={"target": Fact.NUMBER, "field": Fact.KEY, "ground": Ground},
)
ENTRY_HIDDEN = Verb(
    HIDDEN,
    _("記録{target}番を、見えなくしました（{ground}）"),
    public=True,
    facts={"target": Fact.NUMBER, "ground": Ground},
)
ENTRY_CORRECTED = Verb(
    CORRECTED,
    _("記録{target}番に、訂正を足しました"),
    public=True,
    facts={"target": Fact.NUMBER},
    kept_back={"note": KeptBack(_("訂正のことば"))},
)
