"""The numbers and words on receipts: to be read out, written down, typed again in any spelling."""

import unicodedata
from typing import Final

from wanowa.kernel.text import search_key
from wanowa.record.rules.words import words_of
from wanowa.search.rules.romaji import kana_of, romaji_of

_WEIGHTS: Final = (2, 3, 4, 5, 6, 7)
_WORDS: Final = 5
"""Words of two kana on a receipt: 40 bits, which nobody tries out through a page."""


def receipt(fiscal_year: int, key: int) -> str:
    """Return the number of something received, to be read out: 2600-0427. The last digit checks the others.

    `fiscal_year` of the call, `key` of the row: two rows never have one number, and nobody waits for a counter.
    """
    digits = f"{fiscal_year % 100:02}{key:05}"
    weighed = sum(int(digit) * _WEIGHTS[place % 6] for place, digit in enumerate(reversed(digits)))
    digits += str((11 - weighed % 11) % 11 % 10)
    return f"{digits[:4]}-{digits[4:]}"


def as_number(receipt: str) -> int:
    """Return a receipt as the whole number that the record keeps."""
    return int(receipt.replace("-", ""))


def receipt_words(digest: str) -> str:
    """Return the words of a receipt, made of fresh random hex digits."""
    return "　".join(words_of(digest).split("　")[:_WORDS])


def plain_words(typed: str) -> str:
    """Return typed words without what does not matter: katakana, half width, spaces, Latin letters."""
    letters = "".join(character for character in search_key(typed) if character.isalpha())
    return kana_of(letters) or letters


def in_latin(words: str) -> str:
    """Return the words in Latin letters, as `plain_words` reads them: not everybody has a Japanese keyboard.

    >>> in_latin("かい　しつ")
    'kai shitsu'
    """
    return " ".join(romaji_of(word)[0] for word in words.split())


def plain_number(typed: str) -> str:
    """Return a typed number of an idea as 1234-5678, from full width and any hyphens; as typed when it is none."""
    digits = "".join(one for one in unicodedata.normalize("NFKC", typed) if one.isdecimal())
    return f"{digits[:4]}-{digits[4:]}" if len(digits) == 8 else typed.strip()
