"""Cutting folded text into pieces of one and two characters, so that every substring can be looked up.

Whatever contains a word also contains each pair of neighbouring characters of it. The index keeps these pairs and the
single characters as a set, without positions; the few rows that come out are then compared character by
character. So a hit is a substring, never less, however long the text is (positions of a tsvector end at 16,383,
and at 256 for one piece).
"""

from collections.abc import Iterable
from typing import Final

WORD: Final = "w:"
"""Before the normal form of a word of the text. Three characters at least: never a pair of characters."""
TITLE_WORD: Final = "t:"
"""Before the normal form of a word of the title."""
TITLE: Final = "#:"
"""Before a piece of the title."""


def grams(folded: str) -> set[str]:
    """Return the characters and pairs of characters of a folded text; white space parts runs.

    >>> sorted(grams("湧き水 市"))
    ['き', 'き水', '市', '水', '湧', '湧き']
    """
    found: set[str] = set()
    for run in folded.split():
        found.update(run)
        found.update(run[place : place + 2] for place in range(len(run) - 1))
    return found


def needed(folded: str, *, title: bool = False) -> list[str]:
    """Return the pieces that every text containing `folded` (without white space) has: fewer than all of them.

    >>> needed("防災訓練"), needed("水")
    (['防災', '災訓', '訓練'], ['水'])

    With `title`: the pieces that every title containing it has.
    """
    pairs = [folded[place : place + 2] for place in range(len(folded) - 1)] or [folded]
    return [TITLE + pair if title else pair for pair in dict.fromkeys(pairs)]


def word(normal: str, *, title: bool = False) -> str:
    """Return the piece under which a normal form is kept."""
    return (TITLE_WORD if title else WORD) + normal


def quoted(pieces: Iterable[str], joint: str) -> str:
    """Return pieces as one bracket of a tsquery, joined by `&` or `|`."""
    inside = joint.join("'" + piece.replace("\\", "\\\\").replace("'", "''") + "'" for piece in pieces)
    return f"({inside})"
