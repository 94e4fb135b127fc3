"""Opening a case to read it: by one's task, or in haste with a reason. Every opening is on the person's page (T21)."""

from datetime import timedelta

from django.utils import timezone
from django.utils.translation import gettext as _

from wanowa.consultations.models import Access, Case
from wanowa.consultations.queries import reader_of, sight_of
from wanowa.consultations.rules import READ_HOURS, Passing, Sight
from wanowa.consultations.services.authority import add_sealed, locked, require_coordinator
from wanowa.consultations.services.letters import tell_person, tell_staff
from wanowa.consultations.verbs import GLASS_BROKEN, READ
from wanowa.kernel.actors import Actor
from wanowa.kernel.errors import Forbidden, Invalid
from wanowa.people.queries import coordinators
from wanowa.record.services import records, write


@records(READ)
def open_reading(case: Case, *, by: Actor) -> Access:
    """Let whoever has the task read a case for some hours; the person sees who and by what right. Forbidden."""
    case = locked(case)
    reader = reader_of(by.required_person)
    right = sight_of(case, reader) if reader else None
    if reader is None or right is None:
        raise Forbidden(_("この相談の担当の人だけが読めます。担当の人に聞いてください。"))
    party = case.department_id if case.department_id in reader.departments else None
    if right is Sight.OFFERED:
        asked = case.handovers.filter(to_party_id__in=reader.departments, status=Passing.OFFERED).first()
        party = asked.to_party_id if asked else None
    access = _noted(case, right, by, party=party)
    write(READ, case, by=Actor(by.person, party), sight=right)
    return access


@records(GLASS_BROKEN)
def break_glass(case: Case, *, purpose: str, by: Actor) -> Access:
    """Let a coordinator without the task read a case in haste, with a reason.

    The person and all other coordinators are told. Raises Forbidden, Invalid.
    """
    person = require_coordinator(by)
    if not purpose.strip():
        raise Invalid(_("ひらくわけを書いてください。相談した人が読みます。"))
    case = locked(case)
    access = _noted(case, Sight.GLASS, by, purpose=purpose)
    write(GLASS_BROKEN, case, by=by)
    tell_person("read", case)
    tell_staff("glass", coordinators(without=person.pk))
    return access


def _noted(case: Case, right: Sight, by: Actor, *, party: int | None = None, purpose: str = "") -> Access:
    now = timezone.now()
    access = Access(
        case=case,
        person_id=by.required_person,
        party_id=party,
        sight=right,
        at=now,
        until=now + timedelta(hours=READ_HOURS),
    )
    add_sealed(case, access, purpose=purpose)
    return access
