"""What somebody typed, as something that can be looked up: terms, and the words they consist of."""

import re
import unicodedata
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import combinations
from typing import Final

from wanowa.kernel.text import search_key

TERMS: Final = 8
"""Terms of a query that are looked up; the rest narrows nothing."""
RAREST: Final = 18
"""What a hit of a word says that one document has, or none; one less whenever twice as many have it."""
TELLING: Final = 6
"""Words of a sentence by which something near is looked for."""
HALF: Final = 0.5
"""What is near: it has words that say half of what all words of the query say that stand anywhere at all."""
ANY: Final = 0.0
"""What is near where nothing has half of it: any of the words."""
WIDEST: Final = 16
"""Characters of the longest word that is looked for inside a term."""
_KANA: Final = re.compile(r"[ぁ-ゖー\-]*")
_JOINTS: Final = re.compile(r"^[ぁ-ゖー\-]+|[ぁ-ゖー\-]+$")
_BETWEEN: Final = re.compile(r"[ぁ-ゖー\-]+")
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
    known: bool = False
    """Whether a public document has it, in one of its ways."""


@dataclass(frozen=True, slots=True)
class Term:
    """One run of characters as it was typed, folded; with the words in it once they were looked up."""

    text: str
    pieces: tuple[Piece, ...] = ()
    katakana: tuple[str, ...] = ()
    """What was typed in katakana, folded: always a word, never an ending of one."""


@dataclass(frozen=True, slots=True)
class Asked:
    """A query: every term must be found. With a `share`: words that say together so much of what all of them say."""

    terms: tuple[Term, ...] = ()
    share: float | None = None

    @property
    def loose(self) -> bool:
        """Whether some of the words are enough."""
        return self.share is not None

    @property
    def is_sentence(self) -> bool:
        """Whether it is one run of characters with several words in it."""
        return len(self.terms) == 1 and len(self.terms[0].pieces) > 1

    @property
    def text(self) -> str:
        """The whole query, folded, its terms parted by one space."""
        return " ".join(term.text for term in self.terms)

    @property
    def telling(self) -> tuple[Piece, ...]:
        """The words that say most, each once. Words that no public document has come last, and often say nothing."""
        pieces = dict.fromkeys(piece for term in self.terms for piece in term.pieces)
        return tuple(sorted(pieces, key=lambda piece: (not piece.known, -piece.weight)))[:TELLING]

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
        found += [Piece(_JOINTS.sub("", run)) for run in _MARKS.split(text) if run and not _joins(run)]
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


def loosened(query: Asked, share: float = HALF) -> Asked:
    """Return the query for which a share of the words is enough; a term without pieces counts as one.

    What no page is known to have is no word as a whole; what stands between its kana may be one.
    """
    return Asked(
        tuple(
            replace(
                term,
                pieces=tuple(part for piece in term.pieces for part in _parts_of(piece))
                or (Piece(term.text, weight=RAREST),),
            )
            for term in query.terms
        ),
        share,
    )


def _parts_of(piece: Piece) -> list[Piece]:
    if piece.known or piece.others:
        return [piece]
    return [replace(piece, text=run) for run in _BETWEEN.split(piece.text) if len(run) > 1]


def attempts(query: Asked) -> tuple[Asked, ...]:
    """Return a query as it was typed, and then what to look for when nothing has all of its words.

    >>> [one.share for one in attempts(Asked((Term("防災"), Term("桜"))))]
    [None, 0.5, 0.0]
    """
    if sum(len(term.pieces) or 1 for term in query.terms) < 2:
        return (query,)
    return (query, loosened(query, HALF), loosened(query, ANY))


def owed(pieces: Sequence[Piece], share: float) -> float:
    """Return what words must say together: a share of what all known ones say, and something."""
    said = sum(piece.weight for piece in pieces if piece.known) or sum(piece.weight for piece in pieces)
    return max(share * said, 1)


def enough(pieces: Sequence[Piece], share: float) -> list[tuple[Piece, ...]]:
    """Return the smallest sets of words that say what is owed.

    >>> some = [Piece(text, weight=weight) for text, weight in (("花壇", 6), ("手入れ", 5), ("会", 2))]
    >>> [[piece.text for piece in chosen] for chosen in enough(some, 0.5)]
    [['花壇', '手入れ'], ['花壇', '会'], ['手入れ', '会']]
    """
    wanted = owed(pieces, share)
    return [
        chosen
        for size in range(1, len(pieces) + 1)
        for chosen in combinations(pieces, size)
        if (weight := sum(piece.weight for piece in chosen)) >= wanted
        and weight - min(piece.weight for piece in chosen) < wanted
    ]
