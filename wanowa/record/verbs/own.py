"""The record's own verbs: what is done about entries that cannot be changed, and the keys that sign for them."""

from django.utils.translation import gettext_lazy as _

from wanowa.record.rules import CORRECTED, HIDDEN, REDACTED, Ground
from wanowa.record.verbs.definition import Fact, KeptBack, Verb

VALUE_REDACTED = Verb(
    REDACTED,
    _("記録{target}番の、ふせてある値を1つ消しました（{ground}）"),
    public=True,
    facts={"target": Fact.NUMBER, "field": Fact.KEY, "ground": Ground},
    quiet=True,
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
KEY_INTRODUCED = Verb(
    "record.key.introduced",
    _("まとめ印の{number}番の鍵が加わりました"),
    public=True,
    facts={"number": Fact.NUMBER, "lost": Fact.FLAG, "key": Fact.DIGEST},
)
