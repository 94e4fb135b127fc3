"""Who holds a case: who is able to, who is on duty, who stands in, and who holds what its owner cannot any more."""

from datetime import date

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from wanowa.consultations.models import Absence, Case, Duty
from wanowa.consultations.rules import Status
from wanowa.guideline.rules import Kind
from wanowa.parties.models import Party
from wanowa.parties.queries import current_memberships
from wanowa.parties.rules import WRITES
from wanowa.people.models import User
from wanowa.people.queries import coordinators, least_busy
from wanowa.people.rules.rota import Rota


def is_able(person: int, department: int | None, day: date | None = None) -> bool:
    """Tell whether a person can hold a case for a department, or for the desk, on a day. Costs one query."""
    if department is None:
        return coordinators().filter(pk=person).exists()
    terms = current_memberships(day).filter(person_id=person, party_id=department, role__in=WRITES)
    return terms.filter(person__is_active=True, party__closed_at__isnull=True).exists()


def able(day: date | None = None) -> Q:
    """Return the condition on cases that their owner can hold them on a day."""
    terms = current_memberships(day).filter(
        party=OuterRef("department"), person=OuterRef("owner"), role__in=WRITES, party__closed_at__isnull=True
    )
    of_the_desk = Q(department__isnull=True, owner__is_coordinator=True)
    of_a_department = Q(Exists(terms), department__isnull=False)
    return Q(of_the_desk | of_a_department, owner__is_active=True)


CALLED = Q(~Q(contact=b""), status=Status.CLOSED, helped="", email=b"", person__isnull=True)
"""Cases of people without mail who can be called: how it is, somebody asks them on the telephone."""


def in_hand() -> QuerySet[Case]:
    """Return the cases with which somebody still has to do: the open ones, and those of people who will be called."""
    return Case.objects.filter(~Q(status=Status.CLOSED) | CALLED)


def orphans(day: date | None = None) -> QuerySet[Case]:
    """Return the cases in hand whose owner can hold them no longer: by the clock, before the job moves them."""
    return in_hand().exclude(able(day))


def rota_on(day: date | None = None) -> Rota:
    """Return who is on duty on a day, and who stands for whom: the one answer, for every app. Costs two queries."""
    on = day or timezone.localdate()
    planned = Duty.objects.filter(since__lte=on, until__gte=on).values_list("person_id", flat=True).first()
    away = Absence.objects.filter(since__lte=on, until__gte=on)
    return Rota(planned, dict(away.values_list("person_id", "deputy_id")))


def deputy_of(person: int, day: date | None = None) -> User | None:
    """Return who is there for a person on a day, if she is away; nobody when her deputies are too. ≤ three queries."""
    present = rota_on(day).present(person)
    return User.objects.filter(pk=present, is_active=True).first() if present not in {None, person} else None


def on_duty(day: date | None = None, *, without: int | None = None, rota: Rota | None = None) -> User | None:
    """Return who takes what comes to the desk on a day: never nobody while there is a coordinator. ≤ four queries.

    By the rota; else, and when she is away without a deputy of the desk, who holds the fewest open cases.
    """
    open_ones = Case.objects.exclude(status=Status.CLOSED)
    return least_busy(open_ones, without=without, rota=rota or rota_on(day))


def holder_of(case: Case, day: date | None = None) -> User:
    """Return who answers for a case on a day: its owner; the desk, once her term is over. ≤ four queries."""
    if case.status == Status.CLOSED or is_able(case.owner_id, case.department_id, day):
        return case.owner
    return on_duty(day, without=case.owner_id) or case.owner


def erasure_obstacles(person: User) -> list[str]:
    """Return what must happen before somebody who holds cases can be erased. Costs two queries, one for most."""
    held = Case.objects.filter(owner=person).exclude(status=Status.CLOSED)
    if held.exists() and on_duty(without=person.pk) is None:
        return [_("担当している相談があります。先に、ほかの協働推進員を決めてください。")]
    return []


def department_named(name: str) -> Party | None:
    """Return the open department of the city with a name. Costs one query."""
    return Party.objects.filter(kind=Kind.CITY, name=name, closed_at__isnull=True).first()
