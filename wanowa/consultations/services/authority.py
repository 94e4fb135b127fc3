"""Who may act on a case, the lock before every change, and how cells are sealed."""

from django.db import connection
from django.db.models import Model
from django.utils import timezone
from django.utils.translation import gettext as _

from wanowa.consultations.models import Case
from wanowa.consultations.queries import is_able, on_duty, place, practice, reader_of, sight_of
from wanowa.consultations.rules import AWAITED, HOLDS, LIFECYCLE, Due, Move, Status, due_after
from wanowa.guideline.queries import pack
from wanowa.kernel import keyrings
from wanowa.kernel.actors import Actor
from wanowa.kernel.errors import Conflict, Forbidden, Refused
from wanowa.parties.queries import require
from wanowa.parties.rules import WRITES
from wanowa.people.models import User
from wanowa.people.queries import coordinators


def locked(case: Case) -> Case:
    """Return the case as it is now, locked until commit. Refused when it is gone. Costs one query."""
    found = Case.objects.select_for_update().filter(pk=case.pk).first()
    if found is None:
        raise Refused(_("この相談は、もうありません。窓口に聞いてください。"))
    return found


def held(case: Case, by: Actor) -> tuple[Case, Actor]:
    """Return the locked case and who acts, for the desk or the case's department. Forbidden for all who do not hold it.

    The term of office is locked before the case, as where a term ends: so the two never wait for each other.
    """
    before = Case.objects.filter(pk=case.pk).values_list("department_id", flat=True).first()
    actor = Actor(by.required_person, before)
    if before is not None and is_able(by.required_person, before):
        require(actor, WRITES)
    found = locked(case)
    if found.department_id != before:
        raise Conflict(_("この相談は、いま、ほかの人に引き継がれました。ページをひらき直してください。"))
    reader = reader_of(by.required_person)
    if reader is None or sight_of(found, reader) not in HOLDS:
        raise Forbidden(_("この相談の担当の人だけができます。担当の人に伝えてください。"))
    return found, actor if before in reader.departments else Actor(by.required_person)


def require_coordinator(by: Actor) -> User:
    """Return the coordinator who acts; Forbidden for everybody else. Costs one query."""
    found = coordinators().filter(pk=by.required_person).first()
    if found is None:
        raise Forbidden(_("協働推進員だけができます。窓口に相談してください。"))
    return found


def desk(*, without: int | None = None) -> User:
    """Return who takes what comes to the desk now. Refused while the city has named nobody."""
    found = on_duty(timezone.localdate(), without=without)
    if found is None:
        raise Refused(
            _(
                "いま、相談を受ける人が決まっていません。市の窓口に電話してください。書いたことは残っています。"
            )
        )
    return found


def moved(case: Case, move: Move) -> None:
    """Set the status after a move, or raise Refused with what can be done instead."""
    case.status = LIFECYCLE.after(Status(case.status), move)


def due_in(case: Case, due: Due) -> None:
    """Set what is due, and the business day on which it is: who waits for an answer waits as for the first one."""
    wait = practice().first_answer if due in AWAITED else practice().next_action
    case.due = due
    case.due_on = due_after(timezone.localdate(), wait, closing=pack().closing_days)


def reserved(model: type[Model]) -> int:
    """Return the id that the next row of a table will have, so that cells can be bound to it. Costs one query."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT nextval(pg_get_serial_sequence(%s, 'id'))", [model._meta.db_table])
        return int(cursor.fetchone()[0])


def add_sealed(case: Case, row: Model, **cells: str) -> None:
    """Insert a row with cells closed by the case's key. Costs two queries, one less when the id is reserved."""
    row.pk = row.pk or reserved(type(row))
    seal(case, row, **cells)
    row.save(force_insert=True)


def seal(case: Case, row: Model, **cells: str) -> None:
    """Close cells of a row that has its id with the case's key; what is empty stays empty. The caller saves."""
    key = keyrings.fetch(case.key)
    for column, text in cells.items():
        plain = text.strip()
        setattr(row, column, key.seal(plain, place=place(row, column)) if plain else b"")
