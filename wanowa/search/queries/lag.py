"""How far the index is behind the record."""

from dataclasses import dataclass
from datetime import datetime

from wanowa.record.models import Entry
from wanowa.search.models import Document, Position, Rebuild

READER = "search"


@dataclass(frozen=True, slots=True)
class Lag:
    """Documents in the index, entries not read yet, since when the oldest waits, and a rebuilding under way."""

    documents: int
    waiting: int
    since: datetime | None
    rebuilding: bool


def lag() -> Lag:
    """Return how far the index is behind. Costs five queries."""
    position = Position.objects.filter(reader=READER).values_list("entry", flat=True).first() or 0
    waiting = Entry.objects.filter(pk__gt=position)
    oldest = waiting.order_by("pk").values_list("at", flat=True).first()
    return Lag(
        Document.objects.count(), waiting.count(), oldest, Rebuild.objects.filter(finished=False).exists()
    )
