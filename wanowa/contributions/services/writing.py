"""Writing an entry, with its two lines and its receipt; and writing the one that undoes another."""

from typing import Any

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from wanowa.collaborations.models import Collaboration
from wanowa.collaborations.queries import locked, require_own_seat, seated
from wanowa.contributions.models import Contribution, Line, Receipt
from wanowa.contributions.queries import RUNNING, entry_locked, next_number, tasks_of
from wanowa.contributions.rules import Gift, Status, asked, check, digest, lines
from wanowa.contributions.verbs import REVERSED, WRITTEN
from wanowa.kernel.actors import Actor
from wanowa.kernel.errors import Invalid, Refused
from wanowa.kernel.files import Accepted, keep_file
from wanowa.parties.rules import WRITES
from wanowa.record.services import records, write


@records(WRITTEN)
def give(
    collaboration: Collaboration, gift: Gift, *, note: str = "", receipt: Accepted | None = None, by: Actor
) -> Contribution:
    """Write that something was given, spent, passed on or returned. It counts when the other side confirms it.

    Raises Invalid, Forbidden, Refused.
    """
    collaboration = _running(collaboration, by)
    at_table = seated(collaboration)
    check(gift, at_table, tasks_of(collaboration), timezone.localdate())
    return _book(collaboration, gift, at_table, note=note, receipt=receipt, by=by)


@records(REVERSED)
def undo(entry: Contribution, *, reason: str, by: Actor) -> Contribution:
    """Write the entry that undoes a confirmed one, on the same day. It counts when the other side confirms it too.

    Raises Invalid, Forbidden, Refused.
    """
    collaboration = _running(entry.collaboration, by)
    entry = entry_locked(entry)
    if entry.reverses_id is not None:
        raise Refused(_("これは、取り消しの記録です。もう一度、新しく書いてください。"))
    if entry.status != Status.CONFIRMED:
        raise Refused(_("取り消せるのは、確かめずみの記録だけです。まだなら、取り下げてください。"))
    if not reason.strip():
        raise Invalid(_("取り消すわけを書いてください。ほかの主体が読みます。"))
    try:
        with transaction.atomic():
            return _book(collaboration, entry.gift, seated(collaboration), note=reason, by=by, undone=entry)
    except IntegrityError:
        raise Refused(_("この記録の取り消しは、もう書かれています。その返事を待ってください。")) from None


def _running(collaboration: Collaboration, by: Actor) -> Collaboration:
    """Return the collaboration, locked, if the actor may write in its ledger."""
    collaboration = locked(collaboration)
    require_own_seat(collaboration, by, WRITES)
    if collaboration.status not in RUNNING:
        raise Refused(_("出しあいは、全員が同意したあとに書けます。"))
    return collaboration


def _book(
    collaboration: Collaboration,
    gift: Gift,
    at_table: frozenset[int],
    *,
    note: str,
    by: Actor,
    receipt: Accepted | None = None,
    undone: Contribution | None = None,
) -> Contribution:
    others, everybody = asked(gift, by.required_party, at_table)
    if not others:
        raise Refused(_("確かめる相手がいません。ほかの主体が加わってから、書いてください。"))
    number = next_number(collaboration)
    facts: dict[str, Any] = {
        "number": number,
        "way": gift.way,
        "resource": gift.resource,
        "amount": gift.amount,
        "giver": gift.giver,
        "taker": gift.taker,
        "day": gift.on,
        "content": digest(
            gift,
            others,
            everybody=everybody,
            reverses=undone.number if undone else None,
            receipt=receipt.digest if receipt else "",
        ),
    }
    note = note.strip()
    if undone:
        facts["target"] = undone.number
        told = write(REVERSED, collaboration, by=by, personal={"note": note}, **facts)
    else:
        told = write(WRITTEN, collaboration, by=by, personal={"note": note} if note else {}, **facts)
    entry = Contribution.objects.create(
        collaboration=collaboration,
        number=number,
        way=gift.way,
        resource=gift.resource,
        amount=gift.amount,
        unit=gift.counted_in,
        worth=gift.worth,
        on=gift.on,
        people=gift.people,
        ages=list(gift.ages),
        task=gift.task,
        reverses=undone,
        asked=sorted(others),
        everybody=everybody,
        party_id=by.required_party,
        person_id=by.required_person,
        told=told.number,
        written_at=told.at,
    )
    Line.objects.bulk_create(
        Line(contribution=entry, holder=line.holder, party_id=line.party, amount=line.amount)
        for line in lines(gift, reversing=undone is not None)
    )
    if receipt:
        _keep(entry, receipt)
    return entry


def _keep(entry: Contribution, accepted: Accepted) -> None:
    """Lay the receipt beside its entry; its bytes are durable before the row commits."""
    keep_file(Receipt(contribution=entry, size=len(accepted.content)), accepted)
