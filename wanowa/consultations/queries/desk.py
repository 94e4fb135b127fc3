"""What the desk sees without opening anything: numbers, owners and days; and cases that may be about the same."""

from dataclasses import dataclass
from datetime import timedelta

from django.db.models import Count, Q, QuerySet, Sum
from django.utils import timezone
from django.utils.translation import gettext as _

from wanowa.consultations.models import Absence, Case, Duty, Handover, Satisfied
from wanowa.consultations.queries.owners import CALLED, on_duty
from wanowa.consultations.queries.practice import category_label
from wanowa.consultations.queries.sight import Reader, answered_by, mine, offered_to, reader_of, visible_to
from wanowa.consultations.rules import ALIKE, CALL_WEEKS, CALLS, LEAST, Passing, Rating, Status, likeness
from wanowa.guideline.rules import Kind
from wanowa.kernel.eras import day_label
from wanowa.parties.models import Party
from wanowa.parties.queries import answerable
from wanowa.people.models import User
from wanowa.people.queries import coordinators

RECENT = timedelta(days=14)
PAGE = 100
MOST_HINTS = 5


@dataclass(frozen=True, slots=True)
class Queue:
    """The plain list of somebody of the city, what is due first on top; no word of any worry in it."""

    mine: list[Case]
    standing_in: list[Case]
    offered: list[Handover]
    overtaken: list[Handover]
    """What others took first, lately."""
    to_call: list[Case]
    """People without mail who can be asked how it is on the telephone, who waits longest on top; not for ever."""
    others: list[Case]
    """For coordinators: what others hold, as numbers and days."""


def queue_of(reader: Reader) -> Queue:
    """Return a reader's queue. Costs six queries, however much waits."""
    held = _open(mine(reader))
    around = _open(visible_to(reader)).exclude(pk__in=mine(reader).values("pk"))
    asked = list(offered_to(reader)[:PAGE])
    offered_cases = {one.case_id for one in asked}
    standing_in = [case for case in around[:PAGE] if case.pk not in offered_cases]
    lost = Handover.objects.filter(
        Q(to_party_id__in=reader.departments) | Q(to_person_id=reader.person),
        status=Passing.OVERTAKEN,
        answered_at__gte=timezone.now() - RECENT,
    )
    since = timezone.now() - timedelta(weeks=CALL_WEEKS)
    to_call = answered_by(reader).filter(CALLED, asked_at__gte=since, calls__lt=CALLS).select_related("owner")
    others: list[Case] = []
    if reader.coordinator:
        seen = visible_to(reader).values("pk")
        others = list(_open(Case.objects.exclude(pk__in=seen))[:PAGE])
    return Queue(
        list(held[:PAGE]),
        standing_in,
        asked,
        list(lost.select_related("case", "to_party").order_by("-answered_at")[:20]),
        list(to_call.order_by("asked_at", "id")[:PAGE]),
        others,
    )


def _open(cases: QuerySet[Case]) -> QuerySet[Case]:
    return (
        cases.exclude(status=Status.CLOSED)
        .select_related("owner", "department")
        .order_by("due_on", "created_at", "id")
    )


def told_apart(case: Case) -> str:
    """Return what tells a case from others and stands on it before it is opened: kind, way in, day. No query."""
    kind = category_label(case.category) if case.category else _("種類はまだ")
    day = day_label(timezone.localdate(case.created_at))
    return _("%(kind)s　%(channel)s　%(day)s受付") % {
        "kind": kind,
        "channel": case.get_channel_display(),
        "day": day,
    }


def waiting_at_the_desk(person: int) -> tuple[int, int, int]:
    """Return for how many cases somebody answers, how many of them are late, how many are offered. ≤ ten queries."""
    reader = reader_of(person)
    if reader is None:
        return 0, 0, 0
    late = Count("pk", filter=Q(due_on__lt=timezone.localdate()))
    counts = answered_by(reader).exclude(status=Status.CLOSED).aggregate(held=Count("pk"), late=late)
    return counts["held"], counts["late"], offered_to(reader).count()


def alike(case: Case, reader: Reader) -> list[Case]:
    """Return cases that may be about the same thing, the likest first: only of those the reader may read. One query.

    The prints are compared among her own cases, in the database and here; nothing tells of any other case.
    """
    wanted = Q(prints__overlap=case.prints) if case.prints else Q(pk__in=[])
    if case.contact_print:
        wanted |= Q(contact_print=case.contact_print)
    others = visible_to(reader).filter(wanted).exclude(pk=case.pk).exclude(links=case)
    found = others.order_by("-id")[:PAGE]
    scored = [
        (
            1.0
            if case.contact_print and case.contact_print == other.contact_print
            else likeness(case.prints, other.prints),
            other,
        )
        for other in found
    ]
    near = sorted((one for one in scored if one[0] >= ALIKE), key=lambda one: (-one[0], -one[1].pk))
    return [other for _likeness, other in near][:MOST_HINTS]


def linked(case: Case, reader: Reader) -> list[Case]:
    """Return the cases linked with this one that the reader may read too. Costs one query."""
    return list(visible_to(reader).filter(links=case).order_by("id"))


def receivers(case: Case) -> tuple[list[Party], list[User]]:
    """Return who can be asked to take a case: departments somebody acts for, and coordinators. Two queries."""
    departments = answerable().filter(kind=Kind.CITY).order_by("sort_key", "id")
    if case.department_id:
        departments = departments.exclude(pk=case.department_id)
    people = coordinators().order_by("pk")
    return list(departments), [one for one in people if case.department_id or one.pk != case.owner_id]


def satisfaction() -> list[tuple[str, int]]:
    """Return (answer, people) of twelve months; nothing when an answer has fewer than five. Costs one query."""
    since = timezone.localdate().replace(day=1) - timedelta(days=364)
    rows = Satisfied.objects.filter(month__gte=since).values_list("rating").annotate(people=Sum("count"))
    counts = dict(rows)
    if any(0 < people < LEAST for people in counts.values()):
        return []
    return [(str(rating.label), counts[rating]) for rating in Rating if counts.get(rating)]


@dataclass(frozen=True, slots=True)
class Rota:
    """Who is on duty from when until when, and who stands in for whom."""

    today: User | None
    duties: list[Duty]
    absences: list[Absence]


def rota() -> Rota:
    """Return the rota from today on. Costs ≤ five queries."""
    today = timezone.localdate()
    coming = Duty.objects.filter(until__gte=today).select_related("person")
    away = Absence.objects.filter(until__gte=today).select_related("person", "deputy")
    return Rota(on_duty(today), list(coming), list(away))
