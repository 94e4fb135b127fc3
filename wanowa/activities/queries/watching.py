"""The city's watch list: who watches what, and what is new there (G-24)."""

from collections.abc import Collection
from dataclasses import dataclass

from django.db.models import Exists, OuterRef, Prefetch, QuerySet

from wanowa.activities.models import Activity, Watch
from wanowa.activities.rules import Status
from wanowa.guideline.rules import Area
from wanowa.record.models import Entry
from wanowa.record.queries import Moment, case_of, narrate
from wanowa.record.verbs import known

NEWS = 20
UNWATCHED = 6


@dataclass(frozen=True, slots=True)
class News:
    """One public step of a watched activity."""

    activity: Activity
    moment: Moment


def watches_on(activity: Activity) -> list[Watch]:
    """Return who watches an activity now, longest first. Costs one query."""
    found = Watch.objects.filter(activity=activity, until__isnull=True, department__closed_at__isnull=True)
    return list(found.select_related("department").order_by("id"))


def watched(departments: Collection[int] | None) -> QuerySet[Activity]:
    """Return the activities that one of `departments` watches (None: any), newest first, with all who watch.

    Costs two queries for a page of any length: each row carries `watching`.
    """
    living = Watch.objects.filter(until__isnull=True)
    wanted = living.filter(activity=OuterRef("pk"))
    if departments is not None:
        wanted = wanted.filter(department__in=departments)
    who = Prefetch("watches", living.select_related("department").order_by("id"), to_attr="watching")
    found = Activity.objects.filter(Exists(wanted)).select_related("party").prefetch_related(who)
    return found.defer("search_key").order_by("-id")


def news_of(departments: Collection[int] | None) -> list[News]:
    """Return the latest public steps of watched activities, newest first. Costs three queries."""
    living = Watch.objects.filter(until__isnull=True)
    if departments is not None:
        living = living.filter(department__in=departments)
    found = {case_of(one): one for one in Activity.objects.filter(pk__in=living.values("activity"))}
    public = [verb.name for verb in known().values() if verb.public]
    steps = list(Entry.objects.filter(case__in=found, verb__in=public).order_by("-id")[:NEWS])
    return [News(found[step.case], moment) for step, moment in zip(steps, narrate(steps), strict=True)]


def unwatched() -> list[Activity]:
    """Return the newest activities of area A that nobody watches. Costs one query."""
    living = Watch.objects.filter(activity=OuterRef("pk"), until__isnull=True)
    found = Activity.objects.filter(~Exists(living), area=Area.A, status=Status.GOING)
    return list(found.select_related("party").order_by("-id")[:UNWATCHED])
