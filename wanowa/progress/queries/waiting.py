"""What should be called to mind: tasks whose day is near or over, goals without a number, silent collaborations."""

from collections import defaultdict
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Exists, Max, OuterRef, QuerySet
from django.utils import timezone

from wanowa.collaborations.models import Collaboration
from wanowa.collaborations.queries import directory
from wanowa.collaborations.rules import Status
from wanowa.guideline.queries import pack
from wanowa.progress.models import Measurement, Move
from wanowa.progress.queries.goals import terms_of
from wanowa.progress.queries.tasks import moves_in, tasks_of
from wanowa.progress.rules import goal_keys, is_silent, unmeasured_since
from wanowa.progress.verbs import DUE_SOON, OVERDUE, QUIET, UNMEASURED
from wanowa.record.models import Entry
from wanowa.record.queries import case_of
from wanowa.record.verbs import Verb


@dataclass(frozen=True, slots=True)
class Reminder:
    """One thing that is called to mind once: the verb, what it is about, and since or until when."""

    verb: Verb
    day: date
    about: str = ""
    """The identity of a task or a goal; nothing for the collaboration as a whole."""
    responsible: int = 0

    @property
    def facts(self) -> dict[str, object]:
        """The facts of its entry."""
        if self.verb is QUIET:
            return {"since": self.day}
        if self.verb is UNMEASURED:
            return {"goal": self.about, "since": self.day}
        return {"task": self.about, "day": self.day, "responsible": self.responsible}


_REMINDERS = (DUE_SOON.name, OVERDUE.name, UNMEASURED.name, QUIET.name)
type Told = set[tuple[str, str, str, str]]
"""What was called to mind already: case, verb, what it was about, its day."""


def to_remind(only: Collaboration | None = None) -> list[tuple[Collaboration, Reminder]]:
    """Return everything that is to be called to mind now, of all running collaborations or one. Costs five queries."""
    running = Collaboration.objects.filter(status=Status.ACTIVE).select_related("in_force")
    if only is not None:
        running = running.filter(pk=only.pk)
    found = list(running.defer("search_key").order_by("id"))
    keys, cases = [one.pk for one in found], [case_of(one) for one in found]
    moves, entered = moves_in(keys), _entered(keys)
    signs, told = _last_signs(cases), _told(cases)
    return [
        (one, reminder)
        for one, case in zip(found, cases, strict=True)
        for reminder in _due(one, moves, entered[one.pk], signs.get(case))
        if (case, reminder.verb.name, reminder.about, reminder.day.isoformat()) not in told
    ]


def _due(
    collaboration: Collaboration,
    moves: Collection[Move],
    entered: dict[str, list[date]],
    sign: datetime | None,
) -> Iterator[Reminder]:
    today, rhythm = timezone.localdate(), pack().rhythm
    for task in tasks_of(collaboration, moves):
        if task.due is not None and (task.late or task.near):
            verb = OVERDUE if task.late else DUE_SOON
            yield Reminder(verb, task.due, task.key, task.task.responsible or 0)
    begun = _begun(collaboration)
    for key in goal_keys(terms_of(collaboration).goals):
        since = unmeasured_since(begun, entered.get(key, ()), today=today, days=rhythm.unmeasured)
        if since:
            yield Reminder(UNMEASURED, since, key)
    last = _day(sign) if sign else begun
    if is_silent(last, today=today, days=rhythm.quiet):
        yield Reminder(QUIET, last)


def _begun(collaboration: Collaboration) -> date:
    """Return the day from which the goals in force count: when they took effect, or when the work begins."""
    version = collaboration.in_force
    if version is None or version.in_force_at is None:
        raise ValueError("a collaboration that runs has a version in force")
    took_effect = _day(version.in_force_at)
    return max(took_effect, collaboration.starts) if collaboration.starts else took_effect


def _day(moment: datetime) -> date:
    return timezone.localtime(moment).date()


def _entered(collaborations: Collection[int]) -> dict[int, dict[str, list[date]]]:
    """Return when numbers were entered, by collaboration and goal."""
    found: dict[int, dict[str, list[date]]] = defaultdict(lambda: defaultdict(list))
    rows = Measurement.objects.filter(collaboration__in=collaborations)
    for collaboration, goal, at in rows.values_list("collaboration_id", "goal", "at"):
        found[collaboration][goal].append(_day(at))
    return found


def _last_signs(cases: Collection[str]) -> dict[str, datetime]:
    """Return when a party last did something, by case. What the platform does by itself is no sign of life."""
    steps = Entry.objects.filter(case__in=cases, party__isnull=False).order_by()
    return dict(steps.values_list("case").annotate(last=Max("at")))


def _told(cases: Collection[str]) -> Told:
    found = Entry.objects.filter(case__in=cases, verb__in=_REMINDERS)
    return {
        (
            entry.case,
            entry.verb,
            str(entry.facts.get("task", entry.facts.get("goal", ""))),
            str(entry.facts.get("day", entry.facts.get("since", ""))),
        )
        for entry in found
    }


def quiet() -> QuerySet[Collaboration]:
    """Return the running collaborations of which silence was told and that are still silent, the longest first.

    Costs one query now, and two when the list is read.
    """
    label = Collaboration._meta.label_lower
    later = Entry.objects.filter(case=OuterRef("case"), number__gt=OuterRef("number"), party__isnull=False)
    silent = Entry.objects.filter(~Exists(later), verb=QUIET.name, case__startswith=f"{label}/")
    keys = {int(case.rpartition("/")[2]) for case in silent.values_list("case", flat=True)}
    return directory(status=Status.ACTIVE).filter(pk__in=keys).order_by("id")


def last_signs(collaborations: Collection[Collaboration]) -> dict[int, Entry]:
    """Return the last step of a party at each table, by key. Costs one query."""
    cases = {case_of(one): one.pk for one in collaborations}
    steps = Entry.objects.filter(case__in=cases, party__isnull=False).order_by("case", "-number")
    return {cases[entry.case]: entry for entry in steps.distinct("case")}
