"""The words for what people can, have and need, as the pack writes them; which of them a text speaks of."""

import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from wanowa.kernel.languages import named
from wanowa.kernel.text import search_key

type Table = Mapping[str, Any]

SHORTEST = 2
"""Characters of a word that is looked for; one alone stands in too many others."""
LONGEST_LABEL = 20


@dataclass(frozen=True, slots=True)
class Term:
    """One thing that can be offered: its key, its name, its name in やさしい日本語, other words, a wider term."""

    key: str
    label: str
    plain: str
    synonyms: tuple[str, ...] = ()
    parent: str = ""
    en: str = ""

    @property
    def name(self) -> str:
        """The name in the reader's language."""
        return named(self.label, self.en)

    @property
    def simply(self) -> str:
        """The name in やさしい日本語, or in English."""
        return named(self.plain, self.en)

    @property
    def told(self) -> str:
        """The name and what it means, to choose from; the English name says both."""
        return named(f"{self.label}（{self.plain}）", self.en)

    @property
    def said(self) -> tuple[str, ...]:
        """Every word by which a text can mean it, the English one too."""
        return tuple(one for one in (self.label, self.en, *self.synonyms) if one)


@dataclass(frozen=True)
class Taxonomy:
    """All terms, and how a text is read for them."""

    terms: Mapping[str, Term]
    _by_start: Mapping[str, tuple[tuple[str, str], ...]] = field(repr=False)
    """First two characters of a folded word → (word, key of its term), longest first."""

    def labels(self, keys: Any) -> list[str]:
        """Return the names of these terms in the reader's language, in the order of the pack."""
        return [term.name for key, term in self.terms.items() if key in keys]

    def below(self, key: str) -> list[str]:
        """Return a term and those that are directly narrower."""
        return [key, *(other for other, term in self.terms.items() if term.parent == key)]

    def found_in(self, text: str) -> frozenset[str]:
        """Return the keys of the terms that a text speaks of. Of words inside each other the longest counts.

        A word in katakana or Latin letters counts only as a whole: パン is not in パンク.
        """
        key = search_key(text)
        shape = unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", text).casefold())
        found, at = set(), 0
        while at < len(key) - 1:
            for word, term in self._by_start.get(key[at : at + SHORTEST], ()):
                if key.startswith(word, at) and (len(shape) != len(key) or _is_whole(shape, at, len(word))):
                    found.add(term)
                    at += len(word)
                    break
            else:
                at += 1
        return frozenset(found)

    def nearness(self, one: str, other: str) -> float:
        """Return how near two terms are: 1 the same, less for a wider one, still less for neighbours below one."""
        if one == other:
            return SAME
        first, second = self.terms[one], self.terms[other]
        if first.parent == other or second.parent == one:
            return WIDER
        return NEIGHBOUR if first.parent and first.parent == second.parent else 0.0

    def around(self, key: str) -> Iterator[str]:
        """Yield a term and every other one that is near it."""
        return (other for other in self.terms if self.nearness(key, other))


SAME, WIDER, NEIGHBOUR = 1.0, 0.6, 0.3


def _is_whole(shape: str, at: int, length: int) -> bool:
    """Return whether no katakana or Latin word goes on over the edges of this stretch."""
    edges = ((at - 1, at), (at + length - 1, at + length))
    return not any(
        before >= 0 and after < len(shape) and _script(shape[before]) == _script(shape[after]) != ""
        for before, after in edges
    )


def _script(character: str) -> str:
    if "ァ" <= character <= "ー":
        return "katakana"
    return "latin" if character.isascii() and character.isalpha() else ""


def taxonomy_of(skills: Table, terms: Table) -> Taxonomy:
    """Return what a pack's skills.toml and terms.toml say together.

    ValueError, for the city's IT, when a key or a word stands there twice, a parent nowhere, or a name is too long.
    """
    also: Mapping[str, list[str]] = terms.get("also", {})
    rows = {
        row["key"]: Term(
            row["key"],
            row["label"],
            row["plain"],
            (*filter(None, row.get("synonyms", ())), *also.get(row["key"], ())),
            row.get("parent", ""),
            row.get("en", ""),
        )
        for row in skills.get("skill", ())
    }
    for key, row in terms.get("term", {}).items():
        if key in rows:
            raise ValueError(
                f"terms.toml の「{key}」は、skills.toml にもあります。どちらかを変えてください。"
            )
        rows[key] = Term(**{"key": key, **row, "synonyms": tuple(row.get("synonyms", ()))})
    _check(rows, also)
    return Taxonomy(rows, _by_start(rows))


def _check(rows: Mapping[str, Term], also: Mapping[str, object]) -> None:
    for unknown in sorted(also.keys() - rows.keys()):
        raise ValueError(f"terms.toml の also の「{unknown}」が、skills.toml にありません。")
    for term in rows.values():
        if term.parent and term.parent not in rows:
            raise ValueError(f"「{term.key}」の parent の「{term.parent}」が、ほかにありません。")
        if len(term.label) > LONGEST_LABEL:
            raise ValueError(f"「{term.label}」は長すぎます。20字までにしてください。")


def _by_start(rows: Mapping[str, Term]) -> Mapping[str, tuple[tuple[str, str], ...]]:
    owner: dict[str, str] = {}
    for term in rows.values():
        for word in {search_key(one) for one in term.said}:
            if owner.setdefault(word, term.key) != term.key:
                raise ValueError(f"「{word}」は、{owner[word]} と {term.key} の両方にあります。")
    starts: dict[str, list[tuple[str, str]]] = {}
    for word, key in sorted(owner.items(), key=lambda pair: (-len(pair[0]), pair[0])):
        if len(word) >= SHORTEST:
            starts.setdefault(word[:SHORTEST], []).append((word, key))
    return {start: tuple(words) for start, words in starts.items()}
