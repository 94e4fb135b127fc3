"""Who may do what for a party. Pure: no database, no clock."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Role(TextChoices):
    """What a member may do for the party."""

    REPRESENTATIVE = "representative", _("代表")
    MEMBER = "member", _("担当")
    VIEWER = "viewer", _("閲覧")


SPEAKS = frozenset({Role.REPRESENTATIVE})
"""Roles that offer, consent, leave and end for the party."""
WRITES = frozenset({Role.REPRESENTATIVE, Role.MEMBER})
"""Roles that edit drafts, ask and answer for the party."""
READS = frozenset(Role)
"""Roles that read what only the party may read."""
