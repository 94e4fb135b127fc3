"""Who is on duty at the desk, and who stands in for whom: dated, by coordinators."""

from datetime import date

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from wanowa.consultations.models import Absence, Duty
from wanowa.consultations.queries import is_able, reader_of
from wanowa.consultations.services.authority import require_coordinator
from wanowa.consultations.verbs import AWAY, BACK, OFF_DUTY, ON_DUTY
from wanowa.kernel.actors import Actor
from wanowa.kernel.errors import Conflict, Forbidden, Invalid
from wanowa.people.models import User
from wanowa.record.services import records, write


@records(ON_DUTY)
def set_duty(person: User, *, since: date, until: date, by: Actor) -> Duty:
    """Put a coordinator on duty from a day until another. Raises Forbidden, Invalid, Conflict for a taken day."""
    require_coordinator(by)
    if not is_able(person.pk, None):
        raise Invalid(_("当番になれるのは、協働推進員だけです。"))
    _span(since, until)
    try:
        with transaction.atomic():
            duty = Duty.objects.create(person=person, since=since, until=until)
    except IntegrityError:
        raise Conflict(_("その日には、もう当番の人がいます。先に、前の当番を取り消してください。")) from None
    write(ON_DUTY, duty, by=by, since=since, until=until, personal={"person": str(person.pk)})
    return duty


@records(OFF_DUTY)
def remove_duty(duty: Duty, *, by: Actor) -> None:
    """Take a duty off the rota. Raises Forbidden."""
    require_coordinator(by)
    write(OFF_DUTY, duty, by=by)
    duty.delete()


@records(AWAY)
def set_absence(person: User, deputy: User, *, since: date, until: date, by: Actor) -> Absence:
    """Let a deputy stand in while somebody is away: said by herself, or by a coordinator.

    The deputy must be able to hold what the person holds: both of the desk, or both of one department. Raises
    Forbidden, Invalid, Conflict.
    """
    if by.required_person != person.pk:
        require_coordinator(by)
    mine, theirs = reader_of(person.pk), reader_of(deputy.pk)
    if mine is None:
        raise Forbidden(_("相談を受けもつ人だけが、代わりを決められます。"))
    desk = mine.coordinator and theirs is not None and theirs.coordinator
    if theirs is None or person.pk == deputy.pk or not (desk or mine.departments & theirs.departments):
        raise Invalid(_("代わりは、同じ窓口か、同じ課の、ほかの人をえらんでください。"))
    _span(since, until)
    try:
        with transaction.atomic():
            absence = Absence.objects.create(person=person, deputy=deputy, since=since, until=until)
    except IntegrityError:
        raise Conflict(
            _("その日には、もう代わりの人がいます。先に、前のものを取り消してください。")
        ) from None
    write(
        AWAY,
        absence,
        by=by,
        since=since,
        until=until,
        personal={"person": str(person.pk), "deputy": str(deputy.pk)},
    )
    return absence


@records(BACK)
def remove_absence(absence: Absence, *, by: Actor) -> None:
    """Say that somebody is there after all. Raises Forbidden."""
    if by.required_person != absence.person_id:
        require_coordinator(by)
    write(BACK, absence, by=by)
    absence.delete()


def _span(since: date, until: date) -> None:
    if until < since or until < timezone.localdate():
        raise Invalid(_("終わりの日は、始まりの日からあとで、今日からあとの日にしてください。"))
