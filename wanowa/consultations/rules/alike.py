"""Which cases may be about the same thing, told from keyed prints of their words, never from the words."""

from collections.abc import Callable, Iterable

from wanowa.kernel.text import search_key

KEPT = 64
"""Prints kept of one text: the smallest, so that texts of any length compare alike (MinHash, bottom-k)."""
ALIKE = 0.35
"""The share of common prints from which a case is hinted at."""
_FEWEST = 6
"""Pairs of letters below which a text says too little to compare."""


def pairs(text: str) -> frozenset[str]:
    """Return every pair of neighbouring letters of a text, folded as the search folds them."""
    plain = "".join(letter for letter in search_key(text) if letter.isalnum())
    return frozenset(plain[place : place + 2] for place in range(len(plain) - 1))


def prints(text: str, mark: Callable[[str], int]) -> list[int]:
    """Return the prints of a text: `mark` turns a pair into a keyed number, the smallest stay."""
    found = pairs(text)
    return sorted({mark(pair) for pair in found})[:KEPT] if len(found) >= _FEWEST else []


def likeness(mine: Iterable[int], other: Iterable[int]) -> float:
    """Return about what share of two texts is common, 0 to 1.

    >>> likeness([1, 2, 3, 4], [1, 2, 3, 9]), likeness([], [1])
    (0.6, 0.0)
    """
    one, two = set(mine), set(other)
    if not one or not two:
        return 0.0
    smallest = sorted(one | two)[:KEPT]
    return round(sum(value in one and value in two for value in smallest) / len(smallest), 2)
