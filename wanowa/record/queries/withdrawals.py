"""What was done about entries: hidden, redacted, corrected; and what the record keeps back about a person."""

import json
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, NamedTuple

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Exists, Func, JSONField, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import JSONObject

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


def with_withdrawals(entries: QuerySet[Entry]) -> QuerySet[Entry]:
    """Return the same entries with what was done about each, read along in the same query."""
    return entries.annotate(told=_told())


def withdrawn(entries: Sequence[Entry]) -> dict[int, Withdrawn]:
    """Return what was done about each entry, by its id. No query for entries read `with_withdrawals`, else one."""
    if all(hasattr(entry, "told") for entry in entries):
        return {entry.pk: _read(entry.told) for entry in entries}  # type: ignore[attr-defined]  # annotated
    found = Entry.objects.filter(pk__in=[entry.pk for entry in entries]).annotate(told=_told())
    return {pk: _read(told) for pk, told in found.values_list("pk", "told")}


def _target() -> Func:
    return Func(OuterRef("number"), function="to_jsonb", output_field=JSONField())


def _told() -> ArraySubquery:
    """Return the entries about the entry of the outer query. Hidden corrections say nothing more."""
    about = Entry.objects.filter(case=OuterRef("case"), verb__in=ABOUT_ENTRIES, facts__target=_target())
    hidden = Entry.objects.filter(case=OuterRef("case"), verb=HIDDEN, facts__target=_target())
    note = Opening.objects.filter(entry=OuterRef("pk"), field="note", public=True).values("value")
    return ArraySubquery(
        about.filter(~Exists(hidden))
        .order_by("number")
        .values(told=JSONObject(verb="verb", number="number", facts="facts", note=Subquery(note)))
    )


def _read(told: Sequence[Mapping[str, Any]]) -> Withdrawn:
    hidden, redacted, corrections = "", [], []
    for one in told:
        facts = one["facts"]
        if one["verb"] == HIDDEN:
            hidden = _ground(facts)
        elif one["verb"] == REDACTED:
            redacted.append((str(facts["field"]), _ground(facts)))
        elif one["verb"] == CORRECTED:
            corrections.append(Correction(one["number"], json.loads(one["note"]) if one["note"] else ""))
    return Withdrawn(hidden, tuple(redacted), tuple(corrections))


def _ground(facts: Mapping[str, Any]) -> str:
    return str(Ground(facts["ground"]).label)


def values_of(person: int, addresses: Iterable[str] = ()) -> QuerySet[Opening]:
    """Return what the record keeps back about a person: her number, her addresses, and the words of her own acts."""
    number = canonical(str(person)).decode()
    mails = [canonical(address).decode() for address in addresses]
    kept = Opening.objects.order_by()
    acted = kept.filter(field=ACTOR, value=canonical(person).decode())
    persons, owned = _fields(Whose.PERSON), _fields(Whose.ADDRESS)
    parts = (
        kept.filter(_among(persons), value=number),
        kept.filter(_among(owned), value__in=mails),
        kept.filter(entry__in=acted.values("entry")).exclude(_among([*persons, *owned])),
    )
    # Not one condition with OR: that would read every value there is.
    return Opening.objects.filter(pk__in=acted.values("pk").union(*(part.values("pk") for part in parts)))


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
    """Return the entries that keep something back about a person, newest first, with what was done about them."""
    kept = values_of(person, addresses).values("entry")
    return with_withdrawals(Entry.objects.filter(pk__in=kept)).order_by("-id")
