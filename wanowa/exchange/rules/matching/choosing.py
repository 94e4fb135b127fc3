"""Which terms are put before somebody to choose from: what the title, the text and typed words may mean."""

import re
from collections.abc import Collection, Iterable
from dataclasses import dataclass

from wanowa.exchange.rules.matching.terms import Taxonomy, Term
from wanowa.kernel.text import search_key

MOST_OFFERED = 12
"""Terms that are put before somebody at once; those already chosen come first."""
MOST_NEAR = 4
"""Terms that are offered for a typed word which none of them is called by."""

_BETWEEN = re.compile(r"[、，,・/／\s]+")


@dataclass(frozen=True, slots=True)
class Choice:
    """The terms that are offered, those of them that are chosen, and the typed words that mean none."""

    offered: tuple[Term, ...]
    chosen: frozenset[str]
    unknown: tuple[str, ...] = ()


def meant(taxonomy: Taxonomy, typed: str) -> tuple[list[str], list[tuple[str, list[str]]]]:
    """Return the terms that typed words are names of, and each other word with the terms that hold it."""
    named: list[str] = []
    others: list[tuple[str, list[str]]] = []
    for word in filter(None, _BETWEEN.split(typed)):
        if found := taxonomy.found_in(word):
            named += _in_order(taxonomy, found)
        else:
            others.append((word, _holding(taxonomy, word)))
    return list(dict.fromkeys(named)), others


def _in_order(taxonomy: Taxonomy, keys: Collection[str]) -> list[str]:
    return [key for key in taxonomy.terms if key in keys]


def _holding(taxonomy: Taxonomy, word: str) -> list[str]:
    wanted = search_key(word)
    if not wanted:
        return []
    holding = (
        key
        for key, term in taxonomy.terms.items()
        if any(wanted in search_key(one) for one in (*term.said, term.plain))
    )
    return list(holding)[:MOST_NEAR]


def proposed(
    taxonomy: Taxonomy,
    *,
    title: str,
    text: str,
    typed: str = "",
    kept: Iterable[str] = (),
    shown: Collection[str] | None = (),
    also: Iterable[str] = (),
) -> Choice:
    """Return what to choose from. Newly read terms are chosen until somebody takes them away.

    `kept` are chosen already; `shown` were offered before, so they stay as somebody left them (None: all of them);
    `also` are offered too.
    """
    named, others = meant(taxonomy, typed)
    read = [*_in_order(taxonomy, taxonomy.found_in(title)), *named]
    read += _in_order(taxonomy, taxonomy.found_in(text))
    near = [key for _word, keys in others for key in keys]
    chosen = [key for key in kept if key in taxonomy.terms]
    more = [key for key in also if key in taxonomy.terms]
    offered = list(dict.fromkeys([*chosen, *more, *read, *near]))[: max(MOST_OFFERED, len(chosen))]
    fresh = set() if shown is None else set(read) - set(shown)
    return Choice(
        tuple(taxonomy.terms[key] for key in offered),
        frozenset(offered) & (set(chosen) | fresh),
        tuple(word for word, keys in others if not keys),
    )
