"""Proposing to correct, redact or hide an entry of the record; it takes effect when all at the table are for it."""

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from wanowa.collaborations.models import Assent, Collaboration, Measure
from wanowa.collaborations.queries import (
    correction_in,
    entry_in,
    locked,
    redactable,
    require_own_seat,
    seated,
)
from wanowa.collaborations.rules import GROUNDS, Remedy, takes_effect
from wanowa.collaborations.verbs import (
    MEASURE_ASSENTED,
    MEASURE_PROPOSED,
    MEASURE_REJECTED,
    MEASURE_WITHDRAWN,
)
from wanowa.kernel.actors import SYSTEM, Actor
from wanowa.kernel.errors import Conflict, Forbidden, Invalid, Refused
from wanowa.parties.rules import SPEAKS
from wanowa.record import services as record
from wanowa.record.models import Entry
from wanowa.record.rules import LASTING, Ground
from wanowa.record.services import records, write


@records(MEASURE_PROPOSED)
def propose_measure(
    collaboration: Collaboration,
    *,
    target: int,
    remedy: Remedy,
    reason: str,
    ground: Ground | None = None,
    field: str = "",
    note: str = "",
    by: Actor,
) -> Measure:
    """Propose something about entry `target`; proposing is the proposing party's own yes.

    A correction needs its words (`note`), the others a `ground`, a redaction also the `field`. `reason` is for the
    other parties. Raises Invalid, Forbidden, Refused.
    """
    collaboration = locked(collaboration)
    require_own_seat(collaboration, by, SPEAKS)
    _require_complete(remedy, ground, reason, note)
    _require_possible(collaboration, target, remedy, field)
    concerned = sorted(seated(collaboration))
    if len(concerned) < 2:
        raise Refused(_("いま席についている主体は1つです。ほかの主体が加わってから、提案してください。"))
    told = write(
        MEASURE_PROPOSED,
        collaboration,
        by=by,
        personal={"reason": reason} | ({"note": note} if remedy is Remedy.CORRECT else {}),
        target=target,
        remedy=remedy,
        field=field or None,
        ground=ground,
    )
    try:
        with transaction.atomic():
            measure = Measure.objects.create(
                collaboration=collaboration,
                target=target,
                remedy=remedy,
                field=field,
                ground=ground or "",
                concerned=concerned,
                proposed=told.number,
                proposed_by_id=by.required_party,
                proposed_at=told.at,
            )
    except IntegrityError:
        raise Refused(_("同じ提案が、もう返事を待っています。その提案に答えてください。")) from None
    _give(measure, told, by)
    return measure


def _require_complete(remedy: Remedy, ground: Ground | None, reason: str, note: str) -> None:
    if not reason.strip():
        raise Invalid(_("わけを書いてください。ほかの主体が、読んで決めます。"))
    if remedy is Remedy.CORRECT and (ground or not note.strip()):
        raise Invalid(_("正しくはどうだったかを書いてください。"))
    if remedy is not Remedy.CORRECT and ground not in GROUNDS:
        raise Invalid(_("理由を、えらべるものから1つえらんでください。"))


def _require_possible(collaboration: Collaboration, target: int, remedy: Remedy, field: str) -> None:
    entry = entry_in(collaboration, target)
    if entry is None:
        raise Refused(_("その番号の記録はありません。経過のページで番号を確かめてください。"))
    if remedy is Remedy.HIDE and entry.verb in LASTING:
        raise Refused(_("「消した」「見えなくした」という記録は、見えなくできません。"))
    if remedy is Remedy.REDACT and field not in redactable(entry):
        raise Invalid(_("消せることばが、この記録にはありません。えらびなおしてください。"))


@records(MEASURE_ASSENTED)
def assent(measure: Measure, *, by: Actor) -> Measure:
    """Give one party's yes; with the last one the measure takes effect, in the same moment."""
    measure, collaboration = _to_answer(measure, by)
    if set(measure.concerned) != seated(collaboration):
        raise Conflict(_("提案のあとで、主体の顔ぶれが変わりました。取り下げて、もう一度提案してください。"))
    if measure.assents.filter(party_id=by.required_party).exists():
        raise Refused(_("もう賛成しています。ほかの主体の返事を待ってください。"))
    told = write(MEASURE_ASSENTED, collaboration, by=by, target=measure.target, proposal=measure.proposed)
    _give(measure, told, by)
    if takes_effect(measure.concerned, measure.assents.values_list("party_id", "person_id")):
        measure.settled = _take_effect(measure, collaboration).number
        measure.save(update_fields=["settled"])
    return measure


@records(MEASURE_REJECTED)
def reject_measure(measure: Measure, *, by: Actor) -> Measure:
    """Say no for one party: the record stays as it is. Whoever proposed withdraws instead."""
    measure, collaboration = _to_answer(measure, by)
    if measure.proposed_by_id == by.required_party:
        raise Refused(_("自分の提案です。やめるときは「取り下げる」を選んでください。"))
    told = write(MEASURE_REJECTED, collaboration, by=by, target=measure.target, proposal=measure.proposed)
    return _close(measure, told)


@records(MEASURE_WITHDRAWN)
def withdraw_measure(measure: Measure, *, by: Actor) -> Measure:
    """Take one's own proposal back while others are still awaited."""
    measure, collaboration = _to_answer(measure, by)
    if measure.proposed_by_id != by.required_party:
        raise Forbidden(_("取り下げられるのは、提案した主体だけです。"))
    told = write(MEASURE_WITHDRAWN, collaboration, by=by, target=measure.target, proposal=measure.proposed)
    return _close(measure, told)


def _to_answer(measure: Measure, by: Actor) -> tuple[Measure, Collaboration]:
    """Return the measure and its collaboration, both locked; only for a seated party while it is open."""
    collaboration = locked(measure.collaboration)
    require_own_seat(collaboration, by, SPEAKS)
    measure = Measure.objects.select_for_update().get(pk=measure.pk)
    if not measure.is_open:
        raise Refused(_("この提案の結果は、もう出ています。"))
    return measure, collaboration


def _give(measure: Measure, told: Entry, by: Actor) -> None:
    try:
        with transaction.atomic():
            Assent.objects.create(
                measure=measure, party_id=by.required_party, person_id=by.required_person, given_at=told.at
            )
    except IntegrityError:
        raise Refused(
            _("ひとりで2つの主体の賛成はできません。もう一方の主体は、別の代表の人が答えてください。")
        ) from None


def _close(measure: Measure, told: Entry) -> Measure:
    measure.closed_at, measure.closed_by_id = told.at, told.party
    measure.save(update_fields=["closed_at", "closed_by"])
    return measure


def _take_effect(measure: Measure, collaboration: Collaboration) -> Entry:
    """Do what all agreed on. The entry is nobody's alone, so it names no party, and its words are no person's."""
    target, by = measure.target, SYSTEM
    match Remedy(measure.remedy):
        case Remedy.CORRECT:
            note = correction_in(measure)
            if not note:
                raise Refused(_("訂正のことばが消されています。取り下げて、もう一度提案してください。"))
            return record.correct(collaboration, target, note=note, by=by)
        case Remedy.REDACT:
            return record.redact(collaboration, target, measure.field, ground=Ground(measure.ground), by=by)
        case Remedy.HIDE:
            return record.hide(collaboration, target, ground=Ground(measure.ground), by=by)
