"""Shadow forms of text: one to search by, one to compare official-looking names by."""

import unicodedata

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


def search_key(text: str) -> str:
    """Return the form in which text is searched: the same key for every way of writing the same word.

    NFKC, variation selectors dropped, case folded, katakana to hiragana, long-vowel and hyphen strokes to `-`
    (not the kanji 一), variant kanji (異体字) to one of them. Applying it twice changes nothing.
    """
    compatible = unicodedata.normalize("NFKC", text).translate(_SELECTORS)
    folded = unicodedata.normalize("NFKC", compatible.casefold())
    return folded.translate(_TO_HIRAGANA).translate(_STROKES).translate(_KANJI)


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
