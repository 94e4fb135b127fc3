"""Questions and answers at any hour, and what the proposer says instead of a talk on stage."""

from django.utils import timezone
from django.utils.translation import gettext as _

from wanowa.kernel.actors import Actor
from wanowa.kernel.errors import Invalid, Refused
from wanowa.proposals.models import Inquiry, Judging, Pitch, Proposal
from wanowa.proposals.queries.judging import last_day, locked_judging, require_open_eyes, require_reviewer
from wanowa.proposals.queries.proposals import require_proposer
from wanowa.proposals.queries.rounds import locked_round
from wanowa.proposals.rules.judging import Phase
from wanowa.proposals.rules.lifecycle import Status
from wanowa.proposals.rules.stages import StageKey
from wanowa.proposals.services.judging.phases import require_phase
from wanowa.proposals.verbs import INQUIRED, INQUIRY_ANSWERED, PITCHED
from wanowa.record.services import records, write

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


@records(PITCHED)
def pitch(proposal: Proposal, *, text: str, by: Actor) -> Pitch:
    """Say in writing what one would say on a stage. Nobody must; until the questions are over it can be rewritten."""
    found = locked_round(proposal.round)
    require_phase(locked_judging(found), Phase.CHECKING, Phase.SCORING)
    require_proposer(proposal, by)
    _require_words(text, LONGEST_PITCH)
    if proposal.status not in {Status.SUBMITTED, Status.RETURNED, Status.REVIEW}:
        raise Refused(_("提案を出したあとに書けます。先に、提案を出してください。"))
    if timezone.localdate() > last_day(found, StageKey.QUESTIONS):
        raise Refused(_("質問の期間が終わったので、もう書きなおせません。"))
    write(PITCHED, proposal, by=by)
    row, _new = Pitch.objects.update_or_create(
        proposal=proposal, defaults={"text": text.strip(), "person_id": by.required_person}
    )
    return row


def _locked(proposal: Proposal) -> Judging:
    return locked_judging(locked_round(proposal.round))


def _require_words(text: str, longest: int) -> None:
    if not text.strip():
        raise Invalid(_("文を書いてから、送ってください。"))
    if len(text) > longest:
        raise Invalid(_("%(longest)d文字までで書いてください。") % {"longest": longest})
