"""What verify compares about measures: nothing was corrected, redacted or hidden here but by everybody's yes.

The one exception is what a person asks for about herself, and what is needed no longer: there the ground says so.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from wanowa.collaborations.models import Collaboration, Measure
from wanowa.collaborations.rules import Remedy, takes_effect
from wanowa.collaborations.verbs import (
    MEASURE_ASSENTED,
    MEASURE_PROPOSED,
    MEASURE_REJECTED,
    MEASURE_WITHDRAWN,
)
from wanowa.record.models import Entry
from wanowa.record.queries import case_of
from wanowa.record.rules import ABOUT_ENTRIES, CORRECTED, HIDDEN, REDACTED, Ground, Problem

ALONE = frozenset({Ground.REQUEST, Ground.EXPIRED})
"""Grounds that need nobody's agreement."""
_DOES = {Remedy.CORRECT: CORRECTED, Remedy.REDACT: REDACTED, Remedy.HIDE: HIDDEN}
_ANSWERS = frozenset(verb.name for verb in (MEASURE_ASSENTED, MEASURE_REJECTED, MEASURE_WITHDRAWN))


@dataclass(slots=True)
class Told:
    """What the record tells of measures and of what was done to entries."""

    entries: dict[tuple[str, int], Entry] = field(default_factory=dict)
    """By case and number."""
    answers: dict[tuple[str, int], list[Entry]] = field(default_factory=lambda: defaultdict(list))
    """By case and number of the proposal."""

    def hear(self, entry: Entry) -> None:
        """Add one entry."""
        self.entries[entry.case, entry.number] = entry
        if entry.verb in _ANSWERS:
            self.answers[entry.case, entry.facts["proposal"]].append(entry)

    def answered(self, case: str, measure: Measure, *verbs: str) -> list[Entry]:
        """Return the answers of some kinds to a measure."""
        return [entry for entry in self.answers[case, measure.proposed] if entry.verb in verbs]


def measures_match_the_record() -> Iterable[Problem]:
    """Compare every measure with the record, and every withdrawal on record with the measures.

    Costs two queries, and two more for every 500 measures.
    """
    told = _told()
    explained: set[tuple[str, int]] = set()
    measures = Measure.objects.order_by("id").prefetch_related("assents")
    for measure in measures.iterator(chunk_size=500):
        case = case_of(Collaboration(pk=measure.collaboration_id))
        explained |= {(case, measure.proposed), (case, measure.settled or 0)}
        if not _as_told(measure, case, told):
            sentence = "記録の見直しが、経過に記録された提案や返事とちがいます。"
            yield Problem(case, measure.proposed, "measure", sentence)
    yield from _unexplained(told, explained)


def _told() -> Told:
    told = Told()
    names = [*ABOUT_ENTRIES, MEASURE_PROPOSED.name, *_ANSWERS]
    entries = Entry.objects.filter(verb__in=names, case__startswith=f"{Collaboration._meta.label_lower}/")
    for entry in entries.order_by("id").iterator(chunk_size=2000):
        told.hear(entry)
    return told


def _unexplained(told: Told, explained: set[tuple[str, int]]) -> Iterator[Problem]:
    """Yield proposals without a row, and what was done to entries without a measure."""
    for (case, number), entry in told.entries.items():
        if (case, number) in explained:
            continue
        if entry.verb == MEASURE_PROPOSED.name:
            yield Problem(case, number, "missing", "記録の見直しの提案が、表から消えています。")
        elif entry.verb in ABOUT_ENTRIES and entry.facts.get("ground") not in ALONE:
            yield Problem(case, number, "alone", "全員の賛成がないまま、記録に手が加えられています。")


def _as_told(measure: Measure, case: str, told: Told) -> bool:
    proposed = told.entries.get((case, measure.proposed))
    if proposed is None or proposed.verb != MEASURE_PROPOSED.name:
        return False
    facts = {
        "target": measure.target,
        "remedy": measure.remedy,
        "field": measure.field,
        "ground": measure.ground,
    }
    said = (proposed.facts, proposed.party, proposed.at)
    if said != (
        {name: fact for name, fact in facts.items() if fact},
        measure.proposed_by_id,
        measure.proposed_at,
    ):
        return False
    return _assents_as_told(measure, case, told) and _outcome_as_told(measure, case, told)


def _assents_as_told(measure: Measure, case: str, told: Told) -> bool:
    given = {(assent.party_id, assent.given_at) for assent in measure.assents.all()}
    entries = told.answered(case, measure, MEASURE_ASSENTED.name)
    return given == {(measure.proposed_by_id, measure.proposed_at)} | {
        (entry.party, entry.at) for entry in entries
    }


def _outcome_as_told(measure: Measure, case: str, told: Told) -> bool:
    ends = told.answered(case, measure, MEASURE_REJECTED.name, MEASURE_WITHDRAWN.name)
    if [(entry.at, entry.party) for entry in ends] != (
        [(measure.closed_at, measure.closed_by_id)] if measure.closed_at else []
    ):
        return False
    if measure.settled is None:
        return True
    done = told.entries.get((case, measure.settled))
    return (
        done is not None
        and done.verb == _DOES[Remedy(measure.remedy)]
        and done.facts["target"] == measure.target
        and done.facts.get("field", "") == measure.field
        and done.facts.get("ground", "") == measure.ground
        and takes_effect(
            measure.concerned, [(assent.party_id, assent.person_id) for assent in measure.assents.all()]
        )
    )
