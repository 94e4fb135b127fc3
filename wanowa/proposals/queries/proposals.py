"""Reading proposals: who may read and write one, its answers, its partners, and what the public may know."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from django.db.models import Exists, F, OuterRef, Q, QuerySet
from django.utils.translation import gettext as _

from wanowa.kernel.actors import Actor
from wanowa.kernel.errors import Forbidden
from wanowa.kernel.rows import only
from wanowa.parties.queries import require
from wanowa.parties.rules import WRITES
from wanowa.proposals.models import Answer, Message, Partner, Proposal, Statement, Wording
from wanowa.proposals.rules.lifecycle import SEEKING, PartnerState, RoundStatus, Status
from wanowa.proposals.rules.questions import Question, QuestionKey, asked

READING = frozenset({PartnerState.ASKED, PartnerState.JOINED})
"""Who was asked reads the whole proposal, to be able to answer."""


@dataclass(frozen=True, slots=True)
class Written:
    """One question with the answer as it stands."""

    question: Question
    text: str
    revision: int


def proposal_at(pk: int) -> Proposal | None:
    """Return one proposal with its round and parties. Costs one query."""
    related = ("round", "party", "department", "need", "seed", "owner")
    return only(Proposal.objects.select_related(*related).filter(pk=pk))


def locked_proposal(proposal: Proposal) -> Proposal:
    """Return the proposal, locked until commit, with its round. Costs one query."""
    return Proposal.objects.select_for_update(of=("self",)).select_related("round").get(pk=proposal.pk)


def partners_of(proposal: Proposal) -> Sequence[Partner]:
    """Return the other parties, in the order in which they came. Costs one query."""
    return list(Partner.objects.filter(proposal=proposal).select_related("party").order_by("pk"))


def writers_of(proposal: Proposal, partners: Collection[Partner]) -> frozenset[int]:
    """Return the parties that write the proposal together. No query."""
    return frozenset(
        {proposal.party_id} | {one.party_id for one in partners if one.state == PartnerState.JOINED}
    )


def readers_of(proposal: Proposal, partners: Collection[Partner]) -> frozenset[int]:
    """Return the parties that read the whole proposal. No query."""
    return frozenset({proposal.party_id} | {one.party_id for one in partners if one.state in READING})


def require_writer(proposal: Proposal, by: Actor) -> None:
    """Refuse unless the actor writes for a party that writes the proposal. Costs two queries."""
    require(by, WRITES)
    if by.required_party != proposal.party_id and not joined(proposal).filter(party=by.party).exists():
        raise Forbidden(_("この提案を書けるのは、提案する主体と、いっしょにする主体の人です。"))


def require_proposer(proposal: Proposal, by: Actor) -> None:
    """Refuse unless the actor writes for the proposing party. Costs one query."""
    if by.required_party != proposal.party_id:
        raise Forbidden(_("これは、提案する主体の代表か担当の人ができます。"))
    require(by, WRITES)


def joined(proposal: Proposal) -> QuerySet[Partner]:
    """Return the partners on board. Costs one query."""
    return Partner.objects.filter(proposal=proposal, state=PartnerState.JOINED)


def answers_of(proposal: Proposal) -> Mapping[str, Answer]:
    """Return the answers by question, each with `unsolved` as `unsolved_in` counts. Costs one query."""
    twice = Wording.objects.filter(answer=OuterRef("pk"), revision=OuterRef("revision"), both=True)
    found = Answer.objects.filter(proposal=proposal).annotate(unsolved=Exists(twice))
    return {answer.key: answer for answer in found}


def unsolved_in(answers: Mapping[str, Answer]) -> list[str]:
    """Return the questions at which two wrote the same place and nobody has looked since, in order. No query."""
    return [str(key) for key in QuestionKey if key in answers and getattr(answers[key], "unsolved", False)]


def rivals_of(proposal: Proposal) -> Mapping[str, str]:
    """Return by unsolved question what was written second, as its writer typed it. Costs one query."""
    shown = Wording.objects.filter(
        answer=OuterRef("answer"), revision=OuterRef("answer__revision"), both=True
    )
    typed = Wording.objects.filter(
        Exists(shown), answer__proposal=proposal, revision=F("answer__revision") - 1
    )
    return dict(typed.values_list("answer__key", "text"))


def written(proposal: Proposal, answers: Mapping[str, Answer]) -> list[Written]:
    """Return the questions of the round with the answers, in order. No query."""
    found = []
    for question in asked(proposal.round.questions):
        answer = answers.get(question.key)
        found.append(Written(question, answer.text if answer else "", answer.revision if answer else 0))
    return found


def texts_of(proposal: Proposal, answers: Mapping[str, Answer]) -> dict[str, str]:
    """Return the words of every question of the round. No query."""
    return {str(one.question.key): one.text for one in written(proposal, answers)}


def talk_of(proposal: Proposal) -> Sequence[Message]:
    """Return the talk, oldest first. Costs one query."""
    found = Message.objects.filter(proposal=proposal).select_related("party", "person")
    return list(found.order_by("pk"))


def statements_of(proposal: Proposal) -> Sequence[Statement]:
    """Return what each side says. Costs one query."""
    return list(Statement.objects.filter(proposal=proposal).select_related("party").order_by("pk"))


def public_proposals() -> QuerySet[Proposal]:
    """Return the proposals of which everybody may know: those that look for partners, and those published.

    What was received looks on after the last day; a draft looks as long as it can be handed in.
    """
    calling = Q(calling_at__isnull=False, status__in=SEEKING - {Status.DRAFT}) | Q(
        calling_at__isnull=False, status=Status.DRAFT, round__status=RoundStatus.OPEN
    )
    found = Proposal.objects.filter(calling | Q(published_at__isnull=False), forgotten_at__isnull=True)
    return found.select_related("party", "round")


def calling(limit: int = 20) -> list[tuple[Proposal, str]]:
    """Return the proposals that look for partners with their summaries, newest first. Costs two queries."""
    found = list(
        public_proposals()
        .filter(calling_at__isnull=False, published_at__isnull=True)
        .order_by("-calling_at")[:limit]
    )
    said = Answer.objects.filter(proposal__in=found, key=QuestionKey.SUMMARY).values_list("proposal", "text")
    summaries = dict(said)
    return [(one, summaries.get(one.pk, "")) for one in found]


def own_proposals(parties: Collection[int]) -> Sequence[Proposal]:
    """Return the proposals around some parties, newest first. Costs one query."""
    around = Q(party__in=parties) | Q(
        pk__in=Partner.objects.filter(party__in=parties, state__in=READING).values("proposal")
    )
    return list(Proposal.objects.filter(around).select_related("round", "party").order_by("-pk")[:50])


def matching_proposals() -> Sequence[Proposal]:
    """Return the proposals that were received without a partner: the desk looks for one. Costs one query."""
    looking = Q(status__in=[Status.MATCHING, Status.OUTSIDE]) | Q(status=Status.CARRIED, later__isnull=True)
    found = Proposal.objects.filter(looking).select_related("round", "party")
    return list(found.order_by("submitted_at")[:50])


def waiting_for_a_round() -> Sequence[Proposal]:
    """Return the proposals that were carried over and are not written on yet, by number. Costs one query."""
    found = Proposal.objects.filter(status=Status.CARRIED, later__isnull=True, forgotten_at__isnull=True)
    return list(found.order_by("pk"))


def is_accompanied(proposal: Proposal) -> bool:
    """Whether another party is on board. Costs one query."""
    return joined(proposal).exists()
