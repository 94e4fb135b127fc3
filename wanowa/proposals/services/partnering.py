"""Finding somebody to do it with: asking a party, calling in public, raising a hand, saying yes. Never a refusal."""

from django.utils.translation import gettext as _

from wanowa.guideline.rules import Kind as PartyKind
from wanowa.kernel.actors import Actor
from wanowa.kernel.errors import Forbidden, Invalid, Refused
from wanowa.parties.models import Party
from wanowa.parties.queries import answerable, require
from wanowa.parties.rules import SPEAKS, WRITES
from wanowa.proposals.models import Answer, Capacity, Partner, Proposal
from wanowa.proposals.queries.judging import judges_for
from wanowa.proposals.queries.proposals import (
    is_accompanied,
    locked_proposal,
    public_proposals,
    require_proposer,
)
from wanowa.proposals.queries.rounds import taken_by_department
from wanowa.proposals.rules.lifecycle import (
    PARTNER,
    PROPOSAL,
    SEEKING,
    Kind,
    Move,
    PartnerMove,
    PartnerState,
    Status,
    finds_partners,
)
from wanowa.proposals.rules.questions import QuestionKey
from wanowa.proposals.verbs import CALLED, PARTNER_ANSWERED, PARTNER_ASKED, PARTNER_OFFERED, QUIETED
from wanowa.record.services import records, write


@records(PARTNER_ASKED)
def ask_partner(proposal: Proposal, *, party: int, word: str = "", by: Actor) -> Partner:
    """Ask another party to do it together; it reads the proposal, to be able to answer.

    A department without room is not asked: the sentence says what to do instead. Raises Forbidden, Refused.
    """
    require_proposer(proposal, by)
    proposal = _looking(proposal)
    if party == proposal.party_id:
        raise Invalid(_("自分の主体ではなく、ほかの主体をえらんでください。"))
    other = answerable().filter(pk=party).first()
    if other is None:
        raise Invalid(_("その主体には、返事をする人がいません。ほかの主体をえらんでください。"))
    if other.kind == PartyKind.CITY and proposal.kind == Kind.CITIZEN:
        _refuse_without_room(proposal, other.pk)
    row = Partner.objects.filter(proposal=proposal, party=other).first()
    if row is not None and row.state != PartnerState.DECLINED:
        raise Refused(_("その主体には、もう声をかけています。返事を待ちましょう。"))
    write(PARTNER_ASKED, proposal, by=by, asked=other.pk)
    if row is not None:
        row.delete()
    if other.kind == PartyKind.CITY:
        proposal.department = other
        proposal.save(update_fields=["department", "updated_at"])
    return Partner.objects.create(
        proposal=proposal,
        party=other,
        person_id=by.required_person,
        state=PartnerState.ASKED,
        word=word.strip(),
    )


def _refuse_without_room(proposal: Proposal, department: int) -> None:
    """Steer before anything is written: a department that is full says so here, with those that have room."""
    row = Capacity.objects.select_for_update().filter(round=proposal.round, department=department).first()
    taken = taken_by_department(proposal.round_id)
    if row is None or taken.get(department, 0) < row.places:
        return
    free = [
        one.department.name
        for one in Capacity.objects.filter(round=proposal.round).select_related("department")
        if taken.get(one.department_id, 0) < one.places
    ]
    if not free:
        raise Refused(
            _("この部署は、もういっぱいです。協働推進員が、いっしょに考えます。窓口に聞いてください。")
        )
    raise Refused(
        _("この部署は、もういっぱいです。いまゆとりがあるのは、%(free)sです。")
        % {"free": _("、").join(free[:5])}
    )


@records(CALLED)
def call(proposal: Proposal, *, by: Actor) -> Proposal:
    """Look for partners in public: title and summary can be read by everybody. Raises Forbidden, Refused."""
    require_proposer(proposal, by)
    proposal = _looking(proposal)
    if proposal.status not in SEEKING:
        raise Refused(_("審査のあいだは、公開してさがせません。主体をえらんで、声をかけてください。"))
    if proposal.calling_at is not None:
        raise Refused(_("もう、公開して相手をさがしています。"))
    summary = Answer.objects.filter(proposal=proposal, key=QuestionKey.SUMMARY).first()
    if not proposal.title.strip() or summary is None or not summary.text.strip():
        raise Invalid(_("先に、「題名」と「ひとことで言うと」を書いてください。この2つが公開されます。"))
    proposal.calling_at = write(CALLED, proposal, by=by).at
    proposal.save()
    return proposal


@records(QUIETED)
def quiet(proposal: Proposal, *, by: Actor) -> Proposal:
    """Stop looking in public. Raises Forbidden, Refused."""
    require_proposer(proposal, by)
    proposal = _looking(proposal)
    if proposal.calling_at is None:
        raise Refused(_("いまは、公開していません。"))
    write(QUIETED, proposal, by=by)
    proposal.calling_at = None
    proposal.save()
    return proposal


@records(PARTNER_OFFERED)
def offer(proposal: Proposal, *, word: str, by: Actor) -> Partner:
    """Raise a hand for a proposal that looks for partners in public. Raises Forbidden, Invalid, Refused."""
    require(by, WRITES)
    proposal = _looking(proposal)
    if not public_proposals().filter(pk=proposal.pk).exists():
        raise Refused(_("この提案は、いま相手をさがしていません。"))
    if by.required_party == proposal.party_id:
        raise Forbidden(_("自分の主体の提案には、手をあげられません。"))
    if not word.strip():
        raise Invalid(_("何をいっしょにできるかを、ひとこと書いてください。"))
    if Partner.objects.filter(proposal=proposal, party=by.party).exists():
        raise Refused(_("あなたの主体の手は、もうあがっています。返事を待ちましょう。"))
    write(PARTNER_OFFERED, proposal, by=by)
    return Partner.objects.create(
        proposal=proposal,
        party_id=by.required_party,
        person_id=by.required_person,
        state=PartnerState.OFFERED,
        word=word.strip(),
    )


@records(PARTNER_ANSWERED)
def answer_partner(partner: Partner, *, joins: bool, by: Actor) -> Partner:
    """Say yes or not this time: the party that was asked, or the proposing one to a raised hand.

    With the first yes a proposal that was received without a partner goes on to the judging; one that is judged
    alone can be joined until it begins, but not by a party whose own people are judging it. One person never answers
    herself. Raises Forbidden, Refused.
    """
    proposal = _looking(partner.proposal)
    partner = Partner.objects.select_for_update().get(pk=partner.pk)
    answers = partner.party_id if partner.state == PartnerState.ASKED else proposal.party_id
    other = proposal.party_id if partner.state == PartnerState.ASKED else partner.party_id
    if by.required_party != answers:
        raise Forbidden(_("返事ができるのは、声をかけられた側の主体です。"))
    require(by, SPEAKS)
    if by.required_person == partner.person_id:
        raise Forbidden(_("声をかけた本人は、返事ができません。同じ主体の、ほかの人が返事をしてください。"))
    after = PARTNER.after(PartnerState(partner.state), PartnerMove.JOIN if joins else PartnerMove.DECLINE)
    party = Party.objects.get(pk=partner.party_id)
    if joins and party.kind == PartyKind.CITY and proposal.kind == Kind.CITIZEN:
        _refuse_without_room(proposal, party.pk)
    if joins and proposal.status == Status.REVIEW and judges_for(proposal, party.pk):
        raise Refused(_("この主体の人が、この提案を審査しています。返事は、結果が出てからできます。"))
    told = write(PARTNER_ANSWERED, proposal, by=by, other=other, joined=joins)
    partner.state, partner.answered_by_id, partner.answered_at = after, by.required_person, told.at
    partner.save()
    if joins:
        _on_board(proposal, party)
    elif proposal.department_id == party.pk:
        proposal.department = None
        proposal.save(update_fields=["department", "updated_at"])
    return partner


def _on_board(proposal: Proposal, party: Party) -> None:
    if party.kind == PartyKind.CITY:
        proposal.department = party
    if proposal.status == Status.MATCHING:
        proposal.status = PROPOSAL.after(Status.MATCHING, Move.MEET)
        proposal.calling_at = None
    proposal.save()


def _looking(proposal: Proposal) -> Proposal:
    proposal = locked_proposal(proposal)
    if not finds_partners(Status(proposal.status), accompanied=is_accompanied(proposal)):
        raise Refused(_("この提案は、もう相手が決まって受けつけられました。"))
    return proposal
