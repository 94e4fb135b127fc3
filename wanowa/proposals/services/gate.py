"""Behind the decision: the budget of a year on record, less money by consent, later, not at all, or the start."""

from datetime import date

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from wanowa.collaborations import services as table
from wanowa.collaborations.models import Collaboration
from wanowa.collaborations.queries import draft_locked
from wanowa.collaborations.rules import Clause, Terms, mark
from wanowa.kernel.actors import Actor
from wanowa.kernel.eras import fiscal_year_days
from wanowa.kernel.errors import Invalid, Refused
from wanowa.kernel.languages import in_japanese
from wanowa.parties.queries import require
from wanowa.parties.rules import SPEAKS, WRITES
from wanowa.proposals.models import Answer, Award, Budget, Continuation, Partner, Proposal
from wanowa.proposals.queries.proposals import locked_proposal, require_proposer
from wanowa.proposals.queries.rounds import require_desk
from wanowa.proposals.rules.judging import AWARD, AwardMove, AwardStatus, first_text, require_budget
from wanowa.proposals.rules.lifecycle import PROPOSAL, Move, PartnerState, Status
from wanowa.proposals.verbs import (
    AWARD_AGREED,
    AWARD_CANCELLED,
    AWARD_CARRIED,
    AWARD_DECLINED,
    AWARD_REDUCED,
    AWARD_STARTED,
    BUDGET_PASSED,
    YEAR_NOTED,
)
from wanowa.record.models import Entry
from wanowa.record.services import records, write

LONGEST_REASON = 1000
"""Characters."""
LONGEST_DOCUMENT = 120


@records(BUDGET_PASSED)
def record_budget(*, fiscal_year: int, passed_on: date, document: str, by: Actor) -> Budget:
    """Put on record that the budget of a fiscal year passed, on which day, by which document. Once, never changed.

    Raises Invalid for a day that has not come or lies outside the year before and the year itself.
    """
    require_desk(by)
    first, _last = fiscal_year_days(fiscal_year - 1)
    _first, last = fiscal_year_days(fiscal_year)
    if passed_on > timezone.localdate():
        raise Invalid(_("成立した日は、今日までの日にしてください。成立してから記録します。"))
    if not first <= passed_on <= last:
        raise Invalid(_("その年度の予算が成立した日ではありません。年度と日を確かめてください。"))
    if not document.strip() or len(document) > LONGEST_DOCUMENT:
        raise Invalid(_("議案や文書の番号を、120文字までで書いてください。"))
    try:
        with transaction.atomic():
            row = Budget.objects.create(
                fiscal_year=fiscal_year,
                passed_on=passed_on,
                document=document.strip(),
                person_id=by.required_person,
                recorded_at=timezone.now(),
            )
    except IntegrityError:
        raise Refused(_("この年度の予算の成立は、もう記録されています。")) from None
    write(
        BUDGET_PASSED,
        row,
        by=by,
        published={"document": document.strip()},
        fiscal_year=fiscal_year,
        passed_on=passed_on,
    )
    return row


@records(AWARD_REDUCED)
def reduce(award: Award, *, offered: int, reason: str, by: Actor) -> Award:
    """Ask the proposer to go on with less money. Nothing moves before its yes."""
    require_desk(by)
    award = _locked(award)
    if not 0 <= offered < award.amount:
        raise Invalid(_("いまの金額より小さい金額を入れてください。"))
    moved = AWARD.after(AwardStatus(award.status), AwardMove.REDUCE)
    told = write(
        AWARD_REDUCED,
        award.proposal,
        by=by,
        personal={"reason": _reason(reason)},
        before=award.amount,
        offered=offered,
        proposer=award.proposal.party_id,
    )
    award.offered = offered
    return _moved(award, moved, told, reason)


@records(AWARD_AGREED)
def agree(award: Award, *, seen: int, by: Actor) -> Award:
    """Say yes to the smaller amount, by a representative of the proposing party. `seen` is the amount on the page."""
    award = _locked(award)
    require_proposer(award.proposal, by)
    require(by, SPEAKS)
    moved = AWARD.after(AwardStatus(award.status), AwardMove.ACCEPT)
    if award.offered != seen:
        raise Refused(_("金額が変わっています。ページを開きなおして、確かめてください。"))
    told = write(AWARD_AGREED, award.proposal, by=by, amount=seen)
    award.amount, award.offered = seen, None
    return _moved(award, moved, told, "")


@records(AWARD_DECLINED)
def decline(award: Award, *, reason: str, by: Actor) -> Award:
    """Say no to the smaller amount, by a representative of the proposing party: it does not take place."""
    award = _locked(award)
    require_proposer(award.proposal, by)
    require(by, SPEAKS)
    moved = AWARD.after(AwardStatus(award.status), AwardMove.DECLINE)
    told = write(AWARD_DECLINED, award.proposal, by=by, personal={"reason": _reason(reason)})
    award.offered = None
    _settle(award.proposal, Move.CANCEL, told)
    return _moved(award, moved, told, reason)


@records(AWARD_CARRIED)
def carry_over(award: Award, *, reason: str, by: Actor) -> Award:
    """Wait for the budget of the year after."""
    require_desk(by)
    award = _locked(award)
    moved = AWARD.after(AwardStatus(award.status), AwardMove.CARRY_OVER)
    told = write(
        AWARD_CARRIED,
        award.proposal,
        by=by,
        personal={"reason": _reason(reason)},
        fiscal_year=award.fiscal_year + 1,
        proposer=award.proposal.party_id,
    )
    award.fiscal_year += 1
    return _moved(award, moved, told, reason)


@records(AWARD_CANCELLED)
def cancel(award: Award, *, reason: str, by: Actor) -> Award:
    """Give it up: the budget did not pass, or something else came between. Told with its reason."""
    require_desk(by)
    award = _locked(award)
    moved = AWARD.after(AwardStatus(award.status), AwardMove.CANCEL)
    told = write(
        AWARD_CANCELLED,
        award.proposal,
        by=by,
        personal={"reason": _reason(reason)},
        proposer=award.proposal.party_id,
    )
    award.offered = None
    _settle(award.proposal, Move.CANCEL, told)
    return _moved(award, moved, told, reason)


@records(AWARD_STARTED)
def begin(award: Award, *, by: Actor) -> Collaboration:
    """Open the collaboration, with its first text written from the proposal; by a party of the proposal.

    Refused before the budget of the award's fiscal year is on record as passed (a trigger refuses it, too).
    """
    require(by, WRITES)
    award = _locked(award)
    moved = AWARD.after(AwardStatus(award.status), AwardMove.START)
    proposal = award.proposal
    around = _around(proposal)
    if by.required_party not in around:
        raise Refused(_("始められるのは、この提案の主体の人です。主体をえらびなおしてください。"))
    if len(around) < 2:
        raise Refused(_("いっしょに取り組む部署が、まだ決まっていません。先に相手を決めてください。"))
    budget = Budget.objects.filter(fiscal_year=award.fiscal_year).first()
    require_budget(award.fiscal_year, budget.passed_on if budget else None, timezone.localdate())
    texts = dict(Answer.objects.filter(proposal=proposal).values_list("key", "text"))
    with in_japanese():
        first = first_text(texts, award.fiscal_year, award.amount, proposal.department_id)
    begun = table.start(
        title=proposal.title,
        summary=first.summary,
        purpose=first.purpose,
        invited=around - {by.required_party},
        demonstration=proposal.demonstration,
        by=by,
    )
    _lay_down(begun, first, by)
    told = write(AWARD_STARTED, proposal, by=by, fiscal_year=award.fiscal_year, amount=award.amount)
    award.collaboration = begun
    _moved(award, moved, told, "")
    _settle(proposal, Move.START, told)
    return begun


@records(YEAR_NOTED)
def note_year(award: Award, *, fiscal_year: int, continues: bool, note: str, by: Actor) -> Continuation:
    """Put down whether a project went on in a fiscal year (★継続), and how. Once a year."""
    require_desk(by)
    award = _locked(award)
    if award.status != AwardStatus.STARTED or fiscal_year < award.fiscal_year:
        raise Refused(_("始まった年度からあとの年度を、記録できます。年度を確かめてください。"))
    if Continuation.objects.filter(award=award, fiscal_year=fiscal_year).exists():
        raise Refused(_("この年度は、もう記録しています。"))
    told = write(YEAR_NOTED, award.proposal, by=by, fiscal_year=fiscal_year, continues=continues)
    return Continuation.objects.create(
        award=award,
        fiscal_year=fiscal_year,
        continues=continues,
        note=_reason(note),
        person_id=by.required_person,
        noted_at=told.at,
    )


def _locked(award: Award) -> Award:
    """Return the award with its proposal, both locked until commit; the proposal first, as everywhere."""
    proposal = locked_proposal(award.proposal)
    award = Award.objects.select_for_update().get(pk=award.pk)
    award.proposal = proposal
    return award


def _around(proposal: Proposal) -> frozenset[int]:
    """Return the parties that will sit at the table: the proposing one, its department, those on board."""
    joined = Partner.objects.filter(proposal=proposal, state=PartnerState.JOINED)
    own = {proposal.party_id, proposal.department_id, *joined.values_list("party_id", flat=True)}
    return frozenset(party for party in own if party is not None)


def _reason(text: str) -> str:
    if not text.strip():
        raise Invalid(_("わけを書いてください。提案した人に伝わります。"))
    if len(text) > LONGEST_REASON:
        raise Invalid(_("わけは、1000文字までで書いてください。"))
    return text.strip()


def _moved(award: Award, status: AwardStatus, told: Entry, reason: str) -> Award:
    award.status, award.moved_at, award.reason = status, told.at, reason.strip()
    award.save()
    return award


def _settle(proposal: Proposal, move: Move, told: Entry) -> None:
    proposal.status, proposal.settled_at = PROPOSAL.after(Status(proposal.status), move), told.at
    proposal.save(update_fields=["status", "settled_at", "updated_at"])


def _lay_down(collaboration: Collaboration, first: Terms, by: Actor) -> None:
    for clause in (Clause.SCHEDULE, Clause.COST):
        seen = mark(draft_locked(collaboration).terms, clause)
        table.edit(collaboration, clause=clause, written=first, seen=seen, by=by)
