"""Suggestions to go on together: who may read one, which wait for whom, and what became of them."""

from collections.abc import Collection

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from wanowa.activities.models import Activity, Suggestion
from wanowa.activities.rules import SuggestionStatus
from wanowa.collaborations.models import Collaboration
from wanowa.collaborations.queries import Addition
from wanowa.collaborations.rules import Status as Stage
from wanowa.guideline.rules import Kind
from wanowa.parties.queries import answerable

_SIDES = ("activity__party", "department", "suggested_by", "collaboration")


def departments() -> list[tuple[int, str]]:
    """Return the city departments for which somebody acts, by their reading: (id, name). Costs one query."""
    found = answerable().filter(kind=Kind.CITY).order_by("sort_key", "id")
    return list(found.values_list("pk", "name"))


def suggestion_in(activity: Activity, pk: int) -> Suggestion | None:
    """Return one suggestion about an activity, with both sides. Costs one query."""
    return Suggestion.objects.filter(activity=activity, pk=pk).select_related(*_SIDES).first()


def suggestion_locked(suggestion: Suggestion) -> Suggestion:
    """Return the row, fresh and locked; the activity is locked before. Costs one query."""
    found = Suggestion.objects.select_for_update(of=("self",)).select_related(*_SIDES)
    return found.get(pk=suggestion.pk)


def may_read(suggestion: Suggestion, mine: Collection[int], person: int | None) -> bool:
    """Tell whether somebody is on one of the two sides, or made the suggestion as a coordinator. No query."""
    sides = {suggestion.activity.party_id, suggestion.department_id}
    recommended = suggestion.suggested_by_id is None and suggestion.person_id == person
    return not sides.isdisjoint(mine) or recommended


def suggestions_about(activity: Activity, mine: Collection[int], person: int | None) -> list[Suggestion]:
    """Return the suggestions that the reader may know of, newest first. Costs one query, none for the public."""
    if person is None:
        return []
    own = Q(activity__party__in=mine) | Q(department__in=mine) | Q(suggested_by=None, person=person)
    found = Suggestion.objects.filter(own, activity=activity).select_related(*_SIDES)
    return list(found.order_by("-id"))


def waiting_for(mine: Collection[int]) -> list[Suggestion]:
    """Return the suggestions that await the word of one of the parties `mine`, oldest first. Costs one query."""
    if not mine:
        return []
    found = Suggestion.objects.filter(
        Q(activity__party__in=mine, owner_agreed_at__isnull=True)
        | Q(department__in=mine, department_agreed_at__isnull=True),
        status=SuggestionStatus.WAITING,
    )
    return list(found.select_related("activity", "department").order_by("id"))


def moved_on(activity: Activity) -> list[Suggestion]:
    """Return the accepted suggestions whose talks were not given up, oldest first. Costs one query."""
    found: QuerySet[Suggestion] = Suggestion.objects.filter(
        activity=activity, status=SuggestionStatus.ACCEPTED
    )
    found = found.exclude(collaboration__status=Stage.WITHDRAWN)
    return list(found.select_related("department", "collaboration").order_by("id"))


def origin_of(collaboration: Collaboration) -> list[Addition]:
    """Return the way back from a collaboration to the activity it came from. Costs one query."""
    found = Suggestion.objects.filter(collaboration=collaboration).select_related("activity").first()
    if found is None:
        return []
    return [
        Addition(
            _("もとになった活動"),
            found.activity.get_absolute_url(),
            _("自分たちだけで行っていた活動（領域A）から始まりました。"),
            _("活動のページを読む"),
        )
    ]
