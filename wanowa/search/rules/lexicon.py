"""What a city adds to the language: words for the same thing, names of places, for whom something is."""

from dataclasses import dataclass
from functools import cached_property

from wanowa.kernel.text import search_key
from wanowa.search.rules.romaji import romaji_of


@dataclass(frozen=True, slots=True)
class Place:
    """A place in town: its name and its reading in hiragana."""

    name: str
    reading: str


@dataclass(frozen=True, slots=True)
class Audience:
    """For whom something is: a stable key, what it is called, and the words by which a text tells it."""

    key: str
    label: str
    words: tuple[str, ...]


@dataclass(frozen=True)
class Lexicon:
    """All of it. `groups` hold words that mean the same to whoever searches, two at least."""

    groups: tuple[tuple[str, ...], ...] = ()
    places: tuple[Place, ...] = ()
    audiences: tuple[Audience, ...] = ()

    @cached_property
    def others(self) -> dict[str, tuple[str, ...]]:
        """Return each folded word with the other folded words of its groups; names of places with their readings."""
        found: dict[str, dict[str, None]] = {}
        places = ((place.name, place.reading, *romaji_of(place.reading)) for place in self.places)
        for group in (*self.groups, *places):
            folded = [search_key(one) for one in group]
            for one in folded:
                found.setdefault(one, {}).update(dict.fromkeys(other for other in folded if other != one))
        return {one: tuple(others) for one, others in found.items()}

    def places_in(self, folded: str) -> list[str]:
        """Return the names of the places that a folded text names. A longer name is not taken for a shorter one.

        >>> Lexicon(places=(Place("新倉", "にいくら"), Place("下新倉", "しもにいくら"))).places_in("下新倉の畑")
        ['下新倉']
        """
        found = []
        for key, name in self._place_keys:
            if key in folded:
                found.append(name)
                folded = folded.replace(key, "\n")
        return sorted(found)

    @cached_property
    def _place_keys(self) -> list[tuple[str, str]]:
        """Each place's folded name and its name, the longest first."""
        return [
            (search_key(one.name), one.name) for one in sorted(self.places, key=lambda one: -len(one.name))
        ]

    @cached_property
    def _audience_keys(self) -> list[tuple[str, list[str]]]:
        """Each audience's key and its folded words."""
        return [(one.key, [search_key(word) for word in one.words]) for one in self.audiences]

    def audiences_in(self, folded: str) -> list[str]:
        """Return the keys of those for whom a folded text says it is."""
        return [key for key, words in self._audience_keys if any(word in folded for word in words)]
