"""Finding: the documents that answer a query and that the reader may open, how many, and of which kinds."""

import json
import re
from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any

from django.db import connection
from django.db.models import Q
from django.utils.translation import gettext as _

from wanowa.kernel.actors import Actor
from wanowa.kernel.errors import Invalid
from wanowa.search.models import Document
from wanowa.search.queries.conditions import Sql, by_words, exactly, in_titles, matches, pieces, score
from wanowa.search.queries.lexicon import lexicon, near_words, understood
from wanowa.search.queries.sources import is_desk, parties_of, sources
from wanowa.search.rules import Asked, asked, loosened

PAGE = 20
MANY = 1000
"""Documents up to which a result is counted and put in order whole."""
HIDDEN = 2000
"""Documents that are not public and that one reader may see: more than that are not looked through."""
_CURSOR = re.compile(r"(\d{1,9})\.(\d{1,7})\.(\d{1,18})", re.ASCII)
FACETS = {"kind": "kind", "field": "fields", "place": "places", "year": "year", "audience": "audiences"}
"""By what a result is narrowed: the word in the address, and the column."""


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
    """Whether there are more: then the newest of the best are counted and put in order."""
    counts: dict[str, dict[str, int]] = field(default_factory=dict)
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

    Costs two queries for the words, one or two for the result, one for the documents, and the apps' answers.
    """
    query = read(wanted.q)
    found = _find(query, wanted, reader, after, size)
    words = sum(len(term.pieces) or 1 for term in query.terms)
    if found.total == 0 and words > 1:
        found = _find(loosened(query), wanted, reader, after, size)
    return found


def _find(query: Asked, wanted: Wanted, reader: Reader, after: str, size: int) -> Found:
    beyond, limits = _beyond(after)
    hits, many = _hits(query, [reader.sees, *_narrowed(wanted)])
    groups = "".join(
        f" UNION ALL SELECT '{name}', value::text, count(*) FROM hits{_each(column)} GROUP BY 2"  # noqa: S608 - ours
        for name, column in FACETS.items()
    )
    following = (
        f"SELECT id, day, score FROM hits {beyond}"  # noqa: S608 - ours
        f" ORDER BY score DESC, day DESC, id DESC LIMIT {size + 1}"
    )
    statement = (
        f"WITH hits AS MATERIALIZED ({hits.text}) SELECT 'total', '', count(*) FROM hits{groups}"  # noqa: S608 - ours
        " UNION ALL SELECT 'row', score || '.' || (day - date '0001-01-01') || '.' || id, id"
        f" FROM ({following}) AS best"
    )
    found = Found(query, counts={name: {} for name in FACETS})
    rows = []
    for what, value, number in _rows(Sql(statement, [*hits.parameters, *limits])):
        if what == "total":
            found.total, found.many = number, many and number >= MANY
        elif what == "row":
            rows.append((tuple(map(int, value.split("."))), value))
        elif value is not None:
            found.counts[what][value] = number
    rows.sort(reverse=True)
    found.documents = shown([place[2] for place, _text in rows[:size]], reader.actor)
    found.after = rows[size - 1][1] if len(rows) > size else ""
    return found


def _rows(statement: Sql) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(statement.text, statement.parameters)
        return list(cursor.fetchall())


def _hits(query: Asked, allowed: list[Sql]) -> tuple[Sql, bool]:
    """Return the statement that gives the hits with their score; True when there are so many that it stops early.

    What hits a good part of everything is answered by going back in time until enough are found: reading texts
    from the newest on is then cheaper than collecting all of them. Whatever has the words in its title, or has
    them as words, is looked for first. Costs one query, then two more.
    """
    everything = [pieces(query)] if query.terms else []
    if not _are_many(*everything, *allowed):
        return _collected(query, [matches(query), *allowed]), False
    ways: list[tuple[Sql, Sql]] = []
    if query.terms and not query.loose:
        ways.append(in_titles(query))
        if words := by_words(query):
            ways.append(words)
    parts = [_recent(query, [exactly(query), *allowed])]
    for rough, exact in ways:
        if _are_many(rough, *allowed):
            parts.append(_recent(query, [exact, exactly(query), *allowed]))
        else:
            parts.append(_collected(query, [rough, exact, exactly(query), *allowed]))
    union = Sql.joined(parts, ") UNION ALL (")
    statement = f"SELECT DISTINCT ON (id) * FROM ({union.text}) AS some_way"  # noqa: S608 - ours
    return Sql(statement, union.parameters), True


def _are_many(*conditions: Sql) -> bool:
    """Tell whether the database expects more hits than are put in order whole. It counts nothing; one query."""
    condition = Sql.joined(conditions, " AND ")
    statement = f"EXPLAIN (FORMAT JSON) SELECT FROM search_document d WHERE {condition.text}"
    [(plan,)] = _rows(Sql(statement, condition.parameters))
    told = json.loads(plan) if isinstance(plan, str) else plan
    return int(told[0]["Plan"]["Plan Rows"]) > MANY


def _collected(query: Asked, conditions: list[Sql]) -> Sql:
    """Return the statement for all hits of some conditions."""
    worth, condition = score(query), Sql.joined(conditions, " AND ")
    statement = (
        f"SELECT d.id, d.day, d.kind, d.fields, d.places, d.year, d.audiences, {worth.text} AS score"  # noqa: S608 - ours
        f" FROM search_document d WHERE {condition.text}"
    )
    return Sql(statement, [*worth.parameters, *condition.parameters])


def _recent(query: Asked, conditions: list[Sql]) -> Sql:
    """Return the statement for the newest hits of conditions that need no index."""
    every = _collected(query, conditions)
    return Sql(f"{every.text} ORDER BY d.day DESC, d.id DESC LIMIT {MANY}", every.parameters)


def _each(column: str) -> str:
    if column in {"kind", "year"}:
        return f", LATERAL (SELECT {column} AS value) AS one"
    return f", unnest({column}) AS value"


def _narrowed(wanted: Wanted) -> list[Sql]:
    return [
        Sql(f"d.{FACETS[name]} = %s", [int(value) if name == "year" else value])
        if FACETS[name] in {"kind", "year"}
        else Sql(f"%s = ANY(d.{FACETS[name]})", [value])
        for name, value in wanted.narrowed.items()
    ]


def _beyond(after: str) -> tuple[str, list[object]]:
    """Return the condition for what comes after a cursor. Invalid for a strange one."""
    if not after:
        return "", []
    place = _CURSOR.fullmatch(after)
    if place is None or not 0 < int(place[2]) + 1 <= date.max.toordinal():
        raise Invalid(_("このページの続きが見つかりません。はじめから、さがしなおしてください。"))
    day = date.fromordinal(int(place[2]) + 1)
    return "WHERE (score, day, id) < (%s, %s, %s)", [int(place[1]), day, int(place[3])]


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
    return set(_rows(Sql(statement, condition.parameters)))


def is_found(query: Asked, reader: Reader) -> bool:
    """Tell whether a reader finds anything for a query. Costs one query."""
    condition = Sql.joined([matches(query), reader.sees], " AND ")
    statement = f"SELECT EXISTS (SELECT FROM search_document d WHERE {condition.text})"  # noqa: S608 - ours
    return bool(_rows(Sql(statement, condition.parameters))[0][0])


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
