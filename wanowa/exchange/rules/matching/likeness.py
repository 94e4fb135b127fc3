"""How alike two texts are, by pieces of two characters; and the words that both of them hold."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from math import log

import regex

from wanowa.kernel.text import search_key

_RUNS = regex.compile(r"[\p{Han}々]+|[\p{Katakana}ー]+|\p{Latin}+")
_HEAVY = 2
"""Characters of a word that can be a reason."""


def words_in(text: str) -> tuple[str, ...]:
    """Return the runs of kanji, katakana or Latin letters of a text as written: what carries its meaning."""
    return tuple(dict.fromkeys(run for run in _RUNS.findall(text) if len(run) >= _HEAVY))


def pieces_of(text: str) -> Mapping[str, float]:
    """Return how often each piece of two characters stands in the runs of a text."""
    found: Counter[str] = Counter()
    for run in _RUNS.findall(text):
        key = search_key(run)
        found.update(key[at : at + 2] for at in range(len(key) - 1))
    return found


@dataclass(frozen=True)
class Rarity:
    """How much a piece, or a term, tells about a text: the rarer it is, the more."""

    texts: int
    holding: Mapping[str, int]

    def __call__(self, piece: str) -> float:
        """Return the weight; one that was never seen weighs most."""
        return log(1 + self.texts / (1 + self.holding.get(piece, 0)))


def rarity_of(texts: Iterable[Iterable[str]]) -> Rarity:
    """Return the weights for pieces as they stand in these texts."""
    count, holding = 0, Counter[str]()
    for pieces in texts:
        count += 1
        holding.update(set(pieces))
    return Rarity(count, holding)


def likeness(one: Mapping[str, float], other: Mapping[str, float]) -> float:
    """Return the cosine of two weighted sets, each of length 1: 0 nothing in common, 1 the same."""
    if len(other) < len(one):
        one, other = other, one
    return sum(weight * other[piece] for piece, weight in one.items() if piece in other)


def unit(pieces: Mapping[str, float], weigh: Rarity) -> Mapping[str, float]:
    """Return the pieces weighted by their rarity, of length 1; nothing stays nothing."""
    weighted = {piece: count * weigh(piece) for piece, count in pieces.items()}
    length = sum(weight * weight for weight in weighted.values()) ** 0.5
    return {piece: weight / length for piece, weight in weighted.items()} if length else {}
