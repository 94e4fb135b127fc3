"""What notices ask of activities: who stands around a case, what it is called, and who may know of it."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass

from wanowa.activities.models import Activity, Suggestion
from wanowa.activities.queries.suggesting import may_read

ACTIVITY = Activity._meta.label_lower
SUGGESTION = Suggestion._meta.label_lower


@dataclass(frozen=True, slots=True)
class Circle:
    """Who hears of a case: everybody who acts for these parties, and these persons."""

    parties: frozenset[int] = frozenset()
    persons: frozenset[int] = frozenset()


def circle_of(case: str) -> Circle:
    """Return who stands around an activity or a suggestion; nobody around other cases. Costs one query."""
    label, _slash, key = case.partition("/")
    if label == ACTIVITY:
        found = Activity.objects.filter(pk=int(key)).values_list("party_id", flat=True)
        return Circle(frozenset(found))
    if label == SUGGESTION:
        rows = Suggestion.objects.filter(pk=int(key)).select_related("activity")
        return next(map(_both_sides, rows), Circle())
    return Circle()


def _both_sides(suggestion: Suggestion) -> Circle:
    sides = frozenset({suggestion.activity.party_id, suggestion.department_id})
    recommender = frozenset({suggestion.person_id}) if suggestion.suggested_by_id is None else frozenset()
    return Circle(sides, recommender)


def titles_of(cases: Iterable[str]) -> dict[str, tuple[str, str]]:
    """Return title and address of the activities and suggestions among `cases`. Costs one query for each kind."""
    keys: dict[str, set[int]] = {ACTIVITY: set(), SUGGESTION: set()}
    for case in cases:
        label, _slash, key = case.partition("/")
        if label in keys:
            keys[label].add(int(key))
    told = {}
    if keys[ACTIVITY]:
        for activity in Activity.objects.filter(pk__in=keys[ACTIVITY]):
            told[f"{ACTIVITY}/{activity.pk}"] = (activity.title, activity.get_absolute_url())
    if keys[SUGGESTION]:
        for suggestion in Suggestion.objects.filter(pk__in=keys[SUGGESTION]).select_related("activity"):
            told[f"{SUGGESTION}/{suggestion.pk}"] = (
                suggestion.activity.title,
                suggestion.get_absolute_url(),
            )
    return told


def may_know(case: str, mine: Collection[int], person: int) -> bool:
    """Tell whether somebody may know of an activity's or a suggestion's case. Costs one query."""
    label, _slash, key = case.partition("/")
    if label == ACTIVITY:
        return Activity.objects.filter(pk=int(key)).exists()
    if label != SUGGESTION:
        return False
    found = Suggestion.objects.filter(pk=int(key)).select_related("activity").first()
    return found is not None and may_read(found, mine, person)
