"""What can happen to the words of the search. The words themselves stand in the table, which is public to the desk."""

from django.utils.translation import gettext_lazy as _

from wanowa.record.verbs import Fact, Verb

ADDED = Verb(
    "search.synonym.added",
    _("協働の窓口が、おなじ意味のことばを加えました"),
    facts={"words": Fact.NUMBER, "fingerprint": Fact.DIGEST},
)
REMOVED = Verb(
    "search.synonym.removed",
    _("協働の窓口が、おなじ意味のことばを外しました"),
)
