"""Nothing gets stuck: where a proposal without a partner goes on, and how a round ends, judged or not."""

from django.utils import timezone
from django.utils.translation import gettext as _

from wanowa.kernel.actors import Actor
from wanowa.kernel.errors import Invalid, Refused
from wanowa.proposals.models import Award, Judging, Proposal, Round
from wanowa.proposals.queries.judging import left_to_judge, locked_judging, unsettled_in
from wanowa.proposals.queries.proposals import locked_proposal
from wanowa.proposals.queries.rounds import locked_round, require_desk
from wanowa.proposals.rules.judging import AwardStatus, Phase
from wanowa.proposals.rules.lifecycle import PROPOSAL, ROUND, Move, Onward, RoundMove, RoundStatus, Status
from wanowa.proposals.services.judging.deciding import objection_until
from wanowa.proposals.services.judging.phases import require_phase
from wanowa.proposals.verbs import ENDED, FINISHED, SENT_ON
from wanowa.record.services import records, write

LONGEST_WHY = 1000
"""Characters of a reason."""
_MOVES = {Onward.JUDGE: Move.JUDGE, Onward.CARRY: Move.CARRY, Onward.TALK: Move.TALK}


@records(SENT_ON)
def send_on(proposal: Proposal, *, onward: Onward, reason: str, by: Actor) -> Proposal:
    """Say where a proposal that has no partner goes on, with a reason to its proposer. It is never refused.

    The coordinator who says so holds it from now on, unless somebody does already. Raises Forbidden, Invalid,
    Refused before the round is closed and once the judging has begun.
    """
    require_desk(by)
    require_phase(locked_judging(locked_round(proposal.round)), Phase.CHECKING)
    proposal = locked_proposal(proposal)
    after = PROPOSAL.after(Status(proposal.status), _MOVES[onward])
    text = _reason(reason)
    write(SENT_ON, proposal, by=by, personal={"reason": text}, onward=onward, proposer=proposal.party_id)
    proposal.status, proposal.onward, proposal.onward_reason = after, onward, text
    proposal.owner_id = proposal.owner_id or by.required_person
    if onward is Onward.JUDGE:
        proposal.calling_at = None  # what is judged, perhaps with its name covered, is no longer shown around
    proposal.save()
    return proposal


@records(ENDED)
def end_unjudged(found: Round, *, reason: str, by: Actor) -> Round:
    """End a closed round in which nothing is left to judge, with a sentence that everybody reads.

    Raises Forbidden, Invalid without a reason, Refused while a proposal still waits for something.
    """
    require_desk(by)
    found = locked_round(found)
    require_phase(locked_judging(found), Phase.CHECKING)
    after = ROUND.after(RoundStatus(found.status), RoundMove.FINISH)
    waiting = left_to_judge(found).first()
    if waiting is not None:
        raise Refused(_("「%(title)s」が、まだ残っています。先に確かめてください。") % {"title": waiting})
    text = _reason(reason)
    write(ENDED, found, by=by, published={"reason": text})
    found.status, found.reason = after, text
    found.save()
    return found


@records(FINISHED)
def finish(found: Round, *, by: Actor) -> Round:
    """Put a round with results away: everything adopted has begun or was given up, every objection is answered.

    Raises Forbidden, Refused with what it still waits for.
    """
    require_desk(by)
    found = locked_round(found)
    judging = locked_judging(found)
    require_phase(judging, Phase.ANNOUNCED)
    after = ROUND.after(RoundStatus(found.status), RoundMove.FINISH)
    if why := awaited_before_the_end(judging):
        raise Refused(why)
    awards = Award.objects.filter(proposal__round=found)
    started = awards.filter(status=AwardStatus.STARTED).count()
    write(FINISHED, found, by=by, adopted=awards.count(), started=started)
    found.status = after
    found.save(update_fields=["status", "updated_at"])
    return found


def awaited_before_the_end(judging: Judging) -> str:
    """Return why a round with results cannot be put away yet, in a sentence; empty when it can. Costs three queries."""
    if timezone.localdate() <= objection_until(judging):
        return _("申し立ての期間が終わると、この募集を終えられます。")
    if waiting := unsettled_in(judging.round):
        return _("まだ終わっていないもの：%(what)s。") % {"what": _("、").join(waiting[:5])}
    return ""


def _reason(text: str) -> str:
    if not text.strip():
        raise Invalid(_("わけを書いてください。読んだ人が、なっとくできるように書きます。"))
    if len(text) > LONGEST_WHY:
        raise Invalid(_("わけは、1000文字までで書いてください。"))
    return text.strip()
