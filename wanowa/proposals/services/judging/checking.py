"""The check: a proposal goes on, or its writers are asked for what is missing; then the judging begins."""

from collections.abc import Mapping

from django.utils import timezone
from django.utils.translation import gettext as _

from wanowa.kernel.actors import Actor
from wanowa.kernel.errors import Refused
from wanowa.proposals.models import Check, Judging, Proposal, Reviewer, Round
from wanowa.proposals.queries.judging import last_day, locked_judging, without_a_way_on
from wanowa.proposals.queries.proposals import locked_proposal
from wanowa.proposals.queries.rounds import locked_round, require_desk
from wanowa.proposals.rules.judging import JUDGING, Finding, Phase, Turn, check_findings, content_of
from wanowa.proposals.rules.lifecycle import PROPOSAL, Move, Status
from wanowa.proposals.rules.stages import StageKey
from wanowa.proposals.services.judging.phases import require_phase
from wanowa.proposals.verbs import ADMITTED, JUDGING_BEGUN, RETURNED
from wanowa.record.services import records, write

_UNCHECKED = (Status.SUBMITTED, Status.RETURNED)


@records(ADMITTED, RETURNED)
def check(proposal: Proposal, *, findings: Mapping[str, Finding], by: Actor) -> Check:
    """Look at a proposal. With everything met it goes on; otherwise its writers may add to it until the stage ends.

    Raises Forbidden for others than the desk, Invalid for findings that are not complete, Refused once it went on.
    """
    require_desk(by)
    check_findings(findings)
    judging = locked_judging(locked_round(proposal.round))
    require_phase(judging, Phase.CHECKING)
    proposal = locked_proposal(proposal)
    met = all(finding.met for finding in findings.values())
    proposal.status = PROPOSAL.after(Status(proposal.status), Move.ADMIT if met else Move.ASK_BACK)
    until = last_day(proposal.round, StageKey.CHECK)
    if met:
        told = write(ADMITTED, proposal, by=by)
    else:
        missing = sum(not finding.met for finding in findings.values())
        told = write(RETURNED, proposal, by=by, until=until, missing=missing, proposer=proposal.party_id)
    proposal.save(update_fields=["status", "updated_at"])
    return Check.objects.create(
        proposal=proposal,
        content=content_of(findings),
        admitted=met,
        person_id=by.required_person,
        checked_at=told.at,
    )


@records(JUDGING_BEGUN)
def begin_scoring(found: Round, *, by: Actor) -> Judging:
    """Hand everything that was checked to the reviewers; what is still missing then is told to them, no more.

    Refused while a proposal has no partner and nobody has said where it goes on (it is named), while one is
    unchecked, while writers may still add to theirs, without reviewers, and without anything to judge.
    """
    require_desk(by)
    found = locked_round(found)
    judging = locked_judging(found)
    require_phase(judging, Phase.CHECKING)
    alone = without_a_way_on(found)
    if alone is not None:
        raise Refused(
            _("「%(title)s」には、まだ相手がいません。先に、このあとどうするかを決めてください。")
            % {"title": alone}
        )
    waiting = list(found.proposals.select_for_update().filter(status__in=_UNCHECKED).order_by("pk"))
    if any(one.status == Status.SUBMITTED for one in waiting):
        raise Refused(_("まだ確かめていない提案があります。先に、すべての書類を確かめてください。"))
    if waiting and timezone.localdate() <= last_day(found, StageKey.CHECK):
        raise Refused(_("書きたしを待っている提案があります。「書類の確認」の最後の日がすぎてから始めます。"))
    for one in waiting:
        _let_through(one, by)
    judged = found.proposals.filter(status=Status.REVIEW).count()
    reviewers = Reviewer.objects.filter(round=found).count()
    if not judged:
        raise Refused(_("審査する提案がありません。下の「審査せずに終える」で、わけを書いて終えてください。"))
    if not reviewers:
        raise Refused(_("審査する人が、まだいません。「この募集の仕事」で、先に決めてください。"))
    deadline = last_day(found, StageKey.SCORING)
    told = write(JUDGING_BEGUN, found, by=by, proposals=judged, reviewers=reviewers, deadline=deadline)
    judging.phase = JUDGING.after(Phase(judging.phase), Turn.BEGIN_SCORING)
    judging.begun_at = told.at
    judging.save(update_fields=["phase", "begun_at", "updated_at"])
    return judging


def _let_through(proposal: Proposal, by: Actor) -> None:
    """Let a proposal be judged as it stands: nobody is left out for a missing paper."""
    for move in (Move.SUBMIT, Move.ADMIT):
        proposal.status = PROPOSAL.after(Status(proposal.status), move)
        proposal.save(update_fields=["status", "updated_at"])
    write(ADMITTED, proposal, by=by)
