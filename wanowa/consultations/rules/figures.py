"""Counts that single nobody out: what is few stands together with others, and nothing can be subtracted."""

from collections.abc import Mapping
from dataclasses import dataclass

from wanowa.consultations.rules.clock import LEAST


@dataclass(frozen=True, slots=True)
class Figures:
    """Counts as they may be shown: each by its key, and how many there are of all others together."""

    shown: tuple[tuple[str, int], ...] = ()
    together: int = 0
    members: tuple[str, ...] = ()
    """The keys that `together` stands for."""
    few: bool = False
    """That there are some, but fewer than five in all: then there is no number."""

    @property
    def total(self) -> int:
        """How many there are in all; 0 when there are few."""
        return sum(count for _key, count in self.shown) + self.together


def figures(counts: Mapping[str, int]) -> Figures:
    """Return what may be shown of counts, in their order.

    Whatever is below five stands together; when together it is still below five, the smallest of the others joins,
    else the rest would follow from the sum (secondary suppression).

    >>> figures({"a": 9, "b": 6, "c": 2, "d": 0})
    Figures(shown=(('a', 9),), together=8, members=('b', 'c'), few=False)
    """
    there = {key: count for key, count in counts.items() if count}
    if 0 < sum(there.values()) < LEAST:
        return Figures(few=True)
    small = {key for key, count in there.items() if count < LEAST}
    large = sorted((count, key) for key, count in there.items() if count >= LEAST)
    if small and sum(there[key] for key in small) < LEAST:
        small.add(large[0][1])
    return Figures(
        tuple((key, count) for key, count in there.items() if key not in small),
        sum(there[key] for key in small),
        tuple(key for key in there if key in small),
    )
