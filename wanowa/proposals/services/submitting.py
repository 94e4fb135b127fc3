"""Handing in: once, in time, with a number; a proposal without a partner is received too, and goes to matching."""

from datetime import date, datetime

from django.db.models import OuterRef, Subquery
from django.utils.translation import gettext as _

from wanowa.kernel.actors import Actor
from wanowa.kernel.clock import platform
from wanowa.kernel.eras import era_date
from wanowa.kernel.errors import Conflict, Invalid, Refused
from wanowa.kernel.money import parse_yen
from wanowa.proposals.models import Partner, Proposal, RoundStage
from wanowa.proposals.queries.proposals import answers_of, require_proposer, texts_of, unsolved_in
from wanowa.proposals.rules.deadlines import in_time, too_early
from wanowa.proposals.rules.lifecycle import PROPOSAL, Move, Onward, PartnerState, RoundStatus, Status
from wanowa.proposals.rules.questions import QuestionKey, asked, shortcomings
from wanowa.proposals.rules.receipts import as_number, receipt
from wanowa.proposals.rules.stages import StageKey
from wanowa.proposals.rules.told import digest_of_answers
from wanowa.proposals.verbs import SUBMITTED, SUBMITTED_ALONE
from wanowa.record.services import records, write


@records(SUBMITTED, SUBMITTED_ALONE)
def submit(proposal: Proposal, *, seen: str, arrived: datetime | None = None, by: Actor) -> Proposal:
    """Hand the proposal in exactly as it was read (`seen` is the fingerprint of its answers).

    `arrived` is when the request reached us: that moment decides whether it was in time, so that nobody is late
    because others crowd at the door. Raises Forbidden, Invalid when something is missing, Conflict when somebody
    wrote meanwhile, Refused when it is too late. Costs nine queries, four of them for the record.
    """
    arrived = arrived or platform.now()
    require_proposer(proposal, by)
    apply = RoundStage.objects.filter(round=OuterRef("round"), key=StageKey.APPLY)
    days = {name: Subquery(apply.values(name)) for name in ("starts_on", "ends_on")}
    found = Proposal.objects.select_for_update(of=("self",)).select_related("round")
    proposal = found.annotate(**days).get(pk=proposal.pk)
    again = proposal.status == Status.RETURNED
    after = PROPOSAL.after(Status(proposal.status), Move.SUBMIT)
    if not again:
        _refuse_when_late(proposal, arrived)
    answers = answers_of(proposal)
    texts = texts_of(proposal, answers)
    if digest_of_answers(texts) != seen:
        raise Conflict(
            _("読んでいるあいだに、ほかの人が書きかえました。もう一度読んでから、出してください。")
        )
    if missing := shortcomings(asked(proposal.round.questions), texts, proposal.round.cap):
        raise Invalid(
            _("まだ、%(count)sか所が足りません。「つづきを書く」から直してください。")
            % {"count": len(missing)}
        )
    if unsolved_in(answers):
        raise Invalid(
            _("2人の文が、まだ1つになっていません。「つづきを書く」でえらんでから、出してください。")
        )
    partners = Partner.objects.filter(proposal=proposal, state=PartnerState.JOINED).count()
    if not partners and proposal.onward != Onward.JUDGE:
        after = PROPOSAL.after(Status(proposal.status), Move.SEEK)
    proposal.amount = parse_yen(texts[QuestionKey.AMOUNT])
    proposal.fingerprint = seen
    proposal.receipt = proposal.receipt or receipt(proposal.round.fiscal_year, proposal.pk)
    write(
        SUBMITTED if partners else SUBMITTED_ALONE,
        proposal,
        by=by,
        receipt=as_number(proposal.receipt),
        fingerprint=seen,
        amount=proposal.amount,
        partners=partners,
    )
    if proposal.submitted_at is None:
        proposal.submitted_at, proposal.submitted_by_id = arrived, by.required_person
    if after == Status.SUBMITTED:
        proposal.calling_at = None
    proposal.status = after
    proposal.save()
    return proposal


def _refuse_when_late(proposal: Proposal, arrived: datetime) -> None:
    """Refuse what did not reach us in time, too early or too late. What was written stays as a draft."""
    first_day: date = getattr(proposal, "starts_on")  # noqa: B009 - an annotation of the query
    last_day: date = getattr(proposal, "ends_on")  # noqa: B009 - likewise
    if too_early(arrived, first_day):
        raise Refused(
            _("受付は、%(day)sから始まります。書いたものは、下書きに残っています。その日から出せます。")
            % {"day": era_date(first_day)}
        )
    if proposal.round.status != RoundStatus.OPEN or not in_time(arrived, platform.now(), last_day):
        raise Refused(
            _(
                "締め切りをすぎたので、出せませんでした。書いたものは、下書きに残っています。窓口に相談してください。"
            )
        )
