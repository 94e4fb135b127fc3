"""What somebody without an account comes back with: a number, and words to remember instead of a password.

Both are read aloud on the telephone, written by hand, typed in any letters: whoever has no Japanese keyboard types
Latin ones.
"""

import re
from collections.abc import Callable
from unicodedata import normalize

from wanowa.search.rules.romaji import kana_of, romaji_of

_LISTED = """
あさひ あじさい あひる あまがえる いちご いちょう いなほ いるか うぐいす うさぎ うちわ うめ
えだまめ えんぴつ おにぎり おりがみ かえで かきのき かぜ かぼちゃ かめ からす きつね きのこ
きりん くじら くすのき くも くるみ けやき こいのぼり こおり こすもす こたつ こま さくら
さつまいも さんま しいたけ しか しばふ しまうま しゃぼんだま すいか すいせん すずめ すずらん すみれ
せみ そらまめ たいこ たけのこ たこやき たぬき たまご たんぽぽ ちょうちん つくし つばき つばめ
つみき てがみ てぶくろ でんしゃ とうふ とけい とまと とんぼ どんぐり なし なす なのはな
にじ にわとり にんじん ねこ のはら はがき はくさい はさみ はと はなび はまぐり ばけつ
ひこうき ひつじ ひまわり ひよこ ふうせん ふうりん ふくろう ふじさん ふで ぶどう ぶらんこ へちま
ほうき ほし ほたる まつぼっくり まど まめ みかん みずうみ みつばち むぎ めだか もみじ
もも やかん やぎ やまびこ ゆき ゆず ゆり よぞら らっこ らくだ りす りんご
れもん れんげ れんこん ろうそく わかめ わた
"""
WORDS = tuple(_LISTED.split())
LENGTH = 4
"""Words of a passphrase that is refused for a while after a few wrong ones: with the number, nobody guesses it."""
LONGER = 5
"""Words of a passphrase that can be tried again and again: 126⁵ are 35 bits, which nobody tries out through a page."""
_BETWEEN = re.compile(r"[\W_ーｰ]+")
"""Whatever somebody writes between two words; a long stroke is a hyphen there, no word of ours has one."""
_LATIN = {latin: word for word in WORDS for latin in romaji_of(word)}
_KATAKANA = {code: code - 0x60 for code in range(0x30A1, 0x30F7)}


def passphrase(draw: Callable[[int], int], length: int = LENGTH) -> str:
    """Return so many words; `draw(n)` gives a number below n by chance."""
    return " ".join(WORDS[draw(len(WORDS))] for _count in range(length))


def receipt_number(draw: Callable[[int], int]) -> str:
    """Return eight digits, 1234-5678; `draw(n)` as in `passphrase`. They do not tell how many there are."""
    return plain_number(f"{draw(10**8):08}")


def mail_code(draw: Callable[[int], int]) -> str:
    """Return the six digits by which an address is confirmed; `draw(n)` as in `passphrase`."""
    return f"{draw(10**6):06}"


def plain_words(typed: str) -> str:
    """Return a passphrase as it is compared: without what is between its words, in hiragana.

    The words of ideas before 2026-11-27, five of two kana each, are read, too, in Latin letters without spaces as well.

    >>> plain_words("サクラ　とうふ・ねこ ﾕｷ"), plain_words("Sakura toufu NEKO yuki"), plain_words("KAITAE")
    ('さくらとうふねこゆき', 'さくらとうふねこゆき', 'かいたえ')
    """
    words = _BETWEEN.split(normalize("NFKC", typed).lower())
    return "".join(_LATIN.get(word) or kana_of(word) or word for word in words).translate(_KATAKANA)


def in_latin(words: str) -> str:
    """Return a passphrase in Latin letters, as `plain_words` reads it.

    >>> in_latin("さくら とうふ ねこ でんしゃ")
    'sakura toufu neko densha'
    """
    return " ".join(romaji_of(word)[0] for word in words.split())


def plain_number(typed: str) -> str:
    """Return a number as it is kept, typed with or without the hyphen, in full width too; empty when it is none.

    >>> plain_number("１２３４５６７８"), plain_number("1234－5678"), plain_number("12")
    ('1234-5678', '1234-5678', '')
    """
    digits = "".join(letter for letter in normalize("NFKC", typed) if letter.isascii() and letter.isdigit())
    return f"{digits[:4]}-{digits[4:]}" if len(digits) == 8 else ""
