"""Why something on record may be withdrawn from sight, and the names of the three verbs that do it."""

from typing import Final

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

REDACTED: Final = "record.value.redacted"
"""The verb that deletes one value kept back: facts target, field, ground."""
HIDDEN: Final = "record.entry.hidden"
"""The verb that lets pages show a tombstone in place of an entry: facts target, ground."""
CORRECTED: Final = "record.entry.corrected"
"""The verb that sets a correction beside an entry: fact target, the public value note."""
ABOUT_ENTRIES: Final = (REDACTED, HIDDEN, CORRECTED)
"""The verbs that speak about another entry of their case, by its number (`target`)."""
LASTING: Final = frozenset({REDACTED, HIDDEN})
"""What cannot be hidden itself: else the trace of a removal could be removed."""


class Ground(TextChoices):
    """The closed list of reasons. A key is for ever, a label may improve."""

    REQUEST = "request", _("本人の求め")
    LAW = "law", _("法令の定め")
    RIGHTS = "rights", _("権利の侵害")
    WITHHELD = "withheld", _("公開できない情報")
    ERROR = "error", _("書きまちがい")
    EXPIRED = "expired", _("要らなくなった情報")
