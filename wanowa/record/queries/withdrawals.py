"""What was done about entries: hidden, redacted, corrected; and what the record keeps back about a person."""

import json
from collections.abc import Collection, Iterable, Sequence
from typing import Final, NamedTuple

from django.db.models import Q, QuerySet

from wanowa.record.models import Entry, Opening
from wanowa.record.rules import ABOUT_ENTRIES, CORRECTED, HIDDEN, REDACTED, Ground, canonical
from wanowa.record.verbs import ACTOR, Whose, known


class Correction(NamedTuple):
    """A correction beside an entry: the number of its own entry, and its words as long as they are kept."""

    number: int
    note: str


class Withdrawn(NamedTuple):
    """What was done about one entry."""

    hidden: str = ""
    """The ground, in words, for which the entry is hidden; nothing when it is not."""
    redacted: tuple[tuple[str, str], ...] = ()
    """The fields that were redacted, each with its ground in words."""
    corrections: tuple[Correction, ...] = ()


NOTHING: Final = Withdrawn()


def withdrawn(entries: Sequence[Entry]) -> dict[int, Withdrawn]:
    """Return what was done about each entry, by its id; entries about which nothing was done are left out.

    Costs one query, and two more when there are corrections.
    """
    numbers = {(entry.case, entry.number): entry.pk for entry in entries}
    about = _about(numbers, ABOUT_ENTRIES)
    corrections = {(told.case, told.number): told for told in about if told.verb == CORRECTED}
    silent = {(told.case, told.facts["target"]) for told in _about(corrections, (HIDDEN,))}
    notes = _notes(told.pk for told in corrections.values())
    found: dict[int, Withdrawn] = {}
    for told in about:
        pk = numbers[told.case, told.facts["target"]]
        before = found.get(pk, NOTHING)
        if told.verb == HIDDEN:
            found[pk] = before._replace(hidden=_ground(told))
        elif told.verb == REDACTED:
            redacted = (str(told.facts["field"]), _ground(told))
            found[pk] = before._replace(redacted=(*before.redacted, redacted))
        elif (told.case, told.number) not in silent:
            correction = Correction(told.number, notes.get(told.pk, ""))
            found[pk] = before._replace(corrections=(*before.corrections, correction))
    return found


def _about(numbers: Collection[tuple[str, int]], verbs: Collection[str]) -> list[Entry]:
    """Return the entries with one of `verbs` about the entries (case, number), in order. No query for no numbers."""
    if not numbers:
        return []
    found = Entry.objects.filter(
        case__in={case for case, _number in numbers},
        verb__in=verbs,
        facts__target__in=list({number for _case, number in numbers}),
    )
    return [told for told in found.order_by("id") if (told.case, told.facts["target"]) in numbers]


def _notes(entries: Iterable[int]) -> dict[int, str]:
    """Return the words of corrections, by the id of their entry, as far as they are kept."""
    wanted = list(entries)
    kept = (
        Opening.objects.filter(entry__in=wanted, field="note", public=True)
        if wanted
        else Opening.objects.none()
    )
    return {entry: json.loads(value) for entry, value in kept.values_list("entry_id", "value")}


def _ground(told: Entry) -> str:
    return str(Ground(told.facts["ground"]).label)


def values_of(person: int, addresses: Iterable[str] = ()) -> QuerySet[Opening]:
    """Return what the record keeps back about a person: her number, her addresses, and the words of her own acts.

    Costs two queries at once: with the numbers in hand the database reads these values and no others.
    """
    kept = Opening.objects.order_by()
    acted = kept.filter(field=ACTOR, value=canonical(person).decode())
    persons, owned = _fields(Whose.PERSON), _fields(Whose.ADDRESS)
    number, mails = canonical(str(person)).decode(), [canonical(address).decode() for address in addresses]
    named = kept.filter(
        Q(value=number) & _among(persons) | Q(value__in=mails) & _among(owned), value__in=[number, *mails]
    )
    of_others = _among([*persons, *owned])
    entries, values = (list(acted.values_list("entry", flat=True)), list(named.values_list("pk", flat=True)))
    return Opening.objects.filter(Q(entry__in=entries) & ~of_others | Q(pk__in=values))


def _fields(whose: Whose) -> list[tuple[str, str]]:
    """Return the fields (verb, name) whose values belong to somebody in this way."""
    described = (
        (verb.name, name, kept) for verb in known().values() for name, kept in verb.kept_back.items()
    )
    return [(verb, name) for verb, name, kept in described if kept.whose is whose]


def _among(fields: Iterable[tuple[str, str]]) -> Q:
    """Return the condition that an opening is one of these fields of these verbs."""
    found = Q(pk__in=[])
    for verb, field in fields:
        found |= Q(entry__verb=verb, field=field)
    return found


def entries_about(person: int, addresses: Iterable[str] = ()) -> QuerySet[Entry]:
    """Return the entries that keep something back about a person, newest first. Costs two queries at once."""
    return Entry.objects.filter(pk__in=values_of(person, addresses).values("entry")).order_by("-id")
