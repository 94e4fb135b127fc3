"""The one door to cases: who may know of which, by what right, and what somebody has opened."""

from collections.abc import Collection
from dataclasses import dataclass

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils import timezone

from wanowa.consultations.models import Access, Case, Handover
from wanowa.consultations.queries.owners import on_duty, orphans, rota_on
from wanowa.consultations.queries.vault import Opened
from wanowa.consultations.rules import WHEN_ASKED, Passing, Sight
from wanowa.guideline.rules import Kind
from wanowa.kernel.rows import only
from wanowa.parties.models import Party
from wanowa.parties.queries import current_memberships, parties_of
from wanowa.parties.rules import WRITES
from wanowa.people.models import User
from wanowa.people.queries import coordinators


@dataclass(frozen=True, slots=True)
class Reader:
    """Somebody of the city, as the desk knows her today. Everybody else reads nothing here."""

    person: int
    coordinator: bool
    departments: frozenset[int]
    """Departments for which she writes."""
    stands_for: frozenset[int]
    """People who are away and whose deputy she is."""
    duty: bool
    """Whether what comes to the desk comes to her."""


def reader_of(person: int | None) -> Reader | None:
    """Return who reads; None for everybody who is neither a coordinator nor of a department. ≤ seven queries."""
    if person is None:
        return None
    coordinator = coordinators().filter(pk=person).exists()
    mine = parties_of(person, WRITES)
    offices = Party.objects.filter(pk__in=mine, kind=Kind.CITY, closed_at__isnull=True)
    departments = frozenset(offices.values_list("pk", flat=True))
    if not coordinator and not departments:
        return None
    today = timezone.localdate()
    rota = rota_on(today)
    duty = on_duty(today, rota=rota) if coordinator else None
    return Reader(
        person,
        coordinator,
        departments,
        rota.stands_for(person),
        duty is not None and duty.pk == person,
    )


def _held(reader: Reader, owners: Collection[int]) -> Q:
    """Return the condition that one of `owners` holds a case for something that the reader belongs to."""
    places = Q(department_id__in=reader.departments)
    if reader.coordinator:
        places |= Q(department__isnull=True)
    return Q(owner_id__in=owners) & places


def _asked(reader: Reader) -> QuerySet[Handover]:
    """Return the open hand-overs that wait for the reader or one of her departments."""
    return Handover.objects.filter(
        Q(to_person_id=reader.person) | Q(to_party_id__in=reader.departments), status=Passing.OFFERED
    )


def _answered(reader: Reader) -> Q:
    """Return the condition that a reader answers for a case: hers, of whom she stands for, of nobody who can."""
    wanted = _held(reader, {reader.person} | reader.stands_for)
    return wanted | Q(pk__in=orphans().values("pk")) if reader.duty else wanted


def answered_by(reader: Reader) -> QuerySet[Case]:
    """Return the cases for which a reader answers today. Costs one query."""
    return Case.objects.filter(_answered(reader))


def of_the_desk(reader: Reader) -> Q:
    """Return the condition that a coordinator answers today for something with an `owner` at the desk. No query."""
    if not reader.coordinator:
        return Q(pk__in=[])
    wanted = Q(owner__in={reader.person} | reader.stands_for)
    return wanted | ~Q(owner__in=coordinators()) if reader.duty else wanted


def visible_to(reader: Reader) -> QuerySet[Case]:
    """Return the cases a reader may know of by her task: those for which she answers, and those offered. One query."""
    asked = _asked(reader).filter(case=OuterRef("pk"))
    return Case.objects.filter(_answered(reader) | Q(Exists(asked)))


def mine(reader: Reader) -> QuerySet[Case]:
    """Return the cases that a reader holds herself. Costs one query."""
    return Case.objects.filter(_held(reader, [reader.person]))


def offered_to(reader: Reader) -> QuerySet[Handover]:
    """Return the hand-overs that wait for a reader's answer, oldest first. Costs one query."""
    return _asked(reader).select_related("case", "giver", "to_party", "to_person").order_by("id")


def sight_of(case: Case, reader: Reader) -> Sight | None:
    """Return by what right a reader may open a case; None: by none. At most three queries."""
    found = Case.objects.filter(pk=case.pk)
    if found.filter(_held(reader, [reader.person])).exists():
        return Sight.OWNER
    if found.filter(_held(reader, reader.stands_for)).exists():
        return Sight.DEPUTY
    if reader.duty and orphans().filter(pk=case.pk).exists():
        return Sight.DEPUTY
    return Sight.OFFERED if _asked(reader).filter(case=case).exists() else None


def case_for(number: str, reader: Reader) -> tuple[Case, Sight] | None:
    """Return a case by its number with the right to it: by task, or because the glass is broken. ≤ five queries."""
    case = only(Case.objects.filter(number=number).select_related("owner", "department", "collaboration"))
    if case is None:
        return None
    right = sight_of(case, reader)
    if right is None and reader.coordinator and _open(case, reader.person, Sight.GLASS) is not None:
        right = Sight.GLASS
    return None if right is None else (case, right)


def _open(case: Case, person: int, *sights: Sight) -> Access | None:
    found = Access.objects.filter(case=case, person_id=person, sight__in=sights, until__gt=timezone.now())
    return found.order_by("-until").first()


def reading(case: Case, person: int, sight: Sight) -> Access | None:
    """Return the open reading by which a person reads a case now, by the right she has now. Costs one query.

    Who opened it when she was asked, and has taken it over, reads on: the log names her, and the hand-over says when.
    """
    return _open(case, person, sight, *([Sight.OFFERED] if sight is Sight.OWNER else []))


def opened_for(access: Access, case: Case, sight: Sight) -> Opened:
    """Return the case for whoever opened it, by the right she has now: the log says so already. Costs a key file.

    Who is only asked to take it reads the worry and why she is asked, and nothing by which somebody could be reached.
    """
    if access.case_id != case.pk or access.until <= timezone.now():
        raise ValueError("this reading is over, or of another case")
    return Opened(case, only=WHEN_ASKED if sight is Sight.OFFERED else None)


def colleagues(reader: Reader) -> QuerySet[User]:
    """Return who can stand in for one another with this reader: the desk, and those of her departments. One query."""
    terms = current_memberships().filter(party__in=reader.departments, role__in=WRITES)
    wanted = Q(pk__in=terms.values("person"))
    if reader.coordinator:
        wanted |= Q(is_coordinator=True)
    return User.objects.filter(wanted, is_active=True).order_by("pk")
