"""Writing a proposal: begun with what is known already, saved question by question, by several people at once."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from wanowa.guideline.rules import Kind as PartyKind
from wanowa.kernel.actors import Actor
from wanowa.kernel.errors import Conflict, Invalid, Refused
from wanowa.kernel.files import Accepted, drop_file, keep_file
from wanowa.kernel.languages import in_japanese
from wanowa.kernel.money import yen
from wanowa.parties.models import Party
from wanowa.parties.queries import require
from wanowa.parties.rules import WRITES
from wanowa.proposals.models import Answer, Attachment, Need, Partner, Proposal, Round, Seed, Wording
from wanowa.proposals.queries.proposals import (
    joined,
    locked_proposal,
    require_proposer,
    require_writer,
    rivals_of,
)
from wanowa.proposals.queries.rounds import open_need
from wanowa.proposals.rules.lifecycle import (
    PROPOSAL,
    SEED,
    Kind,
    Move,
    PartnerState,
    RoundStatus,
    SeedMove,
    SeedStatus,
    Status,
    may_go_on,
)
from wanowa.proposals.rules.merging import merged, merged_line
from wanowa.proposals.rules.questions import BY_KEY, LONGEST_KEPT, QUESTIONS, QuestionKey
from wanowa.proposals.verbs import ATTACHED, BEGUN, DETACHED, GONE_ON, GROWN, WITHDRAWN
from wanowa.record.services import records, write
from wanowa.record.services.unrecorded import unrecorded

MOST_FILES = 5
MOST_DRAFTS = 20
"""Drafts that one party has in one round at most."""


@dataclass(frozen=True, slots=True)
class Saved:
    """How an answer stands after saving. `base` is the revision whose text the writer still has before her."""

    key: str
    text: str
    revision: int
    base: int
    both: bool


@records(BEGUN, GONE_ON)
def begin(
    found: Round,
    *,
    need: Need | None = None,
    seed: Seed | None = None,
    earlier: Proposal | None = None,
    demonstration: bool = False,
    by: Actor,
) -> Proposal:
    """Begin a proposal for the actor's party, filled with what is known from the need, the idea and the party.

    For a need its department is on board at once; an idea is marked as grown; what came to nothing in another round
    (`earlier`) goes on with all its words, and who was on board is asked again. Raises Forbidden, Refused.
    """
    require(by, WRITES)
    if need is not None:
        need = open_need(need.pk)
        found = need.round
    if found.status != RoundStatus.OPEN:
        raise Refused(_("この募集は、いま受けつけていません。ほかの募集を見てください。"))
    kind = Kind.CITY if need is not None else Kind.CITIZEN
    if kind not in found.kinds:
        raise Refused(_("この募集は、行政提案だけです。下の行政提案からえらんでください。"))
    party = Party.objects.select_for_update(no_key=True).get(pk=by.required_party)
    _refuse_too_many(found, party, seed)
    if earlier is not None:
        earlier = _may_go_on(earlier, by)
    proposal = Proposal.objects.create(
        round=found,
        kind=kind,
        party=party,
        person_id=by.required_person,
        department=need.department if need else None,
        need=need,
        seed=seed,
        earlier=earlier,
        owner=seed.owner if seed else earlier.owner if earlier else None,
        demonstration=demonstration,
    )
    told = write(BEGUN, proposal, by=by, kind=kind)
    known = _known(party, need, seed) if earlier is None else _goes_on(earlier, proposal, by)
    Answer.objects.bulk_create(
        Answer(proposal=proposal, key=question.key, text=known.get(question.key, ""))
        for question in QUESTIONS
    )
    Wording.objects.bulk_create(
        Wording(
            answer=answer, revision=0, text=answer.text, person_id=by.required_person, party=party, at=told.at
        )
        for answer in proposal.answers.all()
    )
    if need is not None:
        if need.department_id == party.pk:
            raise Refused(_("自分の部署の行政提案には、こたえられません。ほかの主体をさがしてください。"))
        Partner.objects.create(
            proposal=proposal,
            party=need.department,
            person_id=by.required_person,
            state=PartnerState.JOINED,
            answered_by_id=need.person_id,
            answered_at=told.at,
        )
    if seed is not None:
        _grown(seed, by)
    return proposal


def _may_go_on(earlier: Proposal, by: Actor) -> Proposal:
    """Return the proposal whose words go on, locked. Refused for one that is still under way, and the second time."""
    require_proposer(earlier, by)
    earlier = locked_proposal(earlier)
    if not may_go_on(Status(earlier.status), RoundStatus(earlier.round.status)) or earlier.forgotten_at:
        raise Refused(_("この提案は、まだこの募集の中にあります。結果を待ってください。"))
    if Proposal.objects.filter(earlier=earlier).exists():
        raise Refused(_("この提案は、もう次の募集につづけました。「わたしの提案」から書けます。"))
    return earlier


def _goes_on(earlier: Proposal, proposal: Proposal, by: Actor) -> Mapping[str, str]:
    """Return the words of the earlier proposal, and ask those who were on board again."""
    write(GONE_ON, earlier, by=by)
    before = joined(earlier).exclude(party__kind=PartyKind.CITY)
    Partner.objects.bulk_create(
        Partner(
            proposal=proposal, party_id=one.party_id, person_id=by.required_person, state=PartnerState.ASKED
        )
        for one in before
    )
    proposal.title = earlier.title
    proposal.save(update_fields=["title", "updated_at"])
    return dict(Answer.objects.filter(proposal=earlier).values_list("key", "text"))


def _refuse_too_many(found: Round, party: Party, seed: Seed | None) -> None:
    drafts = Proposal.objects.filter(round=found, party=party, status=Status.DRAFT)
    if drafts.count() >= MOST_DRAFTS:
        raise Refused(_("下書きが多すぎます。いらない下書きを、先に取り下げてください。"))
    if seed is not None and Proposal.objects.filter(seed=seed, party=party).exists():
        raise Refused(_("このひとことは、もう提案に育てています。「わたしの提案」から、つづきを書けます。"))


def _known(party: Party, need: Need | None, seed: Seed | None) -> Mapping[str, str]:
    """Return what the first page need not ask again."""
    known: dict[str, str] = {}
    if seed is not None:
        known[QuestionKey.SUMMARY] = seed.text
    if need is not None:
        known[QuestionKey.TITLE] = need.title
        known[QuestionKey.ISSUE] = need.text
        if need.budget is not None:
            with in_japanese():
                known[QuestionKey.AMOUNT] = yen(need.budget)
    if party.good_at:
        with in_japanese():
            line = _("%(party)s：%(good_at)s")
        known[QuestionKey.ROLES] = line % {"party": party.name, "good_at": party.good_at}
    return known


def _grown(seed: Seed, by: Actor) -> None:
    seed = Seed.objects.select_for_update().get(pk=seed.pk)
    if seed.status != SeedStatus.GROWN:
        seed.status, seed.settled_at = SEED.after(SeedStatus(seed.status), SeedMove.GROW), None
        seed.save()
    write(GROWN, seed, by=by)


@unrecorded("wordings keep every step of a text; what counts is what is handed in, and that is recorded")
@transaction.atomic
def save_answers(
    proposal: Proposal, texts: Mapping[str, str], *, seen: Mapping[str, int], by: Actor
) -> list[Saved]:
    """Save what somebody typed into some questions; what others wrote meanwhile is brought together with it.

    `seen` says by question from which revision the writer started. Nobody's characters are lost: see
    `rules.merging`. Raises Forbidden, Invalid for a text beyond all measure, Refused when it is handed in.
    """
    require_writer(proposal, by)
    proposal = locked_proposal(proposal)
    PROPOSAL.after(Status(proposal.status), Move.WRITE)
    answers = {answer.key: answer for answer in Answer.objects.filter(proposal=proposal, key__in=texts)}
    saved = [
        _saved(answers[key], text, seen.get(key, 0), by) for key, text in texts.items() if key in answers
    ]
    title = next((one.text for one in saved if one.key == QuestionKey.TITLE), None)
    if title is not None:
        _entitle(proposal, title)
    return saved


def _saved(answer: Answer, text: str, seen: int, by: Actor) -> Saved:
    if len(text) > LONGEST_KEPT:
        raise Invalid(_("文が長すぎます。2つに分けて書いてください。"))
    known = Wording.objects.filter(answer=answer, revision__in={seen, answer.revision})
    rows = {one.revision: one for one in known}
    started = rows[seen].text if seen in rows else ""
    if text == started:
        return Saved(answer.key, answer.text, answer.revision, seen, both=False)
    bring = merged_line if BY_KEY[answer.key].line else merged
    together = bring(started, text, answer.text)
    last = rows.get(answer.revision)
    # Two texts stay unsolved until somebody changes them who has seen both.
    both = together.both or (last is not None and last.both and seen < answer.revision)
    base = answer.revision + 1
    kept = [_wording(answer, base, text, by, both=both and together.text == text)]
    if together.text != text:
        kept.append(_wording(answer, base + 1, together.text, by, both=both))
    Wording.objects.bulk_create(kept)
    answer.text, answer.revision = together.text, kept[-1].revision
    answer.save(update_fields=["text", "revision"])
    return Saved(answer.key, answer.text, answer.revision, base, both)


@unrecorded("wordings keep every step of a text; what counts is what is handed in, and that is recorded")
@transaction.atomic
def choose(proposal: Proposal, key: str, *, seen: int, other: bool, by: Actor) -> Answer:
    """Say which of two texts stays: the one that stands there, or the other's (`other`; only in one line).

    `seen` is the revision that was looked at. Raises Forbidden, Conflict when somebody wrote meanwhile, Refused.
    """
    require_writer(proposal, by)
    proposal = locked_proposal(proposal)
    PROPOSAL.after(Status(proposal.status), Move.WRITE)
    answer = Answer.objects.filter(proposal=proposal, key=key).first()
    if answer is None or answer.revision != seen:
        raise Conflict(_("えらぶあいだに、ほかの人が書きました。もう一度読んで、えらんでください。"))
    text = rivals_of(proposal).get(key)
    if text is None:
        raise Refused(_("この質問の文は、もう1つになっています。"))
    chosen = text if other and BY_KEY[key].line else answer.text
    _wording(answer, seen + 1, chosen, by).save()
    answer.text, answer.revision = chosen, seen + 1
    answer.save(update_fields=["text", "revision"])
    if key == QuestionKey.TITLE:
        _entitle(proposal, chosen)
    return answer


def _entitle(proposal: Proposal, title: str) -> None:
    if title[:200] != proposal.title:
        proposal.title = title[:200]
        proposal.save(update_fields=["title", "updated_at"])


def _wording(answer: Answer, revision: int, text: str, by: Actor, *, both: bool = False) -> Wording:
    return Wording(
        answer=answer,
        revision=revision,
        text=text,
        person_id=by.required_person,
        party_id=by.required_party,
        both=both,
        at=timezone.now(),
    )


@records(ATTACHED)
def attach(proposal: Proposal, *, accepted: Accepted, by: Actor) -> Attachment:
    """Put an inspected file with the proposal. Its bytes are durable before the row commits. Raises Refused."""
    require_writer(proposal, by)
    proposal = locked_proposal(proposal)
    PROPOSAL.after(Status(proposal.status), Move.WRITE)
    kept = Attachment.objects.filter(proposal=proposal)
    if kept.filter(digest=accepted.digest).exists():
        raise Refused(_("そのファイルは、もうついています。"))
    if kept.count() >= MOST_FILES:
        raise Refused(_("ファイルは5つまでです。どれかを外してから、つけてください。"))
    found = keep_file(Attachment(proposal=proposal, person_id=by.required_person), accepted)
    write(ATTACHED, proposal, by=by, file=accepted.digest)
    return found


@records(DETACHED)
def detach(attachment: Attachment, *, by: Actor) -> None:
    """Take a file away again, before handing in. Raises Forbidden, Refused."""
    proposal = attachment.proposal
    require_writer(proposal, by)
    proposal = locked_proposal(proposal)
    PROPOSAL.after(Status(proposal.status), Move.WRITE)
    write(DETACHED, proposal, by=by, file=attachment.digest)
    drop_file(attachment.file)
    attachment.delete()


@records(WITHDRAWN)
def withdraw(proposal: Proposal, *, by: Actor) -> Proposal:
    """Take a proposal back, handed in or not. Raises Forbidden, Refused once it is decided."""
    require_proposer(proposal, by)
    proposal = locked_proposal(proposal)
    after = PROPOSAL.after(Status(proposal.status), Move.WITHDRAW)
    proposal.settled_at = write(WITHDRAWN, proposal, by=by).at
    proposal.status = after
    proposal.save()
    return proposal
