"""Opening what a side gave: to the other side while both want it and its day is not over, else to nobody."""

import json

from django.db.models import Q, QuerySet
from django.utils import timezone

from wanowa.introductions.models import Introduction, Side
from wanowa.introductions.rules import KEPT_AFTER_END, VAIN, Given, Status, can_be_read
from wanowa.kernel import keyrings


def place_of(side: Side) -> str:
    """Return what a sealed value is bound to: table, column and row."""
    return keyrings.place_of(Side._meta.db_table, "given", side.pk)


def chosen_by(side: Side) -> Given | None:
    """Return what a side has chosen to give, for its own people, as long as it is kept. No query; reads a key file."""
    if not side.key:
        return None
    text = keyrings.fetch(side.key).unseal(bytes(side.given), place=place_of(side))
    return Given.of(json.loads(text), desk=side.desk_reads)


def given_by(side: Side, introduction: Introduction) -> Given | None:
    """Return what the other side may read now; None when it is nothing. No query; reads a key file."""
    readable = can_be_read(
        Status(introduction.status),
        until=side.until,
        ended_on=introduction.ended_on,
        today=timezone.localdate(),
    )
    return chosen_by(side) if readable else None


def to_forget_given() -> QuerySet[Side]:
    """Return the sides whose gift nobody can read any more. Costs one query."""
    today = timezone.localdate()
    past = Q(until__lt=today) | Q(introduction__ended_on__lt=today - KEPT_AFTER_END)
    return Side.objects.exclude(key="").filter(past | Q(introduction__status__in=sorted(VAIN))).order_by("id")


def keys_in_use() -> set[str]:
    """Return the keys that still close something. Costs one query."""
    return set(Side.objects.exclude(key="").values_list("key", flat=True))
