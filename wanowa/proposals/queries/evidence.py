"""What verify compares: rounds, their frozen rules and deadlines, and what was handed in, with the record."""

from collections import defaultdict
from collections.abc import Iterable, Iterator

from wanowa.proposals.models import Answer, Proposal, Round
from wanowa.proposals.queries.rounds import rules_of
from wanowa.proposals.rules.lifecycle import RoundStatus, Status
from wanowa.proposals.rules.questions import asked
from wanowa.proposals.rules.receipts import as_number
from wanowa.proposals.rules.stages import KEEPS_START, StageKey
from wanowa.proposals.rules.told import digest_of_answers
from wanowa.proposals.verbs import (
    CALLED_OFF,
    CLOSED,
    ENDED,
    EXTENDED,
    FINISHED,
    OPENED,
    SUBMITTED,
    SUBMITTED_ALONE,
    TAKEN_OVER,
)
from wanowa.record.models import Entry
from wanowa.record.queries import case_of
from wanowa.record.rules import Problem

_OVER = {ENDED.name, FINISHED.name}
_ROUNDS = {one.name for one in (OPENED, EXTENDED, CLOSED, CALLED_OFF, TAKEN_OVER)} | _OVER
_HANDED_IN = {SUBMITTED.name, SUBMITTED_ALONE.name}

type Stories = dict[str, list[Entry]]


def proposals_match_the_record() -> Iterable[Problem]:
    """Compare rounds and proposals with the record, and the record with them. Costs six queries."""
    stories: Stories = defaultdict(list)
    verbs = _ROUNDS | _HANDED_IN
    for entry in Entry.objects.filter(verb__in=verbs).order_by("case", "number").iterator(chunk_size=2000):
        stories[entry.case].append(entry)
    yield from _rounds(stories)
    yield from _proposals(stories)


def _rounds(stories: Stories) -> Iterator[Problem]:
    gone = {case for case, story in stories.items() if story[0].verb in _ROUNDS}
    for found in Round.objects.prefetch_related("stages", "criteria").order_by("pk"):
        case = case_of(found)
        gone.discard(case)
        story = stories.get(case, [])
        if not _as_opened(found, story):
            yield _problem(case, story, "round", "募集の決まりか締め切りが、経過の記録とちがいます。")
    for case in sorted(gone):
        yield _problem(case, stories[case], "missing", "募集が、表から消えています。")


def _as_opened(found: Round, story: list[Entry]) -> bool:
    opened = next((entry for entry in story if entry.verb == OPENED.name), None)
    if opened is None:
        taken_over = any(entry.verb == TAKEN_OVER.name for entry in story)
        is_past = found.status == RoundStatus.PAST
        return found.opened_at is None and found.fingerprint == "" and is_past == taken_over
    order = list(StageKey.values)
    stages = sorted(found.stages.all(), key=lambda stage: order.index(stage.key))
    if [stage.key for stage in stages] != order:
        return False
    last = next(entry for entry in reversed(story) if "deadline" in entry.facts)
    apply = stages[0]
    closed = [entry for entry in story if entry.verb == CLOSED.name]
    return (
        rules_of(found).digest(_as_it_was_opened(found, story))
        == opened.facts["fingerprint"]
        == found.fingerprint
        and last.facts["deadline"] == apply.ends_on.isoformat()
        and opened.facts["deadline"] == apply.original_end.isoformat()
        and found.opened_at == opened.at
        and found.closed_at == (closed[0].at if closed else None)
        and (found.status == RoundStatus.CALLED_OFF) == any(entry.verb == CALLED_OFF.name for entry in story)
        and (found.status == RoundStatus.FINISHED) == any(entry.verb in _OVER for entry in story)
    )


def _as_it_was_opened(found: Round, story: list[Entry]) -> Iterator[tuple[str, str, str, str, bool]]:
    """Yield the calendar of the opening: extensions moved first days as far as the last one of handing in."""
    order = list(StageKey.values)
    stages = sorted(found.stages.all(), key=lambda stage: order.index(stage.key))
    moved = stages[0].ends_on - stages[0].original_end
    for stage in stages:
        first = stage.starts_on if stage.key in KEEPS_START else stage.starts_on - moved
        yield stage.key, first.isoformat(), stage.original_end.isoformat(), stage.way, stage.required


def _proposals(stories: Stories) -> Iterator[Problem]:
    gone = {case for case, story in stories.items() if story[0].verb in _HANDED_IN}
    texts: dict[int, dict[str, str]] = defaultdict(dict)
    for pk, key, text in Answer.objects.values_list("proposal", "key", "text"):
        texts[pk][key] = text
    for proposal in Proposal.objects.select_related("round").order_by("pk"):
        case = case_of(proposal)
        gone.discard(case)
        story = stories.get(case, [])
        if not _as_received(proposal, texts[proposal.pk], story):
            yield _problem(case, story, "proposal", "出された提案が、経過の記録とちがいます。")
    for case in sorted(gone):
        yield _problem(case, stories[case], "missing", "提案が、表から消えています。")


def _as_received(proposal: Proposal, texts: dict[str, str], story: list[Entry]) -> bool:
    if not story:
        return proposal.receipt is None and proposal.status in {Status.DRAFT, Status.WITHDRAWN}
    told = story[-1].facts
    if proposal.receipt is None or as_number(proposal.receipt) != told["receipt"]:
        return False
    if told["fingerprint"] != proposal.fingerprint:
        return False
    if told["amount"] != proposal.amount or story[0].party != proposal.party_id:
        return False
    if proposal.forgotten_at is not None or proposal.status == Status.RETURNED:
        return True
    read = {str(one.key): texts.get(one.key, "") for one in asked(proposal.round.questions)}
    return digest_of_answers(read) == proposal.fingerprint


def _problem(case: str, story: list[Entry], kind: str, sentence: str) -> Problem:
    return Problem(case=case, number=story[-1].number if story else None, kind=kind, sentence=sentence)
