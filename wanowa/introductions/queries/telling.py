"""What notices and a person's file ask of introductions: who stands around a case, and what it is called."""

from collections.abc import Collection, Iterable

from django.utils.translation import gettext as _

from wanowa.activities.queries.telling import Circle
from wanowa.introductions.models import Introduction, Side
from wanowa.introductions.queries.giving import chosen_by
from wanowa.people.models import User

INTRODUCTION = Introduction._meta.label_lower
SIDE = Side._meta.label_lower


def circle_of(case: str) -> Circle:
    """Return both sides of an introduction and its coordinator; nobody around other cases. Costs one query."""
    label, _slash, key = case.partition("/")
    if label != INTRODUCTION:
        return Circle()
    found = Introduction.objects.filter(pk=int(key)).values_list("first_id", "second_id", "owner_id").first()
    if found is None:
        return Circle()
    return Circle(frozenset(found[:2]), frozenset(found[2:]) - {None})


def may_know(case: str, mine: Collection[int], person: int) -> bool:
    """Tell whether somebody may know of a case: one of its sides, or a coordinator. Costs at most two queries."""
    circle = circle_of(case)
    if not circle.parties:
        return False
    return bool(circle.parties & set(mine)) or User.objects.filter(pk=person, is_coordinator=True).exists()


def titles_of(cases: Iterable[str]) -> dict[str, tuple[str, str]]:
    """Return title and address of the introductions among `cases`: a mail names nobody. Costs at most two queries."""
    keys: dict[str, set[int]] = {INTRODUCTION: set(), SIDE: set()}
    for case in cases:
        label, _slash, key = case.partition("/")
        if label in keys:
            keys[label].add(int(key))
    told = {}
    if keys[INTRODUCTION]:
        for one in Introduction.objects.filter(pk__in=keys[INTRODUCTION]):
            told[f"{INTRODUCTION}/{one.pk}"] = (_("引き合わせ"), one.get_absolute_url())
    if keys[SIDE]:
        for side in Side.objects.filter(pk__in=keys[SIDE]).select_related("introduction"):
            told[f"{SIDE}/{side.pk}"] = (_("引き合わせ"), side.introduction.get_absolute_url())
    return told


def export_of(person: User) -> dict[str, object]:
    """Return what a person gave, opened, with until when it can be read. Costs one query."""
    found = Side.objects.filter(person=person).exclude(key="").order_by("id")
    return {
        "given": [
            {"values": gift.values(), "until": side.until.isoformat() if side.until else None}
            for side in found
            if (gift := chosen_by(side)) is not None
        ]
    }
