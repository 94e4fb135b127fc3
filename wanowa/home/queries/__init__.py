"""What waits for a person: composed from what the apps below can tell; and what moves in town."""

from django.db.models import QuerySet

from wanowa.collaborations.models import Collaboration
from wanowa.collaborations.queries import directory
from wanowa.home.queries.duties import (
    cases_waiting,
    checkpoints_to_mend,
    ideas_to_answer,
    introductions_due,
    quiet_ones,
    registrations_to_decide,
    reviews_to_do,
)
from wanowa.home.queries.waiting import Todo, todos

__all__ = [
    "Todo",
    "cases_waiting",
    "checkpoints_to_mend",
    "ideas_to_answer",
    "introductions_due",
    "latest",
    "quiet_ones",
    "registrations_to_decide",
    "reviews_to_do",
    "todos",
]


def latest() -> QuerySet[Collaboration]:
    """Return the public collaborations that move now, newest first. Costs two queries."""
    return directory().exclude(status__in=["ended", "withdrawn"])[:6]
