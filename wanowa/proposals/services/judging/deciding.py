"""After the sheets are open: minutes, a decision with reasons for each, told to all at once, and objections."""

from datetime import date, timedelta

from django.utils import timezone
from django.utils.translation import gettext as _

from wanowa.kernel.actors import Actor
from wanowa.kernel.errors import Conflict, Invalid, Refused
from wanowa.proposals.models import Award, Decision, Judging, Minutes, Objection, Proposal, Round
from wanowa.proposals.queries.judging import last_day, locked_judging, reviewer_in
from wanowa.proposals.queries.proposals import locked_proposal, require_proposer
from wanowa.proposals.queries.rounds import locked_round, require_desk
from wanowa.proposals.rules.judging import JUDGING, Outcome, Phase, Turn, Verdict
from wanowa.proposals.rules.lifecycle import PROPOSAL, ROUND, Move, RoundMove, RoundStatus, Status
from wanowa.proposals.rules.stages import StageKey
from wanowa.proposals.rules.told import digest_of_text
from wanowa.proposals.rules.vocabulary import Shown
from wanowa.proposals.services.judging.phases import require_phase
from wanowa.proposals.verbs import (
    ANNOUNCED,
    DECIDED,
    DECISION_PREPARED,
    MINUTED,
    OBJECTED,
    OBJECTION_ANSWERED,
)
from wanowa.record.services import records, write

LONGEST_TEXT = 4000
"""Characters of minutes, of an objection and of its answer."""
OBJECTION_DAYS = timedelta(days=7)
"""So long after the result one can object at least, whatever the calendar of the round says."""


@records(MINUTED)
def keep_minutes(found: Round, *, text: str, by: Actor) -> Minutes:
    """Keep what the reviewers said to each other; by the desk or a reviewer, once the sheets are open."""
    found = locked_round(found)
    judging = locked_judging(found)
    require_phase(judging, Phase.OPENED)
    if reviewer_in(found, by.required_person) is None:
        require_desk(by)
    _require_words(text)
    told = write(MINUTED, found, by=by)
    return Minutes.objects.create(
        judging=judging, text=text.strip(), person_id=by.required_person, kept_at=told.at
    )


@records(DECISION_PREPARED)
def prepare(proposal: Proposal, *, verdict: Verdict, seen: int, by: Actor) -> Decision:
    """Write what shall be decided; nobody is told yet. `seen` is the revision on the page, 0 for none.

    Raises Invalid without reasons or an amount, Conflict when a colleague was faster.
    """
    require_desk(by)
    verdict.check(proposal.amount)
    require_phase(locked_judging(locked_round(proposal.round)), Phase.OPENED)
    proposal = locked_proposal(proposal)
    if proposal.status != Status.REVIEW:
        raise Refused(_("この提案は、もう審査していません。ページを開きなおしてください。"))
    row = Decision.objects.filter(proposal=proposal).first() or Decision(proposal=proposal, revision=0)
    if row.revision != seen:
        raise Conflict(
            _("あなたが開いたあとに、ほかの人が結果の案を書きました。開きなおして、くらべてください。")
        )
    row.outcome, row.reasons, row.amount = verdict.outcome, verdict.reasons.strip(), verdict.amount
    row.revision, row.person_id = seen + 1, by.required_person
    row.save()
    write(DECISION_PREPARED, proposal, by=by, revision=row.revision)
    return row


@records(ANNOUNCED)
def announce(found: Round, *, by: Actor) -> Judging:
    """Tell every proposer the decision with its reasons, all at once. Refused while one has none."""
    require_desk(by)
    found = locked_round(found)
    judging = locked_judging(found)
    require_phase(judging, Phase.OPENED)
    proposals = list(found.proposals.select_for_update().filter(status=Status.REVIEW).order_by("pk"))
    decisions = {one.proposal_id: one for one in Decision.objects.filter(proposal__in=proposals)}
    if len(decisions) < len(proposals):
        raise Refused(_("結果の案がない提案があります。すべての提案に、わけを書いてください。"))
    adopted = sum(one.outcome == Outcome.ADOPTED for one in decisions.values())
    told = write(ANNOUNCED, found, by=by, adopted=adopted, proposals=len(proposals))
    for proposal in proposals:
        _tell(proposal, decisions[proposal.pk], found, by)
    judging.phase, judging.announced_at = JUDGING.after(Phase(judging.phase), Turn.ANNOUNCE), told.at
    judging.save(update_fields=["phase", "announced_at", "updated_at"])
    found.status = ROUND.after(RoundStatus(found.status), RoundMove.DECIDE)
    found.save(update_fields=["status", "updated_at"])
    return judging


def _tell(proposal: Proposal, decision: Decision, found: Round, by: Actor) -> None:
    """Let a decision count: the proposal moves, an adopted one waits for the budget of the next fiscal year."""
    adopted = decision.outcome == Outcome.ADOPTED
    proposal.status = PROPOSAL.after(Status(proposal.status), Move.ADOPT if adopted else Move.DECLINE)
    told = write(
        DECIDED,
        proposal,
        by=by,
        outcome=decision.outcome,
        reasons=digest_of_text(decision.reasons),
        amount=decision.amount,
        proposer=proposal.party_id,
    )
    decision.announced_at = told.at
    decision.save(update_fields=["announced_at"])
    if adopted and Shown.TITLES in found.shown:
        proposal.published_at = told.at
    proposal.save(update_fields=["status", "published_at", "updated_at"])
    if decision.amount is not None:
        Award.objects.create(
            proposal=proposal,
            fiscal_year=found.fiscal_year + 1,
            amount=decision.amount,
            moved_at=told.at,
        )


@records(OBJECTED)
def file_objection(proposal: Proposal, *, text: str, by: Actor) -> Objection:
    """Say that one does not agree with the result, and why; once. Until the stage of the result is over."""
    judging = locked_judging(locked_round(proposal.round))
    require_phase(judging, Phase.ANNOUNCED)
    proposal = locked_proposal(proposal)
    require_proposer(proposal, by)
    _require_words(text)
    if timezone.localdate() > objection_until(judging):
        raise Refused(_("申し立ての期間は終わりました。協働の窓口に相談してください。"))
    if not Decision.objects.filter(proposal=proposal, announced_at__isnull=False).exists():
        raise Refused(_("この提案には、まだ結果がありません。"))
    if Objection.objects.filter(proposal=proposal).exists():
        raise Refused(_("もう申し立てています。協働の窓口の答えをお待ちください。"))
    told = write(OBJECTED, proposal, by=by, personal={"text": text.strip()})
    return Objection.objects.create(
        proposal=proposal, text=text.strip(), person_id=by.required_person, filed_at=told.at
    )


@records(OBJECTION_ANSWERED)
def answer_objection(
    proposal: Proposal, *, answer: str, changed: bool, amount: int | None = None, by: Actor
) -> Objection:
    """Answer an objection with reasons; `changed` adopts a proposal that was not, with this amount."""
    require_desk(by)
    found = locked_round(proposal.round)
    require_phase(locked_judging(found), Phase.ANNOUNCED)
    proposal = locked_proposal(proposal)
    row = Objection.objects.select_for_update().filter(proposal=proposal).first()
    if row is None or row.answered_at is not None:
        raise Refused(_("答えを待っている申し立ては、ありません。ページを開きなおしてください。"))
    _require_words(answer)
    told = write(
        OBJECTION_ANSWERED,
        proposal,
        by=by,
        personal={"answer": answer.strip()},
        changed=changed,
        proposer=proposal.party_id,
    )
    row.answer, row.changed, row.answered_at = answer.strip(), changed, told.at
    row.answered_by_id = by.required_person
    row.save(update_fields=["answer", "changed", "answered_at", "answered_by"])
    if changed:
        verdict = Verdict(Outcome.ADOPTED, answer, amount)
        verdict.check(proposal.amount)
        last = Decision.objects.filter(proposal=proposal).order_by("-number").first()
        decision = Decision.objects.create(
            proposal=proposal,
            number=last.number + 1 if last else 1,
            outcome=verdict.outcome,
            reasons=answer.strip(),
            amount=amount,
            person_id=by.required_person,
        )
        _tell(proposal, decision, found, by)
    return row


def objection_until(judging: Judging) -> date:
    """Return the last day on which one can object. Costs one query."""
    told = timezone.localdate(judging.announced_at)
    return max(last_day(judging.round, StageKey.DECISION), told + OBJECTION_DAYS)


def _require_words(text: str) -> None:
    if not text.strip():
        raise Invalid(_("文を書いてから、送ってください。"))
    if len(text) > LONGEST_TEXT:
        raise Invalid(_("4000文字までで書いてください。"))
