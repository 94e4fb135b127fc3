"""What time does to cases: an overdue day is written down once, and three years after the end nothing is left."""

from datetime import timedelta
from functools import partial
from typing import Any

from django.db import transaction
from django.db.models import F
from django.utils import timezone

from wanowa.consultations.models import Absence, Access, Case, Duty, Tally
from wanowa.consultations.queries import practice
from wanowa.consultations.rules import Due, Status, forgotten_from
from wanowa.consultations.services.authority import locked
from wanowa.consultations.services.letters import tell_staff
from wanowa.consultations.services.passing import take_in_all_from
from wanowa.consultations.verbs import FORGOTTEN, OVERDUE
from wanowa.kernel import keyrings
from wanowa.kernel.actors import SYSTEM, Actor
from wanowa.kernel.files import drop_file
from wanowa.people.models import User
from wanowa.record.models import Entry
from wanowa.record.queries import case_of
from wanowa.record.rules import Ground
from wanowa.record.services import records, redact_person, write
from wanowa.record.services.unrecorded import unrecorded

ACCESS_YEARS = timedelta(days=365 * 3)
"""How long the log of reads is kept (trust.md §4.6)."""


@unrecorded("each case that is overdue leaves its own entry")
def note_overdue() -> int:
    """Write down, once for each due day, that it passed; return of how many cases. Can run twice (T12)."""
    today, count = timezone.localdate(), 0
    late = Case.objects.filter(due_on__lt=today).exclude(overdue_for=F("due_on")).order_by("pk")
    for found in late:
        count += _late(found)
    return count


def _late(found: Case) -> int:
    with transaction.atomic():
        case = locked(found)
        if case.due_on is None or case.due_on >= timezone.localdate() or case.overdue_for == case.due_on:
            return 0
        become_overdue(case, by=SYSTEM)
    return 1


@records(OVERDUE)
def become_overdue(case: Case, *, by: Actor) -> None:
    """Write down that one case is late, where both sides see it."""
    case.overdue_for = case.due_on
    case.save(update_fields=["overdue_for", "updated_at"])
    write(OVERDUE, case, by=by, due=Due(case.due), day=case.due_on)
    tell_staff("waits", [case.owner])


@unrecorded("each case that is forgotten leaves its own entry")
def forget_old() -> int:
    """Forget the cases that ended three years ago (the city's own years, if it says so); return how many."""
    today, years, count = timezone.localdate(), practice().keep_years, 0
    for case in Case.objects.filter(status=Status.CLOSED).order_by("pk"):
        if forgotten_from(timezone.localdate(case.closed_at), years) <= today:
            forget(case, by=SYSTEM)
            count += 1
    return count


@records(FORGOTTEN)
def forget(case: Case, *, by: Actor) -> None:
    """Delete a case with its room, files and log of reads, destroy its key; of a closed one a count stays."""
    case = locked(case)
    if case.status == Status.CLOSED:
        _count(case)
    write(FORGOTTEN, case, by=SYSTEM)
    _remove(case)


def _count(case: Case) -> None:
    row: dict[str, Any] = {
        "month": timezone.localdate(case.created_at).replace(day=1),
        "category": case.category,
        "channel": case.channel,
        "outcome": case.outcome,
    }
    Tally.objects.get_or_create(**row)
    Tally.objects.filter(**row).update(count=F("count") + 1)


def _remove(case: Case) -> None:
    if case.person_id is not None:
        entries = Entry.objects.filter(case=case_of(case)).values_list("pk", flat=True)
        redact_person(case.person_id, set(), entries=list(entries), ground=Ground.EXPIRED)
    transaction.on_commit(partial(keyrings.destroy, case.key))
    for one in case.files.all():
        drop_file(one.file)
    case.delete()


@unrecorded("runs inside the erasure, which is recorded and redacts what the record keeps of her")
def forget_person(person: User, *, by: Actor) -> None:
    """Delete the cases of a person whose account goes; what she holds for others goes to the desk first."""
    take_in_all_from(person.pk)
    for case in Case.objects.filter(person=person).select_for_update().order_by("pk"):
        if case.status == Status.CLOSED:
            _count(case)
        write(FORGOTTEN, case, by=SYSTEM)
        _remove(case)
    Duty.objects.filter(person=person).delete()
    for absence in Absence.objects.filter(person=person) | Absence.objects.filter(deputy=person):
        absence.delete()


@unrecorded("the log of reads goes with its case")
def forget_accesses() -> int:
    """Delete reads older than three years, of cases that are open so long; return how many rows went."""
    return Access.objects.filter(at__lt=timezone.now() - ACCESS_YEARS).delete()[0]
