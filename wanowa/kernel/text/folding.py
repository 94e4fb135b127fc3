"""Shadow forms of text: one to search by, one to compare official-looking names by."""

import re
import unicodedata
from bisect import bisect_right

from wanowa.kernel.text.variants import LOOKALIKES, VARIANT_KANJI

_SELECTORS = dict.fromkeys([*range(0xFE00, 0xFE10), *range(0xE0100, 0xE01F0)])
_TO_HIRAGANA: dict[int, int | str] = {
    **{code: code - 0x60 for code in range(0x30A1, 0x30F7)},  # ァ–ヶ
    **{
        ord(katakana): hiragana
        for katakana, hiragana in zip("ヷヸヹヺ", ("わ゙", "ゐ゙", "ゑ゙", "を゙"), strict=True)
    },
    ord("ヽ"): "ゝ",
    ord("ヾ"): "ゞ",
}
_STROKES = str.maketrans(dict.fromkeys("ー－‐‑‒–—―−", "-") | {"〜": "~"})
_KANJI = str.maketrans(VARIANT_KANJI)
_LOOKS = str.maketrans(LOOKALIKES)
_CLUSTER = re.compile("(?s:.)[\u0300-\u036f\u3099\u309a\uff9e\uff9f\ufe00-\ufe0f\U000e0100-\U000e01ef]*")
"""A character with what stands on it: folding never reaches beyond."""


def search_key(text: str) -> str:
    """Return the form in which text is searched: the same key for every way of writing the same word.

    NFKC, variation selectors dropped, case folded, katakana to hiragana, long-vowel and hyphen strokes to `-`
    (not the kanji 一), variant kanji (異体字) to one of them. Applying it twice changes nothing.
    """
    compatible = unicodedata.normalize("NFKC", text).translate(_SELECTORS)
    folded = unicodedata.normalize("NFKC", compatible.casefold())
    return folded.translate(_TO_HIRAGANA).translate(_STROKES).translate(_KANJI)


def spans_of(text: str, key: str) -> list[tuple[int, int]]:
    """Return where `key`, a search key, stands in a text as it is shown: (first, beyond the last), left to right.

    >>> spans_of("ﾎﾞﾗﾝﾃｨｱと防災", "ぼらんてぃあ")
    [(0, 7)]
    """
    if not key:
        return []
    ends, starts, folded = [], [], ""
    for cluster in _CLUSTER.finditer(text):
        starts.append(len(folded))
        folded += search_key(cluster.group())
        ends.append(cluster.span())
    found, at = [], folded.find(key)
    while at >= 0:
        first, last = bisect_right(starts, at) - 1, bisect_right(starts, at + len(key) - 1) - 1
        found.append((ends[first][0], ends[last][1]))
        at = folded.find(key, at + len(key))
    return found


def skeleton(name: str) -> str:
    """Return what a hurried reader sees of `name`: names with one skeleton can be mistaken for each other.

    For comparing with official names only (和光市 🏛 公式 looks like 和光市公式; ロ looks like 口). Spaces,
    punctuation, symbols and emoji vanish, look-alikes of kanji, kana, Latin, Greek and Cyrillic meet.
    """
    bare = unicodedata.normalize("NFKD", search_key(name)).translate(_LOOKS)
    kana = unicodedata.normalize("NFKC", bare).translate(_TO_HIRAGANA)
    return "".join(
        character for character in kana if unicodedata.category(character)[0] in "LN" or character == "\u3099"
    )
