"""From the bytes of a file to its text: UTF-8 with and without a mark, and CP932; nothing else by guessing."""

import unicodedata
from collections import Counter

LARGEST = 2 * 1024 * 1024
"""Bytes of one policy text. The guideline of Wako takes a hundred kilobytes."""
_FORMATS = {
    b"%PDF": "PDF です。文字を取り出して",
    b"PK\x03\x04": "Word などの書類です。「書式なしテキスト」で保存しなおして",
    b"\xd0\xcf\x11\xe0": "古い Word などの書類です。「書式なしテキスト」で保存しなおして",
    b"\xff\xfe": "UTF-16 です。UTF-8 で保存しなおして",
    b"\xfe\xff": "UTF-16 です。UTF-8 で保存しなおして",
}
_ALLOWED = "\n\r\t\f"
_JAPANESE = 0.2
"""At least this share of a policy is kana or kanji: CP932 reads almost any bytes as something."""


class PolicyError(ValueError):
    """The file cannot be taken as a policy text; the message, for the city's IT, says what to do."""


def decoded(content: bytes) -> str:
    """Return the text of a file, or raise PolicyError with a sentence."""
    if not content.strip():
        raise PolicyError("ファイルが空です。指針の文を入れたテキストファイルを選んでください。")
    if len(content) > LARGEST:
        raise PolicyError("ファイルが大きすぎます。2MB までの、文字だけのファイルにしてください。")
    for beginning, sentence in _FORMATS.items():
        if content.startswith(beginning):
            raise PolicyError(f"このファイルは {sentence}から、もう一度読み込んでください。")
    text = _read(content)
    if any(unicodedata.category(sign) == "Cc" and sign not in _ALLOWED for sign in text):
        raise PolicyError("文字でないものが入っています。文字だけのファイルにしてください。")
    seen = [sign for sign in text if not sign.isspace()]
    if sum(_is_japanese(sign) for sign in seen) < _JAPANESE * len(seen):
        raise PolicyError("日本語の文が見つかりません。文字コードが UTF-8 か Shift_JIS か確かめてください。")
    return text


def letters(text: str) -> Counter[str]:
    """Return how often each letter occurs, spaces left out and widths folded: equal means nothing got lost."""
    return Counter(sign for sign in unicodedata.normalize("NFKC", text) if not sign.isspace())


def _read(content: bytes) -> str:
    for encoding in ("utf-8-sig", "cp932"):
        try:
            return content.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise PolicyError("文字コードがわかりません。UTF-8 か Shift_JIS で保存しなおしてください。")


def _is_japanese(sign: str) -> bool:
    return "\u3041" <= sign <= "\u30ff" or "\u4e00" <= sign <= "\u9fff"
