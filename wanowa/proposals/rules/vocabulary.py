"""Short lists from which a round is put together: conflicts of interest, what is published, how ideas come in."""

from typing import Final

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Conflict(TextChoices):
    """Who does not judge a proposal."""

    MEMBER = "member", _("提案した主体の人は、その提案を審査しません")
    PARTNER = "partner", _("いっしょにする主体の人は、その提案を審査しません")
    DECLARED = "declared", _("かかわりがあると自分で言った人は、その提案を審査しません")


class Shown(TextChoices):
    """What of a proposal is published with the results."""

    TITLES = "titles", _("題名と、提案した主体")
    TEXTS = "texts", _("提案の本文")
    SCORES = "scores", _("点数")
    REASONS = "reasons", _("決めた理由")


class Channel(TextChoices):
    """How an idea came in."""

    WEB = "web", _("このサイト")
    COUNTER = "counter", _("窓口")
    PHONE = "phone", _("電話")


SEED_LENGTH: Final = 200
"""Characters, as a reader counts them, that are enough to begin."""
ANSWER_BUSINESS_DAYS: Final = 3
"""So many business days the coordinator has for the first answer."""
GRACE_SECONDS: Final = 12 * 60
"""What reached us before the deadline counts, when it is through within this time (trust.md T24).

Ten minutes for which a queue page keeps the first moment, and two for the queue at the door.
"""
MOST_LEVELS: Final = 5
"""Levels of a criterion: from 1 to 5 points, each described."""
LEAST_REVIEWERS: Final = 2
"""So many judge at least: "nobody sees another's score" means something, and one can stand back from a proposal."""
