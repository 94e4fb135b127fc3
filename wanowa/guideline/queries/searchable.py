"""What the search finds of the guideline: our page about each word, and each section of the text in force."""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import fields, is_dataclass
from typing import Any

from django.db.models import TextChoices
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from wanowa.guideline.models import Edition, Section
from wanowa.guideline.queries.packs import pack
from wanowa.guideline.queries.policy import newest_edition, word_page
from wanowa.guideline.rules import (
    AREA_GUIDES,
    AREAS,
    FORM_GUIDES,
    FORMS,
    KIND_GUIDES,
    KINDS,
    OWNERSHIPS,
    POLICIES,
    PRINCIPLE_GUIDES,
    PRINCIPLES,
    RESOURCES,
    Word,
)
from wanowa.kernel.actors import Actor
from wanowa.search.queries import Readable, Source
from wanowa.search.rules import Lexicon

_TOLD: tuple[Mapping[Any, object], ...] = (
    *(PRINCIPLES, PRINCIPLE_GUIDES, KINDS, KIND_GUIDES, AREAS, AREA_GUIDES),
    *(FORMS, FORM_GUIDES, OWNERSHIPS),
)
_OVERVIEW, _NAVIGATOR = "overview", "navigator"


def lexicon() -> Lexicon:
    """Return the words of the city's pack. No query."""
    return pack().lexicon


def pages() -> Source:
    """Return our own pages about the guideline as documents."""
    return Source(
        "guideline",
        gettext_lazy("協働の手引き"),
        _page_keys,
        _pages,
        lambda case: (),
        lambda actor, keys: set(keys) & _all_pages().keys(),
        standing=True,
    )


def policy() -> Source:
    """Return the sections of the newest edition as documents."""
    return Source("policy", gettext_lazy("指針の本文"), _section_keys, _sections, _touched, _sections_seen)


def _words() -> dict[str, Word]:
    words: dict[Word, None] = {}
    for facts in _TOLD:
        words |= dict.fromkeys(facts)
    return {f"{type(word).__name__.lower()}/{word.value}": word for word in words}


def _all_pages() -> dict[str, Word | None]:
    return {_OVERVIEW: None, _NAVIGATOR: None, **_words()}


def _page_keys(after: str, limit: int) -> list[str]:
    """No query."""
    return [key for key in sorted(_all_pages()) if key > after][:limit]


def _pages(keys: Sequence[str]) -> Iterator[Readable]:
    """No query."""
    known = _words()
    for key in keys:
        if key == _OVERVIEW:
            told = [*map(_sentences, POLICIES.values()), *map(_sentences, RESOURCES.values())]
            labels = [str(word.label) for word in known.values()]
            yield Readable(key, _("協働とは"), "\n".join((*labels, *told)), reverse("guideline:overview"))
        elif key == _NAVIGATOR:
            body = _("質問に答えると、取組に合う協働の形と活動領域がわかります。")
            yield Readable(key, _("形態ナビ"), body, reverse("guideline:navigator"))
        elif key in known:
            word = known[key]
            body = "\n".join(_sentences(facts[word]) for facts in _TOLD if word in facts)
            yield Readable(key, str(word.label), body, word_page(word))


def _sentences(told: object) -> str:
    """Return every sentence in facts or a guide, a line each. Addresses, clauses and keys are left out."""
    return "\n".join(_each_sentence(told))


def _each_sentence(told: object) -> Iterator[str]:
    if isinstance(told, TextChoices):
        return
    if isinstance(told, Promise):
        yield str(told)
    elif isinstance(told, Mapping):
        for value in told.values():
            yield from _each_sentence(value)
    elif isinstance(told, tuple):
        for value in told:
            yield from _each_sentence(value)
    elif is_dataclass(told):
        for field in fields(told):
            yield from _each_sentence(getattr(told, field.name))


def _section_keys(after: str, limit: int) -> list[str]:
    """Costs two queries."""
    found = Section.objects.filter(edition=newest_edition(), slug__gt=after).order_by("slug")
    return list(found.values_list("slug", flat=True)[:limit])


def _sections(keys: Sequence[str]) -> Iterator[Readable]:
    """Costs two queries."""
    newest = newest_edition()
    if newest is None:
        return
    for one in Section.objects.filter(edition=newest, slug__in=keys).order_by("position"):
        yield Readable(
            key=one.slug,
            title=one.heading or one.title or newest.label,
            body=one.text,
            address=f"{reverse('guideline:text')}#{one.slug}",
            day=newest.adopted_on,
        )


def _touched(case: str) -> Iterable[str]:
    """Costs one query for an edition: sections of all editions, so that what is gone goes."""
    if case.partition("/")[0] != Edition._meta.label_lower:
        return []
    return Section.objects.order_by("slug").values_list("slug", flat=True).distinct()


def _sections_seen(actor: Actor, keys: Collection[str]) -> set[str]:
    """Tell which sections stand in the newest edition, which is for everybody. Costs two queries."""
    found = Section.objects.filter(edition=newest_edition(), slug__in=keys)
    return set(found.values_list("slug", flat=True))
