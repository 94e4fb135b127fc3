"""Scoring alone: declare first, write into an envelope, seal; all sheets open in the same moment (trust.md T09)."""

from collections.abc import Collection
from secrets import token_bytes

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from wanowa.kernel.actors import SYSTEM, Actor
from wanowa.kernel.envelopes import Unopened, close, unclose
from wanowa.kernel.errors import Conflict, Invalid, Refused
from wanowa.parties.queries import parties_of
from wanowa.proposals.models import Declaration, Judging, Proposal, Recusal, Reviewer, Round, Sheet
from wanowa.proposals.queries.judging import (
    awaited_in,
    criteria_of,
    enveloped,
    last_day,
    locked_judging,
    own_sheet,
    parties_in,
    place_of,
    proposals_around,
    require_open_eyes,
    require_reviewer,
    sealed_in,
)
from wanowa.proposals.queries.rounds import locked_round
from wanowa.proposals.rules.judging import (
    JUDGING,
    SALT_BYTES,
    Phase,
    Turn,
    commitment,
    may_open,
    sealed_text,
)
from wanowa.proposals.rules.judging import Sheet as Written
from wanowa.proposals.rules.judging import check as check_sheet
from wanowa.proposals.rules.lifecycle import Status
from wanowa.proposals.rules.stages import StageKey
from wanowa.proposals.rules.vocabulary import Conflict as Ground
from wanowa.proposals.services.judging.phases import require_phase
from wanowa.proposals.verbs import DECLARED, SHEET_SEALED, SHEETS_OPENED, STOOD_BACK
from wanowa.record.services import records, write
from wanowa.record.services.unrecorded import unrecorded


@records(DECLARED)
def declare(found: Round, *, related: Collection[int], by: Actor) -> Declaration:
    """Say, before reading anything, with which parties of the round one has to do; one stands back from theirs.

    One's own parties are taken in by themselves, as far as the rules of the round say so. Refused the second time.
    """
    found = locked_round(found)
    require_phase(locked_judging(found), Phase.SCORING)
    reviewer = require_reviewer(found, by.required_person)
    if Declaration.objects.filter(reviewer=reviewer).exists():
        raise Refused(_("もう申し出ています。あとから気づいたときは、提案のページで審査から外れてください。"))
    known = {party.pk for party in parties_in(found)}
    if not set(related) <= known:
        raise Invalid(_("この募集にいない主体です。ページを開きなおして、えらんでください。"))
    told = write(DECLARED, found, by=by)
    declaration = Declaration.objects.create(reviewer=reviewer, related=sorted(related), declared_at=told.at)
    grounds: dict[int, str] = {}
    if Ground.DECLARED in found.conflicts:
        grounds |= dict.fromkeys(proposals_around(found, frozenset(related)), Ground.DECLARED)
    own = proposals_around(found, parties_of(by.required_person))
    grounds |= {proposal: ground for proposal, ground in own.items() if ground in found.conflicts}
    for proposal in Proposal.objects.filter(pk__in=grounds).order_by("pk"):
        _stand_back(reviewer, proposal, grounds[proposal.pk], by)
    _open_when_complete(found)
    return declaration


@records(STOOD_BACK)
def stand_back(proposal: Proposal, *, by: Actor) -> None:
    """Stand back from one proposal, when its reader finds out that she has to do with it. Refused once she sealed."""
    found = locked_round(proposal.round)
    require_phase(locked_judging(found), Phase.SCORING)
    reviewer = require_reviewer(found, by.required_person)
    require_open_eyes(reviewer, proposal)
    if Sheet.objects.filter(reviewer=reviewer, proposal=proposal, sealed_at__isnull=False).exists():
        raise Refused(_("もう封をしました。審査から外れたいときは、協働の窓口に伝えてください。"))
    _stand_back(reviewer, proposal, Ground.DECLARED, by)
    _open_when_complete(found)


def _stand_back(reviewer: Reviewer, proposal: Proposal, ground: str, by: Actor) -> None:
    told = write(STOOD_BACK, proposal, by=by)
    Sheet.objects.filter(reviewer=reviewer, proposal=proposal).delete()
    Recusal.objects.create(reviewer=reviewer, proposal=proposal, ground=ground, stood_back_at=told.at)


@unrecorded("what a reviewer writes alone is nobody's history until it is sealed")
@transaction.atomic
def save_sheet(proposal: Proposal, *, sheet: Written, seen: int, by: Actor) -> Sheet:
    """Keep a sheet in preparation, in an envelope. `seen` is the revision on the reviewer's page, 0 for none yet.

    Raises Conflict when she saved it in another window meanwhile.
    """
    return _kept(proposal, _reviewer_at_work(proposal, by), sheet, seen)


def _kept(proposal: Proposal, reviewer: Reviewer, sheet: Written, seen: int) -> Sheet:
    check_sheet(sheet, {one.key: len(one.levels) for one in criteria_of(proposal.round)})
    row = Sheet.objects.filter(reviewer=reviewer, proposal=proposal).first()
    if row is not None and row.sealed_at is not None:
        raise Refused(_("もう封をしました。全員の分を開くまで、お待ちください。"))
    if row is None:
        row = Sheet(reviewer=reviewer, proposal=proposal, revision=0)
    elif own_sheet(proposal, reviewer).sheet == sheet:
        return row
    if row.revision != seen:
        raise Conflict(_("別の画面で、先に書いています。下の内容でよければ、もう一度押してください。"))
    row.envelope = enveloped(reviewer.pk, proposal.pk, sheet)
    row.revision += 1
    # the application may change these columns of a sheet and no others
    row.save(update_fields=["envelope", "revision", "updated_at"] if row.pk else None)
    return row


@records(SHEET_SEALED)
def seal_sheet(proposal: Proposal, *, sheet: Written, seen: int, by: Actor) -> Judging:
    """Seal a sheet, exactly as it is given; with the last one that is awaited all of the round open.

    Raises Conflict for another saving than `seen`, Invalid while a criterion has no score, Refused after the last day.
    """
    reviewer = _reviewer_at_work(proposal, by)
    row = _kept(proposal, reviewer, sheet, seen)
    missing = sheet.missing([one.key for one in criteria_of(proposal.round)])
    if missing:
        raise Invalid(
            _("まだ点のない項目が%(count)d個あります。点をえらんで、もう一度封をしてください。")
            % {"count": len(missing)}
        )
    pair = (reviewer.pk, proposal.pk)
    text, salt = sealed_text(pair, sheet), token_bytes(SALT_BYTES)
    promise = commitment(pair, salt, text)
    told = write(SHEET_SEALED, reviewer.round, by=by, proposal=proposal.pk, commitment=promise)
    row.envelope = close(salt + text.encode(), place=place_of(*pair))
    row.sealed_at, row.commitment = told.at, promise
    row.save(update_fields=["envelope", "sealed_at", "commitment", "updated_at"])
    return _open_when_complete(reviewer.round)


@records(SHEETS_OPENED)
def open_sheets(found: Round, *, by: Actor = SYSTEM) -> Judging:
    """Open all sheets of a round whose last day is over. Refused before, and when they are open already."""
    found = locked_round(found)
    judging = locked_judging(found)
    require_phase(judging, Phase.SCORING)
    if not _complete(found):
        raise Refused(_("まだ開けません。全員が封をするか、最後の日がすぎると開きます。"))
    return _open_all(judging, by=by)


def _reviewer_at_work(proposal: Proposal, by: Actor) -> Reviewer:
    """Return the reviewer who may write about a proposal now; its round is locked until commit."""
    found = locked_round(proposal.round)
    require_phase(locked_judging(found), Phase.SCORING)
    reviewer = require_reviewer(found, by.required_person)
    reviewer.round = found
    require_open_eyes(reviewer, proposal)
    if Proposal.objects.filter(pk=proposal.pk).exclude(status=Status.REVIEW).exists():
        raise Refused(_("この提案は、もう審査していません。審査の一覧にもどってください。"))
    if timezone.localdate() > last_day(found, StageKey.SCORING):
        raise Refused(_("審査の最後の日をすぎました。まもなく、全員の分を同時に開きます。"))
    return reviewer


def _complete(found: Round) -> bool:
    deadline = last_day(found, StageKey.SCORING)
    return may_open(awaited_in(found), sealed_in(found), deadline, timezone.localdate())


def _open_when_complete(found: Round) -> Judging:
    judging = locked_judging(found)
    return _open_all(judging, by=SYSTEM) if _complete(found) else judging


@records(SHEETS_OPENED)
def _open_all(judging: Judging, *, by: Actor) -> Judging:
    """Open every envelope of a locked round and hold it against its commitment; drafts that nobody sealed go."""
    found = judging.round
    sealed = sealed_in(found)
    missing = len(awaited_in(found) - sealed)
    told = write(SHEETS_OPENED, found, by=by, sealed=len(sealed), missing=missing)
    judging.phase, judging.opened_at = JUDGING.after(Phase(judging.phase), Turn.OPEN), told.at
    judging.save(update_fields=["phase", "opened_at", "updated_at"])
    rows = Sheet.objects.select_for_update().filter(reviewer__round=found).order_by("pk")
    for row in rows.filter(sealed_at__isnull=False):
        _open(row)
    rows.filter(sealed_at__isnull=True).delete()
    return judging


def _open(row: Sheet) -> None:
    pair = (row.reviewer_id, row.proposal_id)
    inside = unclose(bytes(row.envelope), place=place_of(*pair))
    salt, text = inside[:SALT_BYTES], inside[SALT_BYTES:].decode()
    if commitment(pair, salt, text) != row.commitment:
        raise Unopened(_("封の中身が、記録の約束と合いません。開けません。市の窓口に知らせてください。"))
    row.salt, row.content, row.envelope = salt, text, b""
    row.save(update_fields=["salt", "content", "envelope", "updated_at"])
