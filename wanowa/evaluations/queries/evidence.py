"""What verify compares: yardsticks, rounds, agreements and evaluations with what the record says happened.

Every row carries the moment of the entry that made it; questions and dates the fingerprint that parties agreed to;
an opened evaluation the commitment of its sealing. So a row without its entry, an entry without its row, and a text
that says something else are found.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping

from wanowa.collaborations.models import Collaboration
from wanowa.evaluations.models import Agreement, Evaluation, Round, Yardstick
from wanowa.evaluations.rules import commitment, round_fingerprint
from wanowa.evaluations.verbs import (
    FORGOTTEN,
    REVEALED,
    ROUND_AGREED,
    ROUND_CLOSED,
    ROUND_OPENED,
    ROUND_PROPOSED,
    SEALED,
    YARDSTICK_KEPT,
)
from wanowa.record.models import Entry
from wanowa.record.queries import case_of
from wanowa.record.rules import Problem

_VERBS = (
    *(YARDSTICK_KEPT, ROUND_PROPOSED, ROUND_AGREED, ROUND_OPENED, ROUND_CLOSED),
    *(SEALED, REVEALED, FORGOTTEN),
)

type Told = Mapping[tuple[str, object, str], list[Entry]]
"""The entries of `_VERBS` by case, number of the round (None for a yardstick) and verb, oldest first."""


def evaluations_match_the_record() -> Iterable[Problem]:
    """Compare every row with the record, and the record with the rows. Costs five queries."""
    told: dict[tuple[str, object, str], list[Entry]] = defaultdict(list)
    entries = Entry.objects.filter(verb__in=[verb.name for verb in _VERBS]).order_by("case", "number")
    for entry in entries.iterator(chunk_size=2000):
        told[entry.case, entry.facts.get("number"), entry.verb].append(entry)
    yield from _yardsticks(told)
    yield from _rounds(told)


def _yardsticks(told: Told) -> Iterator[Problem]:
    gone = {case for case, _number, verb in told if verb == YARDSTICK_KEPT.name}
    for kept in Yardstick.objects.order_by("id").iterator(chunk_size=500):
        case = _case(kept.collaboration_id)
        gone.discard(case)
        said = [
            (entry.facts["fingerprint"], entry.at) for entry in _of(told, case, None, YARDSTICK_KEPT.name)
        ]
        if said != [(kept.fingerprint, kept.kept_at)] or kept.criteria.fingerprint != kept.fingerprint:
            yield Problem(case, None, "yardstick", "ふりかえりの項目が、経過の記録とちがいます。")
    for case in sorted(gone):
        yield Problem(case, None, "yardstick", "ふりかえりの項目が、表から消えています。")


def _rounds(told: Told) -> Iterator[Problem]:
    given, handed_in = defaultdict(set), defaultdict(list)
    for agreement in Agreement.objects.iterator(chunk_size=2000):
        given[agreement.round_id].add((agreement.party_id, agreement.given_at))
    for one in Evaluation.objects.order_by("id").iterator(chunk_size=2000):
        handed_in[one.round_id].append(one)
    gone = {(case, number) for case, number, verb in told if verb == ROUND_PROPOSED.name}
    for found in Round.objects.select_related("version").order_by("id").iterator(chunk_size=500):
        case = _case(found.collaboration_id)
        gone.discard((case, found.number))
        last = _of(told, case, found.number, ROUND_PROPOSED.name)
        number = last[-1].number if last else None
        if not _as_told(found, case, told) or given[found.pk] != _agreed(found, case, told):
            yield Problem(case, number, "round", "ふりかえりの回が、経過の記録とちがいます。")
        if not _sealed_as_told(found, handed_in[found.pk], case, told):
            yield Problem(case, number, "evaluation", "ふりかえりの封が、経過の記録とちがいます。")
    for case, _number in sorted(gone, key=str):
        yield Problem(case, None, "round", "ふりかえりの回が、表から消えています。")


def _as_told(found: Round, case: str, told: Told) -> bool:
    digest = round_fingerprint(
        collaboration=found.collaboration_id,
        number=found.number,
        occasion=found.occasion,
        since=found.since,
        until=found.until,
        deadline=found.deadline,
        version=found.version.number,
        concerned=found.concerned,
        asked=found.asked,
    )
    said = [
        (entry.party, entry.at, entry.facts["fingerprint"])
        for entry in _of(told, case, found.number, ROUND_PROPOSED.name)
    ]
    moments = [
        (ROUND_OPENED.name, found.opened_at),
        (ROUND_CLOSED.name, found.closed_at),
        (REVEALED.name, found.revealed_at),
    ]
    return (
        digest == found.fingerprint
        and said == [(found.proposed_by_id, found.proposed_at, digest)]
        and all(
            [entry.at for entry in _of(told, case, found.number, verb)] == ([moment] if moment else [])
            for verb, moment in moments
        )
    )


def _agreed(found: Round, case: str, told: Told) -> set[tuple[object, object]]:
    entries = _of(told, case, found.number, ROUND_AGREED.name)
    return {(found.proposed_by_id, found.proposed_at)} | {(entry.party, entry.at) for entry in entries}


def _sealed_as_told(found: Round, handed_in: list[Evaluation], case: str, told: Told) -> bool:
    sealed = {
        (entry.party, entry.at, entry.facts["commitment"])
        for entry in _of(told, case, found.number, SEALED.name)
    }
    forgotten = {(entry.party, entry.at) for entry in _of(told, case, found.number, FORGOTTEN.name)}
    return (
        sealed == {(one.party_id, one.sealed_at, one.commitment) for one in handed_in}
        and forgotten == {(one.party_id, one.forgotten_at) for one in handed_in if one.forgotten_at}
        and all(_open_as_promised(found, one, case) for one in handed_in)
    )


def _open_as_promised(found: Round, one: Evaluation, case: str) -> bool:
    """Whether an evaluation is open exactly when its round is, and says what it promised."""
    if one.forgotten_at:
        return one.content is None
    if one.content is None or one.salt is None:
        return not found.is_told
    promised = commitment(case, found.number, one.party_id, bytes(one.salt), one.content)
    return found.is_told and promised == one.commitment


def _of(told: Told, case: str, number: int | None, verb: str) -> list[Entry]:
    return told.get((case, number, verb), [])


def _case(collaboration: int) -> str:
    return case_of(Collaboration(pk=collaboration))
