"""The guideline's text as it is loaded: its editions, and the address of every clause.

A web process remembers where the newest edition has which section, until the record says that guideline moved.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from wanowa.guideline.models import Edition, Section
from wanowa.guideline.rules import (
    POLICIES,
    RESOURCES,
    Area,
    Form,
    Kind,
    Ownership,
    Principle,
    Resource,
    Word,
    words_at,
)
from wanowa.guideline.rules.text import Changed, Compared, Place, compared, place_of
from wanowa.kernel.errors import Sentence
from wanowa.record.queries import clock

_PAGES: Mapping[type, str] = {
    Area: "guideline:area",
    Form: "guideline:form",
    Kind: "guideline:kind",
    Ownership: "guideline:ownership",
    Principle: "guideline:principle",
}

_PARTS: Mapping[str, tuple[Sentence, str]] = {
    "Ⅱ-1": (_("協働とは"), ""),
    "Ⅱ-2": (_("6つの原則"), "#principles"),
    RESOURCES[Resource.PEOPLE].clause: (_("5つの資源"), "#resources"),
    "Ⅳ-1": (_("4つの方針"), "#policies"),
    **{facts.clause: (facts.key.label, "#policies") for facts in POLICIES.values()},
}
"""Clauses that a part of the overview explains."""


@dataclass(frozen=True, slots=True)
class Source:
    """Where the guideline says something: the clause, and the address and heading of its section once loaded."""

    clause: str
    href: str = ""
    heading: str = ""


def newest_edition() -> Edition | None:
    """Return the edition that counts, or None before the first is loaded. Costs one query."""
    return Edition.objects.order_by("-number").first()


def editions() -> QuerySet[Edition]:
    """Return all editions, newest first. Costs one query."""
    return Edition.objects.order_by("-number")


def sections_of(edition: Edition) -> QuerySet[Section]:
    """Return the sections of an edition in order. Costs one query."""
    return Section.objects.filter(edition=edition).order_by("position")


def changes_between(old: Edition, new: Edition) -> list[Changed]:
    """Return the sections that read otherwise in `new`. Costs two queries."""
    before, after = (
        [Compared(one.slug, one.level, one.heading, one.title, one.text) for one in sections_of(edition)]
        for edition in (old, new)
    )
    return compared(before, after)


def clause_href(clause: str) -> str:
    """Return the address at which a reader finds `clause` (Ⅱ-2(6)): its section, else our page about it.

    A clause that the loaded text does not have leads to what stands above it. Costs no query while a web process
    remembers the headings, else one. ValueError for a clause that is none.
    """
    return source_of(clause).href or word_href(clause)


def source_of(clause: str) -> Source:
    """Return the section that holds `clause`, with its heading; without address while no text is loaded.

    Costs the same as `clause_href`.
    """
    return sources_of(clause)[0]


def sources_of(*clauses: str) -> list[Source]:
    """Return the section that holds each of `clauses`. Costs together what one of them costs."""
    headings = _headings()
    return [_source(clause, headings) for clause in clauses]


def _source(clause: str, headings: Mapping[str, str]) -> Source:
    place: Place | None = place_of(clause)
    while place is not None:
        if (heading := headings.get(place.slug)) is not None:
            return Source(clause, f"{reverse('guideline:text')}#{place.slug}", heading)
        place = place.above
    return Source(clause)


def word_href(clause: str) -> str:
    """Return our own page about `clause` in plain words; the overview when there is none. Costs no query."""
    words = words_at(clause)
    return word_page(words[0]) if len(words) == 1 else reverse("guideline:overview")


def word_page(word: Word) -> str:
    """Return the address of the page of `word`. Costs no query."""
    return reverse(_PAGES[type(word)], args=[word.value])


def explained_at(clause: str) -> list[tuple[str, str]]:
    """Return (label, address) of our pages that explain `clause` in plain words. Costs no query."""
    if words := words_at(clause):
        return [(str(word.label), word_page(word)) for word in words]
    part = _PARTS.get(clause)
    return [] if part is None else [(str(part[0]), f"{reverse('guideline:overview')}{part[1]}")]


def _headings() -> Mapping[str, str]:
    """Return the headings of the newest edition by slug."""
    moment = clock.moment(["guideline"])
    return _read() if moment is None else _read_at(moment)


@lru_cache(maxsize=4)
def _read_at(moment: str) -> Mapping[str, str]:
    """Return the headings at one moment of the record."""
    return _read()


def _read() -> Mapping[str, str]:
    newest = Edition.objects.order_by("-number").values("pk")[:1]
    return dict(Section.objects.filter(edition__in=newest).values_list("slug", "heading"))
