"""How Japanese text is cut, compared and shown for searching. Pure: no database, no clock, no dictionary."""

from wanowa.search.rules.asking import (
    Asked,
    Piece,
    Term,
    asked,
    attempts,
    enough,
    loosened,
    owed,
    segmented,
)
from wanowa.search.rules.grams import (
    LONGEST,
    SAMPLES,
    TITLE,
    TITLE_WORD,
    WORD,
    grams,
    needed,
    quoted,
    sample,
    whole,
    word,
)
from wanowa.search.rules.lexicon import Audience, Lexicon, Place
from wanowa.search.rules.nearness import distance, nearest, padded
from wanowa.search.rules.romaji import kana_of, romaji_of
from wanowa.search.rules.snippets import Bit, marked, snippet
from wanowa.search.rules.unfound import is_shown, may_be_kept

__all__ = [
    "LONGEST",
    "SAMPLES",
    "TITLE",
    "TITLE_WORD",
    "WORD",
    "Asked",
    "Audience",
    "Bit",
    "Lexicon",
    "Piece",
    "Place",
    "Term",
    "asked",
    "attempts",
    "distance",
    "enough",
    "grams",
    "is_shown",
    "kana_of",
    "loosened",
    "marked",
    "may_be_kept",
    "nearest",
    "needed",
    "owed",
    "padded",
    "quoted",
    "romaji_of",
    "sample",
    "segmented",
    "snippet",
    "whole",
    "word",
]
