"""What verify compares about questions and restatements: each stands where the record says, settled by whom it says."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from itertools import chain

from wanowa.collaborations.models import Collaboration, Question, Restatement
from wanowa.collaborations.rules import QuestionStatus, RestatementStatus
from wanowa.collaborations.verbs import (
    ANSWERED,
    ASKED,
    CONFIRMED,
    DIFFERED,
    QUESTION_DECLINED,
    QUESTION_WAITS,
    QUESTION_WITHDRAWN,
    RESTATED,
    RESTATEMENT_WITHDRAWN,
)
from wanowa.record.models import Entry
from wanowa.record.queries import case_of
from wanowa.record.rules import Problem

_QUESTION = {
    ANSWERED.name: QuestionStatus.ANSWERED,
    QUESTION_DECLINED.name: QuestionStatus.DECLINED,
    QUESTION_WITHDRAWN.name: QuestionStatus.WITHDRAWN,
}
_RESTATEMENT = {
    CONFIRMED.name: RestatementStatus.CONFIRMED,
    DIFFERED.name: RestatementStatus.DIFFERENT,
    RESTATEMENT_WITHDRAWN.name: RestatementStatus.WITHDRAWN,
}
"""Verb → where its entry leads, once everybody asked has replied alike."""

type Told = Mapping[int, list[Entry]]


def understanding_matches_the_record() -> Iterable[Problem]:
    """Compare every question and restatement with the record, and the record with them. Costs three queries."""
    begun: dict[int, Entry] = {}
    later: dict[int, list[Entry]] = defaultdict(list)
    verbs = [ASKED, RESTATED, ANSWERED, QUESTION_DECLINED, QUESTION_WITHDRAWN, QUESTION_WAITS]
    verbs += [CONFIRMED, DIFFERED, RESTATEMENT_WITHDRAWN]
    entries = Entry.objects.filter(verb__in=[verb.name for verb in verbs]).order_by("id")
    for entry in entries.iterator(chunk_size=2000):
        if entry.verb in {ASKED.name, RESTATED.name}:
            begun[entry.facts["message"]] = entry
        else:
            later[entry.facts.get("question") or entry.facts["restatement"]].append(entry)
    seen = set[int]()
    yield from _rows(seen, begun, later)
    for message in sorted(begun.keys() - seen):
        entry = begun[message]
        yield Problem(entry.case, entry.number, "missing", "質問または受けとりが、表から消えています。")


def _rows(seen: set[int], begun: Mapping[int, Entry], later: Told) -> Iterator[Problem]:
    questions = Question.objects.select_related("message").order_by("message_id")
    restatements = Restatement.objects.select_related("message").order_by("message_id")
    rows: Iterator[Question | Restatement] = chain(
        questions.iterator(chunk_size=500), restatements.iterator(chunk_size=500)
    )
    for row in rows:
        seen.add(row.pk)
        case = case_of(Collaboration(pk=row.message.collaboration_id))
        entry = begun.get(row.pk)
        if (
            entry is None
            or (entry.case, entry.party) != (case, row.message.party_id)
            or not _asks(row, entry)
        ):
            number = entry.number if entry else None
            yield Problem(case, number, "unrecorded", "質問または受けとりが、経過の記録とちがいます。")
        elif not _as_told(row, later.get(row.pk, [])):
            sentence = "質問または受けとりの結果が、経過に記録された返事とちがいます。"
            yield Problem(case, entry.number, "understanding", sentence)


def _asks(row: Question | Restatement, entry: Entry) -> bool:
    """Whether a row is about what the record says: the one party asked, or the message or clause restated."""
    if isinstance(row, Question):
        to = entry.facts.get("to")
        return entry.verb == ASKED.name and (to is None or row.asked == [to])
    about = (entry.facts.get("about"), entry.facts.get("clause", ""))
    return entry.verb == RESTATED.name and about == (row.about_id, row.clause)


def _as_told(row: Question | Restatement, told: list[Entry]) -> bool:
    """Whether a row stands where its replies on record lead: the first one, or the last of several alike."""
    moves = _QUESTION if isinstance(row, Question) else _RESTATEMENT
    replies = [entry for entry in told if entry.verb in moves]
    if isinstance(row, Question) and row.reminded != max(
        (entry.facts["days"] for entry in told if entry.verb == QUESTION_WAITS.name), default=0
    ):
        return False
    if row.settled_at is None:
        return all(entry.verb in {QUESTION_DECLINED.name, CONFIRMED.name} for entry in replies) and {
            entry.party for entry in replies
        } < set(row.asked)
    return any(
        (row.status, row.settled_at, row.settled_by_id) == (moves[entry.verb], entry.at, entry.party)
        for entry in replies
    )
