"""Words to remember instead of a password: read aloud on the telephone, written by hand, typed in any letters.

Whoever has no Japanese keyboard types them in Latin letters.
"""

import re
from collections.abc import Callable
from unicodedata import normalize

from wanowa.search.rules.romaji import romaji_of

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
"""Words in a passphrase: with the number of eight digits and the rest after five wrong ones, nobody guesses it."""
_BETWEEN = re.compile(r"[\s・、，,．.\-ー－]+")
_LATIN = {latin: word for word in WORDS for latin in romaji_of(word)}
_KATAKANA = {code: code - 0x60 for code in range(0x30A1, 0x30F7)}


def passphrase(draw: Callable[[int], int]) -> str:
    """Return four words; `draw(n)` gives a number below n by chance."""
    return " ".join(WORDS[draw(len(WORDS))] for _count in range(LENGTH))


def plain_passphrase(typed: str) -> str:
    """Return a passphrase as it is compared: without spaces, in hiragana.

    >>> plain_passphrase("サクラ　とうふ・ねこ ﾕｷ"), plain_passphrase("Sakura toufu NEKO yuki")
    ('さくらとうふねこゆき', 'さくらとうふねこゆき')
    """
    words = _BETWEEN.split(normalize("NFKC", typed))
    return "".join(_LATIN.get(word.lower(), word) for word in words).translate(_KATAKANA)


def in_latin(words: str) -> str:
    """Return a passphrase in Latin letters, as `plain_passphrase` reads it.

    >>> in_latin("さくら とうふ ねこ でんしゃ")
    'sakura toufu neko densha'
    """
    return " ".join(romaji_of(word)[0] for word in words.split())


def plain_number(typed: str) -> str:
    """Return a receipt number as it is kept, typed with or without the hyphen, in full width too.

    >>> plain_number("１２３４５６７８"), plain_number("1234－5678"), plain_number("12")
    ('1234-5678', '1234-5678', '')
    """
    digits = "".join(letter for letter in normalize("NFKC", typed) if letter.isascii() and letter.isdigit())
    return f"{digits[:4]}-{digits[4:]}" if len(digits) == 8 else ""
