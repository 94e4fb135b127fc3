"""Who might fit at all: an index from terms and words to listings, so that few are compared and none is missed."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from heapq import nlargest
from typing import Protocol

from wanowa.exchange.rules.matching.terms import Taxonomy
from wanowa.kernel.text import search_key

MOST_COMPARED = 300
"""Listings that are compared exactly; those that share more, and what is rarer, come first."""


class Spoken(Protocol):
    """What is known of a listing's text."""

    @property
    def id(self) -> int:
        """Its number."""

    @property
    def means(self) -> Mapping[str, float]:
        """Its terms."""

    @property
    def words(self) -> tuple[str, ...]:
        """Its words."""


@dataclass
class Postings:
    """Where each term and each word stands, on one side."""

    taxonomy: Taxonomy
    terms: dict[str, list[int]] = field(default_factory=lambda: defaultdict(list))
    words: dict[str, list[int]] = field(default_factory=lambda: defaultdict(list))
    around: dict[str, tuple[tuple[str, float], ...]] = field(default_factory=dict)

    def add(self, listing: Spoken) -> None:
        """Let a listing be found."""
        for key in listing.means:
            self.terms[key].append(listing.id)
        for word in {search_key(word) for word in listing.words}:
            self.words[word].append(listing.id)

    def like(self, listing: Spoken) -> Iterable[int]:
        """Return those that share or neighbour a term with it, or share a word: a reason needs one of these."""
        rough: dict[int, float] = defaultdict(float)
        for key, much in listing.means.items():
            for other, nearness in self._near(key):
                held = self.terms.get(other, ())
                for id in held:  # noqa: A001 - it is one
                    rough[id] += much * nearness / len(held) ** 0.25
        for word in {search_key(word) for word in listing.words}:
            held = self.words.get(word, ())
            for id in held:  # noqa: A001 - it is one
                rough[id] += 0.5 / len(held) ** 0.25
        if len(rough) <= MOST_COMPARED:
            return rough
        return nlargest(MOST_COMPARED, rough, key=lambda id: (rough[id], -id))  # noqa: A006 - it is one

    def _near(self, key: str) -> tuple[tuple[str, float], ...]:
        if key not in self.around:
            nearness = self.taxonomy.nearness
            self.around[key] = tuple((other, nearness(key, other)) for other in self.taxonomy.around(key))
        return self.around[key]
