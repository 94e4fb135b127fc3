"""What somebody typed, as something that can be looked up: terms, and the words they consist of."""

import re
import unicodedata
from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from typing import Final

from wanowa.kernel.text import search_key

LONGEST: Final = 100
"""Characters of a query."""
TERMS: Final = 8
"""Terms of a query that are looked up; the rest narrows nothing."""
WIDEST: Final = 16
"""Characters of the longest word that is looked for inside a term."""
_KANA: Final = re.compile(r"[ぁ-ゖー\-]*")
_KATAKANA: Final = re.compile(r"[ァ-ヺー]{2,}")
_MARKS: Final = re.compile(r"[\s、。,.!?・「」『』()\[\]【】…“”\"]+")


@dataclass(frozen=True, slots=True)
class Piece:
    """A part of a term: how it is written, the normal forms it can have, and other words for the same thing."""

    text: str
    normals: tuple[str, ...] = ()
    others: tuple[str, ...] = ()
    weight: int = 1
    """How much a hit says: rare words more than those that stand everywhere."""


@dataclass(frozen=True, slots=True)
class Term:
    """One run of characters as it was typed, folded; with the words in it once they were looked up."""

    text: str
    pieces: tuple[Piece, ...] = ()
    katakana: tuple[str, ...] = ()
    """What was typed in katakana, folded: always a word, never an ending of one."""


@dataclass(frozen=True, slots=True)
class Asked:
    """A query: every term must be found. Loose: any piece of one, the more the better."""

    terms: tuple[Term, ...] = ()
    loose: bool = False

    @property
    def text(self) -> str:
        """The whole query, folded, its terms parted by one space."""
        return " ".join(term.text for term in self.terms)

    @property
    def telling(self) -> tuple[Piece, ...]:
        """The pieces that say something: words that stand everywhere only where there are no others."""
        pieces = [piece for term in self.terms for piece in term.pieces]
        return tuple(piece for piece in pieces if piece.weight > 1) or tuple(pieces)

    @property
    def shown(self) -> tuple[str, ...]:
        """Everything whose place in a text may be marked, the longest first."""
        marks = {term.text for term in self.terms}
        for term in self.terms:
            for piece in term.pieces:
                marks |= {piece.text, *piece.normals, *piece.others}
        return tuple(sorted(marks, key=lambda mark: (-len(mark), mark)))


def asked(typed: str) -> Asked:
    """Return the terms of what was typed, each once, in order; white space parts them, full-width too.

    >>> [term.text for term in asked("ボウサイ　訓練").terms]
    ['ぼうさい', '訓練']
    """
    terms: dict[str, Term] = {}
    for run in unicodedata.normalize("NFKC", typed).split():
        katakana = tuple(dict.fromkeys(map(search_key, _KATAKANA.findall(run))))
        for text in search_key(run).split():
            terms.setdefault(text, Term(text, katakana=katakana))
    return Asked(tuple(terms.values())[:TERMS])


def parts(term: str) -> list[str]:
    """Return every substring of a term that could be a word of two characters or more."""
    return list(
        dict.fromkeys(
            term[start:end]
            for start in range(len(term))
            for end in range(start + 2, min(len(term), start + WIDEST) + 1)
        )
    )


def segmented(term: str, known: Collection[str]) -> list[tuple[str, bool]]:
    """Cut a term into words that are `known` (True) and what lies between (False): fewest unknown characters first.

    >>> segmented("子どもの居場所", {"子ども", "居場所", "場所"})
    [('子ども', True), ('の', False), ('居場所', True)]
    """
    best: list[tuple[int, int, int, bool]] = [(0, 0, 0, False)]
    for end in range(1, len(term) + 1):
        unknown, count, _start, _known = best[end - 1]
        choices = [(unknown + 1, count, end - 1, False)]
        for start in range(max(0, end - WIDEST), end - 1):
            if term[start:end] in known:
                before, words, _s, _k = best[start]
                choices.append((before, words + 1, start, True))
        best.append(min(choices))
    cut: list[tuple[str, bool]] = []
    end = len(term)
    while end:
        _unknown, _count, start, is_known = best[end]
        if cut and not is_known and not cut[-1][1]:
            cut[-1] = (term[start:end] + cut[-1][0], False)
        else:
            cut.append((term[start:end], is_known))
        end = start
    return cut[::-1]


def pieces_of(cut: list[tuple[str, bool]], normals: Mapping[str, tuple[str, ...]]) -> tuple[Piece, ...]:
    """Return the pieces that must be found for a term: its words, and what is unknown unless it only joins words.

    Kana between words (particles, endings) and punctuation are left out; a term without any word has no pieces.
    """
    cut = _whole_numbers(cut)
    if not any(is_known for _text, is_known in cut):
        return ()
    found: list[Piece] = []
    for text, is_known in cut:
        if is_known:
            found.append(Piece(text, normals.get(text, ())))
            continue
        found += [Piece(run) for run in _MARKS.split(text) if run and not _joins(run)]
    return tuple(dict.fromkeys(found))


def _whole_numbers(cut: list[tuple[str, bool]]) -> list[tuple[str, bool]]:
    """Join a number with its neighbours: 令和8年 is one thing, and 10人 is not any ten with any people.

    >>> _whole_numbers([("令和", True), ("8", False), ("年", True), ("防災", True)])
    [('令和8年', False), ('防災', True)]
    """
    joined: list[tuple[str, bool]] = []
    for text, is_known in cut:
        number = any(one.isdigit() for one in text)
        after_number = bool(joined) and joined[-1][0][-1:].isdigit() and not joined[-1][1]
        if joined and (after_number or (number and not is_known)):
            joined[-1] = (joined[-1][0] + text, False)
        else:
            joined.append((text, is_known))
    return joined


def _joins(run: str) -> bool:
    """Tell whether an unknown run is nothing to look for: kana only, or no letter and no digit at all."""
    return bool(_KANA.fullmatch(run)) or all(unicodedata.category(one)[0] not in "LN" for one in run)


def loosened(query: Asked) -> Asked:
    """Return the query for which any piece is enough; a term without pieces counts as one."""
    terms = tuple(
        term if term.pieces else replace(term, pieces=(Piece(term.text, weight=2),)) for term in query.terms
    )
    return Asked(terms, loose=True)
