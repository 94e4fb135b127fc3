"""What people did not find: for coordinators, and only what says nothing about one person."""

from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Max, Q, QuerySet, Sum

from wanowa.search.models import Synonym, Unfound
from wanowa.search.rules.unfound import COUNT, DAYS

SHOWN = 100


@dataclass(frozen=True, slots=True)
class Missing:
    """A query that found nothing: how often, on how many days, when last."""

    text: str
    count: int
    days: int
    last: date


def unfound() -> list[Missing]:
    """Return what was often looked for in vain, the most frequent first. Costs one query."""
    rows = (
        Unfound.objects.filter(sifted=True)
        .values("text")
        .annotate(times=Sum("count"), days=Count("day"), last=Max("day"))
        .filter(Q(days__gte=DAYS) | Q(times__gte=COUNT))
        .order_by("-times", "text")[:SHOWN]
    )
    return [Missing(row["text"], row["times"], row["days"], row["last"]) for row in rows]


def synonyms() -> QuerySet[Synonym]:
    """Return the words that coordinators added, newest first. Costs one query."""
    return Synonym.objects.filter(removed_at__isnull=True).order_by("-id")
