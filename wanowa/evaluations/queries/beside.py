"""What stands beside a collaboration: the last look back that is published, with what all wrote to do next."""

from collections.abc import Iterator

from django.urls import reverse
from django.utils.translation import gettext as _

from wanowa.collaborations.models import Collaboration
from wanowa.collaborations.queries import Addition
from wanowa.evaluations.models import Statement
from wanowa.kernel.text import truncated

LONGEST_WORDS = 120
"""Characters of the next steps that the card repeats."""


def last_published(collaboration: Collaboration) -> Iterator[Addition]:
    """Yield the newest published look back, also where a party reads what it may consent to. Costs one query."""
    statement = (
        Statement.objects.filter(round__collaboration=collaboration, in_force_at__isnull=False)
        .select_related("round")
        .order_by("-round__number")
        .first()
    )
    if statement is not None:
        number = statement.round.number
        yield Addition(
            _("第%(number)s回のふりかえり") % {"number": number},
            reverse("evaluations:results", args=[collaboration.slug, number]),
            _("次にすること：%(ahead)s") % {"ahead": truncated(statement.joint.ahead, LONGEST_WORDS)},
            _("ふりかえりの結果を読む"),
            beside_consent=True,
        )
