"""What verify compares: every number, note and move with the entry that told it, and every photo with its digest."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from hashlib import sha256

from wanowa.collaborations.models import Collaboration
from wanowa.progress.models import Measurement, Move, Note
from wanowa.progress.verbs import MEASURED, MOVED, NOTE_WITHDRAWN, NOTED, NOTED_INSIDE, REMEASURED, TROUBLED
from wanowa.record.models import Entry
from wanowa.record.queries import case_of
from wanowa.record.rules import Problem

type Facts = tuple[object, ...]
type Seen = dict[str, Counter[Facts]]
"""What is said, by case."""

_READINGS = (MEASURED.name, REMEASURED.name)
_NOTES = (NOTED.name, NOTED_INSIDE.name)
_MOVES = (MOVED.name, TROUBLED.name)


def progress_matches_the_record() -> Iterable[Problem]:
    """Compare the rows of progress with the record, both ways. Costs four queries, and reads every photo."""
    told: dict[str, Seen] = {name: defaultdict(Counter) for name in ("reading", "note", "move")}
    verbs = (*_READINGS, *_NOTES, *_MOVES, NOTE_WITHDRAWN.name)
    entries = list(Entry.objects.filter(verb__in=verbs).order_by("case", "number"))
    gone = {
        (entry.case, entry.facts["note"]): entry.at for entry in entries if entry.verb == NOTE_WITHDRAWN.name
    }
    for entry in entries:
        if entry.verb in _READINGS:
            told["reading"][entry.case][_as_read(entry)] += 1
        elif entry.verb in _NOTES:
            told["note"][entry.case][(*_as_noted(entry), gone.get((entry.case, entry.number)))] += 1
        elif entry.verb in _MOVES:
            told["move"][entry.case][_as_moved(entry)] += 1
    yield from _compared(_readings(), told["reading"], "実施目標の数が、経過の記録とちがいます。", "reading")
    yield from _compared(_notes(), told["note"], "成果目標の書きこみが、経過の記録とちがいます。", "note")
    yield from _compared(_moves(), told["move"], "役割のようすが、経過の記録とちがいます。", "move")
    yield from _photos()


def _compared(rows: Seen, told: Seen, sentence: str, kind: str) -> Iterator[Problem]:
    for case in sorted(rows.keys() | told.keys()):
        if rows.get(case, Counter()) != told.get(case, Counter()):
            yield Problem(case=case, number=None, kind=f"progress.{kind}", sentence=sentence)


def _case(collaboration: int) -> str:
    return case_of(Collaboration(pk=collaboration))


def _as_read(entry: Entry) -> Facts:
    facts = entry.facts
    return (
        entry.number,
        entry.party,
        entry.at,
        *(facts[name] for name in ("goal", "on", "hundredths")),
        facts.get("instead"),
    )


def _readings() -> Seen:
    seen: Seen = defaultdict(Counter)
    for row in Measurement.objects.select_related("instead").iterator(chunk_size=2000):
        instead = row.instead.entry if row.instead else None
        facts = (row.goal, row.on.isoformat(), int(row.value * 100), instead)
        seen[_case(row.collaboration_id)][row.entry, row.party_id, row.at, *facts] += 1
    return seen


def _as_noted(entry: Entry) -> Facts:
    facts = entry.facts
    return (
        entry.number,
        entry.party,
        entry.at,
        entry.verb == NOTED.name,
        *(facts[name] for name in ("outcome", "on", "quoted")),
        facts.get("count"),
        facts.get("photo", ""),
    )


def _notes() -> Seen:
    seen: Seen = defaultdict(Counter)
    for row in Note.objects.iterator(chunk_size=2000):
        facts = (row.public, row.outcome, row.on.isoformat(), row.consented, row.count, row.photo_digest)
        seen[_case(row.collaboration_id)][row.entry, row.party_id, row.at, *facts, row.withdrawn_at] += 1
    return seen


def _as_moved(entry: Entry) -> Facts:
    return (
        entry.number,
        entry.party,
        entry.at,
        *(entry.facts[name] for name in ("task", "turn", "state")),
    )


def _moves() -> Seen:
    seen: Seen = defaultdict(Counter)
    for row in Move.objects.iterator(chunk_size=2000):
        seen[_case(row.collaboration_id)][row.entry, row.party_id, row.at, row.task, row.turn, row.state] += 1
    return seen


def _photos() -> Iterator[Problem]:
    """Read every photo that should be there: another picture, or none, is found."""
    for note in Note.objects.filter(withdrawn_at__isnull=True).exclude(photo="").order_by("id"):
        try:
            with note.photo.open("rb") as file:
                right = sha256(file.read()).hexdigest() == note.photo_digest
        except OSError:
            right = False
        if not right:
            yield Problem(
                case=_case(note.collaboration_id),
                number=note.entry,
                kind="progress.photo",
                sentence="成果の写真が、経過の記録とちがいます。",
            )
