"""What is done about an entry that cannot be changed: redact a value, hide the entry, set a correction beside it.

Who may decide is the business of the apps above. Here the record keeps its own promises: only what exists is withdrawn,
once, for a ground of the closed list, with an entry that says so; and in the same transaction the value is gone.
"""

from collections.abc import Iterable

from django.db import connection, transaction
from django.db.models import Model, QuerySet
from django.utils.translation import gettext as _

from wanowa.kernel.actors import SYSTEM, Actor
from wanowa.kernel.errors import Invalid, Refused
from wanowa.record.models import Entry, Opening
from wanowa.record.queries import case_of, clock, values_of
from wanowa.record.rules import HIDDEN, LASTING, Ground, canonical
from wanowa.record.services.unrecorded import unrecorded
from wanowa.record.services.writing import locked_head, records, write, write_in
from wanowa.record.verbs import ENTRY_CORRECTED, ENTRY_HIDDEN, VALUE_REDACTED


@records(VALUE_REDACTED)
def redact(subject: Model, number: int, field: str, *, ground: Ground, by: Actor) -> Entry:
    """Delete the value that entry `number` of `subject` keeps back under `field`, and say so.

    Refused when it is gone already or never was. Holds the case's head until commit.
    """
    case = case_of(subject)
    locked_head(case)
    opening = Opening.objects.filter(entry__case=case, entry__number=number, field=field)
    found = opening.select_related("entry").first()
    if found is None:
        raise Refused(_("消す値がありません。もう消したか、はじめからありません。"))
    return _redact(found, ground, by)


@records(ENTRY_HIDDEN)
def hide(subject: Model, number: int, *, ground: Ground, by: Actor) -> Entry:
    """Let every page show a tombstone instead of entry `number`. Its number and its time stay.

    Refused for an entry that does not exist, that is hidden already, or that tells of a removal itself.
    """
    entry = _entry(subject, number)
    if entry.verb in LASTING:
        raise Refused(_("「消した」「見えなくした」という記録は、見えなくできません。"))
    if Entry.objects.filter(case=entry.case, verb=HIDDEN, facts__target=number).exists():
        raise Refused(_("この記録は、もう見えなくしてあります。"))
    told = write(ENTRY_HIDDEN, subject, by=by, target=number, ground=ground)
    _forget_pages()
    return told


@records(ENTRY_CORRECTED)
def correct(subject: Model, number: int, *, note: str, by: Actor) -> Entry:
    """Set the words of a correction beside entry `number`, for everybody to read. The entry stays as it is."""
    _entry(subject, number)
    if not note.strip():
        raise Invalid(_("正しくはどうだったかを書いてください。"))
    return write(ENTRY_CORRECTED, subject, by=by, published={"note": note}, target=number)


@unrecorded("each value leaves an entry of its own; nothing kept, nothing to say")
def redact_person(
    person: int, addresses: Iterable[str] = (), *, entries: Iterable[int] | None = None, ground: Ground
) -> int:
    """Delete what the record keeps back about a person, and say so; return how many values went.

    Her number wherever it stands, her `addresses`, and her words; of all entries, or of those with the ids
    `entries`. The entries that say so are the platform's own, else they would name her again. Case by case in
    one order, so that two of these never wait for each other. Costs five queries a value and two a case.
    """
    wanted = values_of(person, addresses)
    if entries is not None:
        wanted = wanted.filter(entry__in=list(entries))
    return _redact_all(wanted, ground)


@unrecorded("each value leaves an entry of its own; nothing kept, nothing to say")
def redact_value(subject: Model, field: str, value: str, *, ground: Ground) -> int:
    """Delete `value` wherever `subject`'s entries keep it back under `field`; return how often that was."""
    kept = Opening.objects.filter(entry__case=case_of(subject), field=field, value=canonical(value).decode())
    return _redact_all(kept, ground)


def _redact_all(openings: QuerySet[Opening], ground: Ground) -> int:
    cases = sorted(set(openings.values_list("entry__case", flat=True)))
    return sum(_redact_in(case, openings, ground) for case in cases)


@transaction.atomic
def _redact_in(case: str, openings: QuerySet[Opening], ground: Ground) -> int:
    """Redact what is still there in one case, once nobody else writes in it."""
    locked_head(case)
    there = list(openings.filter(entry__case=case).select_related("entry").order_by("entry__number", "field"))
    for opening in there:
        _say_and_redact(opening, ground)
    return len(there)


@records(VALUE_REDACTED)
def _say_and_redact(opening: Opening, ground: Ground) -> Entry:
    return _redact(opening, ground, SYSTEM)


def _redact(opening: Opening, ground: Ground, by: Actor) -> Entry:
    """Write the entry first: the database lets the value go only when one says so."""
    facts = {"target": opening.entry.number, "field": opening.field, "ground": ground}
    told = write_in(opening.entry.case, VALUE_REDACTED, by=by, facts=facts)
    opening.delete()
    if opening.public:
        _forget_pages()
    return told


def _entry(subject: Model, number: int) -> Entry:
    """Return an entry of `subject`, the case's head locked."""
    case = case_of(subject)
    locked_head(case)
    entry = Entry.objects.filter(case=case, number=number).first()
    if entry is None:
        raise Refused(_("その番号の記録はありません。経過のページで番号を確かめてください。"))
    return entry


def _forget_pages() -> None:
    """Let every web process drop the pages it keeps, at commit: in them stands what should be seen no more."""
    with connection.cursor() as sql:
        sql.execute("SELECT pg_notify(%s, '')", [clock.FORGET])
    transaction.on_commit(clock.forget_pages)
