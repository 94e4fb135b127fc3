"""Questions and answers at any hour, and what the proposer says instead of a talk on stage, written and recorded."""

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from wanowa.kernel.actors import Actor
from wanowa.kernel.errors import Invalid, Refused
from wanowa.kernel.files import Accepted, drop_file, keep_file
from wanowa.proposals.models import Inquiry, Judging, Pitch, Proposal, Recording
from wanowa.proposals.queries.judging import last_day, locked_judging, require_open_eyes, require_reviewer
from wanowa.proposals.queries.proposals import require_proposer
from wanowa.proposals.queries.rounds import locked_round
from wanowa.proposals.rules.judging import Phase, shows_files
from wanowa.proposals.rules.lifecycle import Status
from wanowa.proposals.rules.stages import StageKey
from wanowa.proposals.services.judging.phases import require_phase
from wanowa.proposals.verbs import INQUIRED, INQUIRY_ANSWERED, PITCHED, RECORDED, UNRECORDED
from wanowa.record.services import records, write
from wanowa.record.services.unrecorded import unrecorded

LONGEST_QUESTION, LONGEST_ANSWER, LONGEST_PITCH = 400, 1000, 1200
"""Characters."""


@records(INQUIRED)
def inquire(proposal: Proposal, *, text: str, by: Actor) -> Inquiry:
    """Ask the proposer something; all reviewers read question and answer. Until the stage of questions is over."""
    found = locked_round(proposal.round)
    require_phase(locked_judging(found), Phase.SCORING)
    reviewer = require_reviewer(found, by.required_person)
    require_open_eyes(reviewer, proposal)
    _require_words(text, LONGEST_QUESTION)
    if timezone.localdate() > last_day(found, StageKey.QUESTIONS):
        raise Refused(_("質問の期間は終わりました。いままでの答えを読んで、審査してください。"))
    number = Inquiry.objects.filter(proposal=proposal).count() + 1
    told = write(INQUIRED, proposal, by=by, number=number, proposer=proposal.party_id)
    return Inquiry.objects.create(proposal=proposal, reviewer=reviewer, text=text.strip(), asked_at=told.at)


@records(INQUIRY_ANSWERED)
def answer_inquiry(inquiry: Inquiry, *, text: str, by: Actor) -> Inquiry:
    """Answer a question, once, while the sheets are closed. Raises Forbidden for others than the proposing party."""
    proposal = inquiry.proposal
    require_phase(_locked(proposal), Phase.SCORING)
    require_proposer(proposal, by)
    _require_words(text, LONGEST_ANSWER)
    inquiry = Inquiry.objects.select_for_update().get(pk=inquiry.pk)
    if inquiry.answer:
        raise Refused(_("この質問には、もう答えています。ページを開きなおして、読んでください。"))
    number = Inquiry.objects.filter(proposal=proposal, pk__lte=inquiry.pk).count()
    told = write(INQUIRY_ANSWERED, proposal, by=by, number=number)
    inquiry.answer, inquiry.answered_at = text.strip(), told.at
    inquiry.answered_by_id = by.required_person
    inquiry.save(update_fields=["answer", "answered_at", "answered_by"])
    return inquiry


@records(PITCHED, RECORDED)
def pitch(proposal: Proposal, *, text: str, recording: Accepted | None = None, by: Actor) -> Pitch:
    """Say in writing what one would say on a stage; an inspected recording (`accept_recording`) may stand beside it.

    Nobody must; until the questions are over both can be replaced. Raises Forbidden, Invalid, and Refused for a
    recording in a blind round, which tells who speaks.
    """
    _require_pitching(proposal, by)
    _require_words(text, LONGEST_PITCH)
    if proposal.status not in {Status.SUBMITTED, Status.RETURNED, Status.REVIEW}:
        raise Refused(_("提案を出したあとに書けます。先に、提案を出してください。"))
    if recording is not None and not shows_files(blind=proposal.round.blind):
        raise Refused(_("声や顔で、だれかが分かります。この募集は名前を見せないので、文で伝えてください。"))
    write(PITCHED, proposal, by=by)
    row, _new = Pitch.objects.update_or_create(
        proposal=proposal, defaults={"text": text.strip(), "person_id": by.required_person}
    )
    if recording is not None:
        _record(row, recording, by)
    return row


def _record(row: Pitch, accepted: Accepted, by: Actor) -> None:
    """Put a recording beside the words, instead of an earlier one. Its bytes are durable before the row commits."""
    earlier = Recording.objects.filter(pitch=row).first()
    if earlier is not None:
        if earlier.digest == accepted.digest:
            return
        delete_recording(earlier)
    write(RECORDED, row.proposal, by=by, file=accepted.digest)
    keep_file(Recording(pitch=row, person_id=by.required_person), accepted)


@records(UNRECORDED)
def unrecord(recording: Recording, *, by: Actor) -> None:
    """Take a recording away again, as long as a pitch can be rewritten; the words stay. Raises Forbidden, Refused."""
    proposal = recording.pitch.proposal
    _require_pitching(proposal, by)
    write(UNRECORDED, proposal, by=by, file=recording.digest)
    delete_recording(recording)


@unrecorded("its callers say why it goes: taken away, replaced, erased, or its time is over")
@transaction.atomic
def delete_recording(recording: Recording) -> None:
    """Delete a recording, and its file once that is certain."""
    drop_file(recording.file)
    recording.delete()


def _require_pitching(proposal: Proposal, by: Actor) -> None:
    """Refuse unless the actor proposes, while the questions last. The round is locked until commit."""
    found = locked_round(proposal.round)
    require_phase(locked_judging(found), Phase.CHECKING, Phase.SCORING)
    require_proposer(proposal, by)
    if timezone.localdate() > last_day(found, StageKey.QUESTIONS):
        raise Refused(_("質問の期間が終わったので、もう書きなおせません。"))


def _locked(proposal: Proposal) -> Judging:
    return locked_judging(locked_round(proposal.round))


def _require_words(text: str, longest: int) -> None:
    if not text.strip():
        raise Invalid(_("文を書いてから、送ってください。"))
    if len(text) > longest:
        raise Invalid(_("%(longest)d文字までで書いてください。") % {"longest": longest})
