"""The hits of a query: how many there are, which of them come first, and by what they can be narrowed."""

from collections.abc import Sequence
from datetime import date, timedelta
from itertools import pairwise
from typing import Any, NamedTuple

from django.db import connection

from wanowa.search.queries.conditions import (
    Case,
    Sql,
    by_index,
    exactly,
    in_sample,
    matches,
    rough,
    score,
    tiers,
)
from wanowa.search.rules import SAMPLES, Asked

MANY = 1000
"""Hits up to which all are counted and put in order; beyond, there are so many “or more”."""
SAMPLE = 400
"""Hits that are enough to show by what very many can be narrowed."""
SURE = 50
"""Hits among one in 64 documents from which on there are more than MANY: by chance, not once in 10¹¹ times."""
OFTEN = 80
"""The same, from which on it is quicker to read back from the newest text than to collect all hits of a tier."""
FACETS = {"kind": "kind", "field": "fields", "place": "places", "year": "year", "audience": "audiences"}
"""By what a result is narrowed: the word in the address, and the column."""
_BEGINNING = date(1, 1, 1)

type Counts = dict[str, dict[str, int]]
"""For each way to narrow: how many hits each value has."""


class Place(NamedTuple):
    """Where a hit stands among the others: the higher the sooner."""

    score: int
    day: int
    """Days after the first of January of the year 1."""
    id: int


class Size(NamedTuple):
    """How many hits there are, one more than MANY at most; how many among one in 64 documents, SAMPLE at most."""

    total: int
    seen: int


def rows(statement: Sql) -> list[tuple[Any, ...]]:
    """Return what the database answers. Costs one query."""
    with connection.cursor() as cursor:
        cursor.execute(statement.text, statement.parameters)
        return list(cursor.fetchall())


def measured(query: Asked, allowed: Sequence[Sql]) -> Size:
    """Return how many hits there are. They are counted only where the sample leaves it open. Costs one query."""
    seen = _seen(rough(query), [exactly(query)] if query.terms else [], allowed)
    total = _counting([matches(query), *allowed], MANY + 1)
    statement = (
        f"WITH sample AS MATERIALIZED ({seen.text})"  # noqa: S608 - ours
        f" SELECT CASE WHEN count >= %s THEN %s ELSE ({total.text}) END, count FROM sample"
    )
    [size] = rows(Sql(statement, [*seen.parameters, SURE, MANY + 1, *total.parameters]))
    return Size(*size)


def _seen(wanted: str, exact: Sequence[Sql], allowed: Sequence[Sql]) -> Sql:
    """Return the statement that counts hits among one in 64 documents, SAMPLE at most.

    The planner cannot tell: it takes the pieces of one word for chances that have nothing to do with each other.
    """
    return _counting([by_index(in_sample(wanted, SAMPLES[1]), *exact), *allowed], SAMPLE)


def _counting(conditions: Sequence[Sql], most: int) -> Sql:
    condition = Sql.joined(conditions, " AND ")
    statement = f"SELECT count(*) FROM (SELECT FROM search_document d WHERE {condition.text} LIMIT %s) AS hit"  # noqa: S608 - ours
    return Sql(statement, [*condition.parameters, most])


def whole(query: Asked, allowed: Sequence[Sql], after: Place | None, size: int) -> tuple[list[Place], Counts]:
    """Return the next places after one, and the counts of all hits. For up to MANY of them. Costs one query."""
    worth, condition = score(query), Sql.joined([matches(query), *allowed], " AND ")
    hits = (
        f"SELECT d.id, d.day, d.kind, d.fields, d.places, d.year, d.audiences, {worth.text} AS score"  # noqa: S608 - ours
        f" FROM search_document d WHERE {condition.text}"
    )
    beyond = Sql("WHERE (score, day, id) < (%s, %s, %s)", _bounds(after)) if after else Sql("")
    best = f"SELECT id, day, score FROM hits {beyond.text} ORDER BY score DESC, day DESC, id DESC LIMIT %s"  # noqa: S608 - ours
    place = "'hit', score || '.' || (day - date '0001-01-01') || '.' || id, 0"
    parameters = [*worth.parameters, *condition.parameters, *beyond.parameters, size]
    statement = (
        f"WITH hits AS MATERIALIZED ({hits}) {_grouped()} UNION ALL SELECT {place} FROM ({best}) AS best"  # noqa: S608 - ours
    )
    answer = rows(Sql(statement, parameters))
    places = [Place(*map(int, value.split("."))) for what, value, _number in answer if what == "hit"]
    return sorted(places, reverse=True), _counts(answer)


def best(query: Asked, allowed: Sequence[Sql], after: Place | None, size: int, seen: int) -> list[Place]:
    """Return the next places after one, however many hits there are.

    Costs a query for each tier until there are enough places; where there are so many, one more for each.
    """
    if not query.terms:
        everything = Case("", Sql("TRUE"), 0)
        return _of_tier(everything, None, allowed, after, size, often=True)
    found: list[Place] = []
    for better, tier in pairwise([None, *tiers(query)]):
        if tier is None or (after and tier.worth > after.score):
            continue
        often = seen >= OFTEN and rows(_seen(tier.rough, [], allowed))[0][0] >= OFTEN
        found += _of_tier(tier, better, allowed, after, size - len(found), often=often)
        if len(found) >= size:
            break
    return found


def _of_tier(
    tier: Case, better: Case | None, allowed: Sequence[Sql], after: Place | None, size: int, *, often: bool
) -> list[Place]:
    """Return the newest hits of a tier that are in no better one."""
    only = [tier.exact, *([Sql(f"NOT {better.exact.text}", better.exact.parameters)] if better else [])]
    condition = Sql.joined(only, " AND ")
    if often:
        # The planner would think a condition on texts so seldom true that it would rather sort all documents by day.
        condition = Sql(f"CASE WHEN {condition.text} THEN TRUE ELSE FALSE END", condition.parameters)
    else:
        condition = by_index(tier.rough, condition)
    beyond = []
    if after and after.score == tier.worth:
        beyond = [Sql("(d.day, d.id) < (%s, %s)", _bounds(after)[1:])]
    condition = Sql.joined([condition, *allowed, *beyond], " AND ")
    statement = (
        f"SELECT d.day, d.id FROM search_document d WHERE {condition.text}"  # noqa: S608 - ours
        " ORDER BY d.day DESC, d.id DESC LIMIT %s"
    )
    answer = rows(Sql(statement, [*condition.parameters, size]))
    return [Place(tier.worth, (day - _BEGINNING).days, pk) for day, pk in answer]


def sampled(query: Asked, allowed: Sequence[Sql], seen: int) -> Counts:
    """Return the counts of a fair sample of very many hits: which values are frequent. Costs one query."""
    wanted, exact = rough(query), [exactly(query)] if query.terms else []
    one_in = SAMPLES[0] if seen < SURE else SAMPLES[1] if seen < SAMPLE else SAMPLES[2]
    condition = Sql.joined([by_index(in_sample(wanted, one_in), *exact), *allowed], " AND ")
    hits = f"SELECT d.kind, d.fields, d.places, d.year, d.audiences FROM search_document d WHERE {condition.text}"  # noqa: S608 - ours
    statement = f"WITH hits AS MATERIALIZED ({hits} LIMIT %s) {_grouped()}"
    return _counts(rows(Sql(statement, [*condition.parameters, MANY])))


def _grouped() -> str:
    """Return the statement that counts `hits` by everything that they can be narrowed to."""
    return " UNION ALL ".join(
        f"SELECT '{name}', value::text, count(*)"  # noqa: S608 - ours
        f" FROM (SELECT {column if column in {'kind', 'year'} else f'unnest({column})'} AS value FROM hits) AS each"
        " GROUP BY 2"
        for name, column in FACETS.items()
    )


def _counts(answer: list[tuple[Any, ...]]) -> Counts:
    counts: Counts = {name: {} for name in FACETS}
    for what, value, number in answer:
        if what in counts and value is not None:
            counts[what][value] = number
    return counts


def _bounds(place: Place) -> list[object]:
    return [place.score, _BEGINNING + timedelta(days=place.day), place.id]
