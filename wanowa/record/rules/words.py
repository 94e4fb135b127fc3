"""A digest as eight words of two kana, to be printed, read out and compared by people.

Each of the digest's first eight bytes is one word: the first kana for its upper half, the second for its
lower half. The two sets share no kana, and none that are taken for each other when heard. 64 bits are enough
to notice a difference; a proof uses the whole digest.
"""

import re
from typing import Final

from wanowa.kernel.text import search_key
from wanowa.record.rules.sealing import Fault

UPPER: Final = "かさたなはまやらわきしちにひみり"
LOWER: Final = "あいうえおくすつぬふむるけせてね"
WORDS: Final = 8
_KANA: Final = re.compile(f"(?:[{UPPER}][{LOWER}]){{{WORDS}}}")


def words_of(digest: str) -> str:
    """Return the words of a digest (hex), with full-width spaces between them."""
    return "　".join(UPPER[byte >> 4] + LOWER[byte & 15] for byte in bytes.fromhex(digest[: 2 * WORDS]))


def read_words(typed: str) -> str:
    """Return the words as `words_of` writes them, from katakana, half width and any spacing.

    Fault when they are not eight words made of our kana.
    """
    kana = "".join(character for character in search_key(typed) if character.isalpha())
    if not _KANA.fullmatch(kana):
        raise Fault("these are not eight words of two kana")
    return "　".join(kana[place : place + 2] for place in range(0, 2 * WORDS, 2))
