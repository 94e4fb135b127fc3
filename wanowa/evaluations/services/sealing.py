"""Writing alone, sealing, and opening all envelopes at once: when all have sealed, or the last day is over."""

from collections.abc import Collection
from secrets import token_bytes

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from wanowa.collaborations.models import Collaboration
from wanowa.collaborations.queries import locked
from wanowa.evaluations.models import Draft, Evaluation, Round, Writer
from wanowa.evaluations.queries import (
    drafts_of,
    enveloped,
    locked_round,
    opened_desk,
    place_of,
    refuse_after_seal,
    reminded,
    require_own_side,
)
from wanowa.evaluations.rules import (
    LIFECYCLE,
    SALT_BYTES,
    Move,
    Sketch,
    Status,
    check,
    commitment,
    may_reveal,
    sealed_text,
)
from wanowa.evaluations.verbs import FORGOTTEN, MISSED, REMINDED, REVEALED, SEALED
from wanowa.kernel.actors import SYSTEM, Actor
from wanowa.kernel.envelopes import Unopened, close, unclose
from wanowa.kernel.errors import Conflict, Forbidden, Invalid, Refused
from wanowa.parties.queries import require
from wanowa.parties.rules import ALONE, SPEAKS, WRITES, Role
from wanowa.people.models import User
from wanowa.record.queries import case_of
from wanowa.record.services import records, write
from wanowa.record.services.unrecorded import unrecorded


@unrecorded("for whom a person writes is nobody's history; what she seals is")
@transaction.atomic
def take_side(found: Round, *, by: Actor) -> None:
    """Say for which party a person writes in this round, once. Needed of who belongs to several at the table."""
    found = locked_round(found)
    _require_asked(found, by, WRITES)
    refuse_after_seal(found, by.required_party)
    if Writer.objects.filter(round=found, person=by.required_person).exists():
        raise Refused(_("もうえらんでいます。この回では、変えられません。"))
    _take_side(found, by)


def _take_side(found: Round, by: Actor) -> None:
    side, _new = Writer.objects.get_or_create(
        round=found,
        person_id=by.required_person,
        defaults={"party_id": by.required_party, "since": timezone.now()},
    )
    if side.party_id != by.required_party:
        raise Forbidden(_("この回では、もう一方の主体として書いています。ひとりで両方は書けません。"))


@unrecorded("what is written alone is nobody's history until it is sealed")
@transaction.atomic
def save_draft(found: Round, *, key: str, sketch: Sketch, seen: int, by: Actor) -> Draft:
    """Keep one answer in preparation, in an envelope, for the members of the same party.

    `seen` is the revision on the writer's page, 0 for none yet. Raises Conflict when a colleague was faster.
    """
    found = locked_round(found)
    _require_asked(found, by, WRITES)
    refuse_after_seal(found, by.required_party)
    _refuse_after_deadline(found)
    if key not in {question.key for question in found.asked}:
        raise Invalid(_("その質問はありません。ふりかえりのページから、えらびなおしてください。"))
    check(sketch)
    require_own_side(found, by)
    _take_side(found, by)
    party = by.required_party
    draft = Draft.objects.filter(round=found, party_id=party, key=key).first()
    if draft is None:
        draft = Draft(round=found, party_id=party, key=key, revision=0)
    elif opened_desk(found, party, drafts_of(found, party).filter(key=key)).of(key).sketch == sketch:
        return draft
    if draft.revision != seen:
        raise Conflict(_("あなたが開いたあとに、同じ主体の人が書きました。両方をくらべてください。"))
    draft.envelope = enveloped(found, party, key, sketch)
    draft.revision += 1
    draft.person_id = by.required_person
    draft.save()
    return draft


@records(SEALED)
def seal(found: Round, *, seen: str, by: Actor) -> Round:
    """Seal what the party has written; with the last seal all envelopes open, in the same moment.

    `seen` names the savings that the representative has read (`Desk.mark`). Raises Conflict for others, Invalid while
    a question is open, Refused after the deadline.
    """
    collaboration = locked(found.collaboration)
    found = locked_round(found)
    found.collaboration = collaboration
    _require_asked(found, by, SPEAKS)
    refuse_after_seal(found, by.required_party)
    _refuse_after_deadline(found)
    require_own_side(found, by)
    _take_side(found, by)
    _close(found, seen, by)
    handed_in = found.evaluations.values_list("party_id", flat=True)
    if may_reveal(found.concerned, handed_in, found.deadline, timezone.localdate()):
        _open_all(found, collaboration)
    return found


def _close(found: Round, seen: str, by: Actor) -> None:
    """Put the drafts of a party into one envelope, and a commitment to it on record."""
    party = by.required_party
    drafts = drafts_of(found, party).select_for_update()
    desk = opened_desk(found, party, drafts)
    if desk.mark != seen:
        raise Conflict(_("あなたが読んだあとに、同じ主体の人が書きました。もう一度読んでください。"))
    if desk.missing:
        raise Invalid(
            _("まだ答えていない質問が%(count)d個あります。答えてから、封をしてください。")
            % {"count": len(desk.missing)}
        )
    answers = {
        question.key: answer
        for question in found.asked
        if (answer := desk.of(question.key).sketch.answer) is not None
    }
    text, salt = sealed_text(found.number, party, answers), token_bytes(SALT_BYTES)
    promise = commitment(case_of(found.collaboration), found.number, party, salt, text)
    told = write(SEALED, found.collaboration, by=by, number=found.number, commitment=promise)
    try:
        with transaction.atomic():
            Evaluation.objects.create(
                round=found,
                party_id=party,
                person_id=by.required_person,
                sealed_at=told.at,
                commitment=promise,
                envelope=close(salt + text.encode(), place=place_of(found, party)),
            )
    except IntegrityError:
        raise Refused(
            _("ひとりで2つの主体の封はできません。もう一方の主体は、別の代表の人が封をしてください。")
        ) from None
    drafts.delete()


@records(REVEALED)
def reveal(found: Round, *, by: Actor = SYSTEM) -> Round:
    """Open all envelopes of a round whose last day is over. Refused before, and when they are open already."""
    collaboration = locked(found.collaboration)
    found = locked_round(found)
    found.collaboration = collaboration
    handed_in = found.evaluations.values_list("party_id", flat=True)
    if not may_reveal(found.concerned, handed_in, found.deadline, timezone.localdate()):
        raise Refused(_("まだ開けません。全員が封をするか、締め切りがすぎると開きます。"))
    _open_all(found, collaboration, by=by)
    return found


@records(REVEALED)
def _open_all(found: Round, collaboration: Collaboration, *, by: Actor = SYSTEM) -> None:
    """Open every envelope of a locked round and hold it against its commitment; say who handed in nothing."""
    after = LIFECYCLE.after(Status(found.status), Move.REVEAL)
    handed_in = list(found.evaluations.select_for_update().order_by("party_id"))
    missing = sorted(set(found.concerned) - {one.party_id for one in handed_in})
    told = write(
        REVEALED,
        collaboration,
        by=by,
        number=found.number,
        sealed=len(handed_in),
        missing=len(missing),
    )
    for party in missing:
        write(MISSED, collaboration, by=by, number=found.number, missing=party)
    found.status, found.revealed_at = after, told.at
    found.save(update_fields=["status", "revealed_at"])
    for one in handed_in:
        if one.forgotten_at is None:
            _open(found, one)
    found.drafts.all().delete()


def _open(found: Round, one: Evaluation) -> None:
    inside = unclose(bytes(one.envelope), place=place_of(found, one.party_id))
    salt, text = inside[:SALT_BYTES], inside[SALT_BYTES:].decode()
    if commitment(case_of(found.collaboration), found.number, one.party_id, salt, text) != one.commitment:
        raise Unopened(_("封の中身が、記録の約束と合いません。開けません。市の窓口に知らせてください。"))
    one.salt, one.content, one.envelope = salt, text, b""
    one.save(update_fields=["salt", "content", "envelope"])


@records(REMINDED)
def remind(found: Round, *, party: int, by: Actor = SYSTEM) -> Round:
    """Remind a party, once a round, that its seal is awaited. Refused when it has sealed or was reminded."""
    collaboration = locked(found.collaboration)
    found = locked_round(found)
    found.collaboration = collaboration
    refuse_after_seal(found, party)
    if party in reminded(found):
        raise Refused(_("もう知らせました。"))
    write(REMINDED, collaboration, by=by, number=found.number, awaited=party, deadline=found.deadline)
    return found


@unrecorded("runs inside the erasure, which is recorded; every text that goes is recorded here")
def forget_person(person: User, *, by: Actor) -> None:
    """Erase what a person wrote for her own party, sealed or open; a text of several people stays theirs."""
    own = Evaluation.objects.filter(party__kind__in=ALONE, person=person, forgotten_at__isnull=True)
    for one in own.select_related("round__collaboration").order_by("round__collaboration", "id"):
        _forget(one, Actor(person=by.person, party=one.party_id))
    Draft.objects.filter(party__kind__in=ALONE, person=person).delete()


@records(FORGOTTEN)
def _forget(one: Evaluation, by: Actor) -> None:
    collaboration = locked(one.round.collaboration)
    told = write(FORGOTTEN, collaboration, by=by, number=one.round.number)
    one.envelope, one.salt, one.content, one.forgotten_at = b"", None, None, told.at
    one.save(update_fields=["envelope", "salt", "content", "forgotten_at"])


def _require_asked(found: Round, by: Actor, roles: Collection[Role]) -> None:
    """Refuse unless `by` acts in one of `roles` for a party the round asks; a party that left is still asked."""
    if by.required_party not in found.concerned:
        raise Forbidden(_("この回に招かれた主体だけができます。"))
    require(by, roles)


def _refuse_after_deadline(found: Round) -> None:
    if timezone.localdate() > found.deadline:
        raise Refused(_("締め切りをすぎました。まもなく、全員の分を同時に開きます。"))
