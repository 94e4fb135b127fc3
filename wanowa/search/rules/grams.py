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
WHOLE: Final = "=:"
"""Before a whole title."""
PAIRS: Final = 8
"""Pieces of one term that the index is asked about: more of them leave out little more, and take longer."""
LONGEST: Final = 100
"""Characters of a query."""
SAMPLED: Final = "n:"
"""Before the number of a sample."""
SAMPLES: Final = (8, 64, 512)
"""Every eighth document has a piece that says so, and so on: a fair sample costs no more than another word."""


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
    """Return pieces that every text containing `folded` (without white space) has: fewer than all of them.

    >>> needed("防災訓練"), needed("水")
    (['防災', '災訓', '訓練'], ['水'])

    With `title`: pieces that every title containing it has. Of a sentence, pairs of hiragana are left out first.
    """
    pairs = list(dict.fromkeys(folded[place : place + 2] for place in range(len(folded) - 1))) or [folded]
    if len(pairs) > PAIRS:
        pairs = sorted(pairs, key=lambda pair: all("ぁ" <= one <= "ゖ" for one in pair))[:PAIRS]
    return [TITLE + pair if title else pair for pair in pairs]


def whole(title_key: str) -> list[str]:
    """Return the piece under which a whole title is kept; none for one that is longer than any query."""
    return [WHOLE + title_key] if 0 < len(title_key) <= LONGEST else []


def word(normal: str, *, title: bool = False) -> str:
    """Return the piece under which a normal form is kept."""
    return (TITLE_WORD if title else WORD) + normal


def sample(one_in: int) -> str:
    """Return the piece under which one in so many documents is kept."""
    return f"{SAMPLED}{one_in}"


def quoted(pieces: Iterable[str], joint: str) -> str:
    """Return pieces as one bracket of a tsquery, joined by `&` or `|`."""
    inside = joint.join("'" + piece.replace("\\", "\\\\").replace("'", "''") + "'" for piece in pieces)
    return f"({inside})"
