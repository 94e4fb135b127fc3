"""Latin letters for kana and back, as people type names of places."""

import re

import jaconv

_LONG = re.compile(r"ou|oo|uu|o-|u-|a-|e-|i-")


def romaji_of(reading: str) -> tuple[str, ...]:
    """Return how a reading in hiragana is typed in Latin letters: long vowels written out, and left out.

    >>> romaji_of("ほんちょう")
    ('honchou', 'honcho')
    """
    full = jaconv.kana2alphabet(reading)
    return tuple(dict.fromkeys((full, _LONG.sub(lambda found: found.group()[0], full))))


def kana_of(folded: str) -> str:
    """Return Latin letters as hiragana; empty when they are no romaji.

    >>> kana_of("bousai"), kana_of("pdf")
    ('ぼうさい', '')
    """
    if not (folded.isascii() and folded.isalpha()):
        return ""
    kana: str = jaconv.alphabet2kana(folded)
    return kana if not any(one.isascii() for one in kana) else ""
