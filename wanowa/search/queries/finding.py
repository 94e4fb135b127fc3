"""Finding: the documents that answer a query and that the reader may open, how many, and of which kinds."""

import re
from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass, field, replace
from datetime import date

from django.db.models import Q
from django.utils.translation import gettext as _

from wanowa.kernel.actors import Actor
from wanowa.kernel.errors import Invalid
from wanowa.search.models import Document
from wanowa.search.queries import hits
from wanowa.search.queries.conditions import Sql, matches
from wanowa.search.queries.hits import FACETS, Counts, Place
from wanowa.search.queries.lexicon import lexicon, near_words, understood
from wanowa.search.queries.sources import is_desk, parties_of, sources
from wanowa.search.rules import Asked, asked, attempts

PAGE = 20
HIDDEN = 2000
"""Documents that are not public and that one reader may see: more than that are not looked through."""
_CURSOR = re.compile(r"(\d{1,9})\.(\d{1,7})\.(\d{1,18})", re.ASCII)


@dataclass(frozen=True, slots=True)
class Wanted:
    """What somebody asks: words as typed, and what the result is narrowed to."""

    q: str = ""
    kind: str = ""
    field: str = ""
    place: str = ""
    year: str = ""
    audience: str = ""

    @property
    def narrowed(self) -> dict[str, str]:
        """What is chosen, by the word in the address."""
        return {name: value for name in FACETS if (value := getattr(self, name))}


@dataclass(slots=True)
class Found:
    """One piece of a result: the query as it was understood, the documents, how many in all, counts, the next."""

    query: Asked
    documents: list[Document] = field(default_factory=list)
    total: int = 0
    many: bool = False
    """Whether there are more than `total`; `counts` are those of a sample then."""
    counts: Counts = field(default_factory=dict)
    after: str = ""


@dataclass(frozen=True, slots=True)
class Reader:
    """Who searches, and the documents that are not public and that she may open at this moment."""

    actor: Actor
    hidden: tuple[int, ...] = ()

    @property
    def sees(self) -> Sql:
        """The condition that a document is hers to see."""
        return Sql("(d.public OR d.id = ANY(%s))", [list(self.hidden)]) if self.hidden else Sql("d.public")


def reader_of(actor: Actor) -> Reader:
    """Return what somebody may find besides the public documents, as the apps say now, not as the index was told.

    No query for the public; else two or three, and what the apps' `may_be_seen` costs for each kind.
    """
    if actor.person is None:
        return Reader(actor)
    mine, desk = parties_of(actor.person), is_desk(actor.person)
    if not mine and not desk:
        return Reader(actor)
    for_her = Q(parties__overlap=list(mine))
    rows = (
        Document.objects.filter(public=False)
        .filter(for_her | Q(for_desk=True) if desk else for_her)
        .order_by("-day", "-id")
        .values_list("id", "kind", "key")[:HIDDEN]
    )
    return Reader(actor, tuple(sorted(_allowed(actor, rows))))


def _allowed(actor: Actor, rows: Iterable[tuple[int, str, str]]) -> set[int]:
    """Return the ids of those documents that their apps let the actor open. Costs what each kind's answer costs."""
    asked_for: defaultdict[str, dict[str, int]] = defaultdict(dict)
    for pk, kind, key in rows:
        asked_for[kind][key] = pk
    known = sources()
    return {
        keys[key]
        for kind, keys in asked_for.items()
        if kind in known
        for key in known[kind].may_be_seen(actor, keys) & keys.keys()
    }


def read(typed: str) -> Asked:
    """Return what was typed as it is understood. Costs two queries, none for nothing."""
    query = asked(typed)
    return understood(query, lexicon()) if query.terms else query


def find(wanted: Wanted, reader: Reader, after: str = "", size: int = PAGE) -> Found:
    """Return the piece of the result after `after`; where no document has all words, those with some of them.

    Costs two queries for the words, two for the result and a few more where it is large, one for the documents,
    and the apps' answers; one more for each attempt that finds nothing.
    """
    place = _placed(after)
    found = Found(Asked())
    for query in attempts(read(wanted.q)):
        found = _find(query, [reader.sees, *_narrowed(wanted)], reader.actor, place, size)
        if found.total:
            break
    return found


def _find(query: Asked, allowed: list[Sql], actor: Actor, after: Place | None, size: int) -> Found:
    total, seen = hits.measured(query, allowed)
    found = Found(query, total=min(total, hits.MANY), many=total > hits.MANY)
    if not total:
        return found
    if found.many:
        places = hits.best(query, allowed, after, size + 1, seen)
        found.counts = hits.sampled(query, allowed, seen)
    else:
        places, found.counts = hits.whole(query, allowed, after, size + 1)
    found.documents = shown([place.id for place in places[:size]], actor)
    found.after = "{}.{}.{}".format(*places[size - 1]) if len(places) > size else ""
    return found


def _narrowed(wanted: Wanted) -> list[Sql]:
    return [
        Sql(f"d.{FACETS[name]} = %s", [int(value) if name == "year" else value])
        if FACETS[name] in {"kind", "year"}
        else Sql(f"%s = ANY(d.{FACETS[name]})", [value])
        for name, value in wanted.narrowed.items()
    ]


def _placed(after: str) -> Place | None:
    """Return the place that an address names. Invalid for a strange one."""
    if not after:
        return None
    place = _CURSOR.fullmatch(after)
    if place is None or not 0 < int(place[2]) + 1 <= date.max.toordinal():
        raise Invalid(_("このページの続きが見つかりません。はじめから、さがしなおしてください。"))
    return Place(*map(int, place.groups()))


def shown(ids: Collection[int], actor: Actor) -> list[Document]:
    """Return documents in the order of `ids`, without those that their apps do not let the actor open now.

    Costs one query, and what each kind's `may_be_seen` costs.
    """
    if not ids:
        return []
    rows = Document.objects.defer("folded", "words", "index").in_bulk(ids)
    allowed = _allowed(actor, ((one.pk, one.kind, one.key) for one in rows.values()))
    return [rows[pk] for pk in ids if pk in allowed]


def keys_found(query: Asked, actor: Actor) -> set[tuple[str, str]]:
    """Return kind and key of everything that somebody finds, however many. For comparing with what she may open."""
    condition = Sql.joined([matches(query), reader_of(actor).sees], " AND ")
    statement = f"SELECT d.kind, d.key FROM search_document d WHERE {condition.text}"  # noqa: S608 - ours
    return set(hits.rows(Sql(statement, condition.parameters)))


def is_found(query: Asked, reader: Reader) -> bool:
    """Tell whether a reader finds anything for a query. Costs one query."""
    condition = Sql.joined([matches(query), reader.sees], " AND ")
    statement = f"SELECT EXISTS (SELECT FROM search_document d WHERE {condition.text})"  # noqa: S608 - ours
    return bool(hits.rows(Sql(statement, condition.parameters))[0][0])


def meant(query: Asked, reader: Reader) -> list[str]:
    """Return queries that may have been meant, each with a hit that the reader may see. Costs ≤ eight queries.

    The first term that is found nowhere is replaced by a near word of public documents.
    """
    for place, term in enumerate(query.terms):
        if is_found(Asked((term,)), reader):
            continue
        others = [
            replace(
                query,
                terms=(*query.terms[:place], replace(term, text=near, pieces=()), *query.terms[place + 1 :]),
            )
            for near in near_words(term.text)
        ]
        return [other.text for other in others if is_found(other, reader)]
    return []
