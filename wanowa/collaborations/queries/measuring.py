"""One entry of the record as the parties see it: what is kept back, what was done about it, what is proposed."""

import json
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from django.db.models import Prefetch, QuerySet
from django.utils.translation import gettext as _

from wanowa.collaborations.models import Assent, Collaboration, Measure
from wanowa.parties.queries import PartyName, names
from wanowa.people.models import User
from wanowa.record.models import Entry, Opening
from wanowa.record.queries import NOTHING, history, withdrawn
from wanowa.record.verbs import Whose, known


@dataclass(frozen=True, slots=True)
class Value:
    """One value kept back with an entry, as far as the reader may know it."""

    field: str
    label: str
    text: str = ""
    """The value; empty when it is gone, or not for this reader."""
    ground: str = ""
    """Why it was redacted, in words; empty while it is kept."""
    redactable: bool = False


@dataclass(frozen=True, slots=True)
class Proposal:
    """A measure with the words that stand on record, and who is still awaited."""

    measure: Measure
    reason: str
    note: str
    field: str
    given: frozenset[int]
    awaited: tuple[str, ...]
    """The names of the parties that have not answered; of nobody once it is decided."""


def entry_in(collaboration: Collaboration, number: int) -> Entry | None:
    """Return one entry of a collaboration's record. Costs one query."""
    return history(collaboration).filter(number=number).first()


def redactable(entry: Entry) -> dict[str, str]:
    """Return the words kept back with an entry that the parties may redact: field → text. Costs one query.

    Who acted, and whom an entry names, is nobody else's to remove: that is a right of the person herself.
    """
    return {
        opening.field: json.loads(opening.value)
        for opening in Opening.objects.filter(entry=entry).order_by("id")
        if _description(entry, opening.field)[1] is Whose.WORDS
    }


def values_in(entry: Entry, mine: Collection[int]) -> list[Value]:
    """Return everything kept back with an entry. Names of persons are for members of the acting party alone.

    Costs one query, and one for the names of persons.
    """
    kept = {opening.field: opening for opening in Opening.objects.filter(entry=entry)}
    grounds = dict(withdrawn([entry]).get(entry.pk, NOTHING).redacted)
    persons = _persons(entry, kept.values()) if entry.party in mine else {}
    found = []
    for field in entry.commitments:
        label, whose = _description(entry, field)
        opening = kept.get(field)
        if opening is None:
            found.append(Value(field, label, ground=grounds.get(field, "")))
            continue
        words = whose is Whose.WORDS
        text = json.loads(opening.value) if words else persons.get(opening.value.strip('"'), "")
        found.append(Value(field, label, text, redactable=words))
    return found


def _persons(entry: Entry, openings: Collection[Opening]) -> dict[str, str]:
    """Return what the persons whom an entry keeps back are called, by their numbers in digits."""
    numbers = {
        opening.value.strip('"')
        for opening in openings
        if _description(entry, opening.field)[1] is Whose.PERSON
    }
    return {str(pk): name for pk, name in User.objects.filter(pk__in=numbers).values_list("pk", "name")}


def _description(entry: Entry, field: str) -> tuple[str, Whose]:
    """Return what a value is called and whose it is; of a verb that nobody declares, nobody's words."""
    verb = known().get(entry.verb)
    if verb is None:
        return _("ふせた値"), Whose.PERSON
    kept = verb.describes(field)
    return str(kept.label), kept.whose


def measures_about(collaboration: Collaboration, target: int) -> QuerySet[Measure]:
    """Return what was ever proposed about one entry, newest first, with who was for it. Costs two queries."""
    return (
        Measure.objects.filter(collaboration=collaboration, target=target)
        .select_related("proposed_by", "closed_by")
        .prefetch_related(Prefetch("assents", Assent.objects.order_by("id")))
        .order_by("-id")
    )


def proposals(entry: Entry, measures: Sequence[Measure]) -> list[Proposal]:
    """Return measures about one entry with their words. Costs two queries, however many there are."""
    words: dict[int, dict[str, str]] = {}
    numbers = [measure.proposed for measure in measures]
    kept = Opening.objects.filter(
        entry__case=entry.case, entry__number__in=numbers, field__in=("reason", "note")
    )
    for number, field, value in kept.values_list("entry__number", "field", "value"):
        words.setdefault(number, {})[field] = json.loads(value)
    called = names({party for measure in measures for party in measure.concerned})
    return [_proposal(entry, measure, words.get(measure.proposed, {}), called) for measure in measures]


def _proposal(
    entry: Entry, measure: Measure, words: dict[str, str], called: Mapping[int, PartyName]
) -> Proposal:
    given = frozenset(assent.party_id for assent in measure.assents.all())
    awaited = [party for party in measure.concerned if party not in given] if measure.is_open else []
    return Proposal(
        measure=measure,
        reason=words.get("reason", ""),
        note=words.get("note", ""),
        field=_description(entry, measure.field)[0] if measure.field else "",
        given=given,
        awaited=tuple(called[party].name for party in awaited if party in called),
    )


def correction_in(measure: Measure) -> str:
    """Return the words of a proposed correction; nothing when they were redacted. Costs one query."""
    kept = Opening.objects.filter(
        entry__case=f"{Collaboration._meta.label_lower}/{measure.collaboration_id}",
        entry__number=measure.proposed,
        field="note",
    )
    value = kept.values_list("value", flat=True).first()
    return json.loads(value) if value else ""


def measures_awaiting(collaborations: Collection[int], parties: Collection[int]) -> QuerySet[Measure]:
    """Return the open measures at these tables that one of `parties` has not answered, oldest first. One query."""
    answered = Assent.objects.filter(party__in=parties).values("measure")
    return (
        Measure.objects.filter(
            collaboration__in=collaborations,
            concerned__overlap=list(parties),
            settled__isnull=True,
            closed_at__isnull=True,
        )
        .exclude(pk__in=answered)
        .select_related("collaboration", "proposed_by")
        .order_by("id")
    )
