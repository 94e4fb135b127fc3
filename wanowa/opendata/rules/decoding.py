"""From bytes to text, without guessing: a decoding counts when it is strict and the header is understood.

The files people really send come as UTF-8 with and without BOM, CP932 and UTF-16 (japan.md, CSV realities).
"""

import codecs
from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from django.db.models import TextChoices
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from wanowa.kernel.errors import Invalid


class Encoding(TextChoices):
    """What a file can be written in."""

    UTF8 = "utf-8", "UTF-8"
    CP932 = "cp932", gettext_lazy("Windowsの日本語（CP932）")
    UTF16_LE = "utf-16-le", "UTF-16 LE"
    UTF16_BE = "utf-16-be", "UTF-16 BE"
    EUC_JP = "euc_jp", "EUC-JP"


@dataclass(frozen=True, slots=True)
class Decoded:
    """The text of a file, what it was written in, and sentences about what cannot be read in one way only."""

    text: str
    encoding: Encoding
    notes: tuple[str, ...] = ()


_MARKS: Final = (
    (codecs.BOM_UTF8, Encoding.UTF8),
    (codecs.BOM_UTF16_LE, Encoding.UTF16_LE),
    (codecs.BOM_UTF16_BE, Encoding.UTF16_BE),
)
_TWOFOLD: Final = {"～": "〜", "－": "−", "∥": "‖", "￠": "¢", "￡": "£", "￢": "¬", "―": "—"}
"""What CP932 has one code for and Unicode two: read as the first; the writer may have meant the second."""


def decoded(raw: bytes, *, understands: Callable[[str], bool], encoding: str = "") -> Decoded:
    """Return the text of a file; Invalid, with what to do, when that is not certain.

    `understands` tells whether a first line is a header we know; `encoding` is what the sender says, if anything.
    """
    if not raw.strip():
        raise Invalid(_("ファイルが空です。中身のあるファイルを選んでください。"))
    for mark, marked in _MARKS:
        if raw.startswith(mark):
            if encoding and encoding != marked:
                raise Invalid(
                    _("このファイルは %(found)s です。文字コードを選びなおしてください。")
                    % {"found": marked.label}
                )
            return _read(raw[len(mark) :], marked)
    if encoding:
        return _read(raw, Encoding(encoding))
    for candidate in Encoding:
        if understands(_first_line(raw, candidate)):
            return _read(raw, candidate)
    text = _strict(raw, Encoding.UTF8)
    if text is None or "\0" in text:
        raise Invalid(_("文字コードがわかりません。ファイルの文字コードを選んで、もう一度送ってください。"))
    return Decoded(text, Encoding.UTF8)


def _read(raw: bytes, encoding: Encoding) -> Decoded:
    text = _strict(raw, encoding)
    if text is None:
        raise Invalid(
            _(
                "%(line)s行目のあたりに、読めない文字があります。"
                "ファイルがこわれているか、文字コード（%(encoding)s）がちがいます。もとのファイルを書き出しなおしてください。"
            )
            % {"line": _line_of_the_fault(raw, encoding), "encoding": encoding.label}
        )
    if "\ufffd" in text:
        line = text[: text.index("\ufffd")].count("\n") + 1
        raise Invalid(
            _("%(line)s行目に、文字化けのあと（�）があります。もとのファイルを書き出しなおしてください。")
            % {"line": line}
        )
    return Decoded(text, encoding, tuple(_twofold(text)) if encoding is Encoding.CP932 else ())


def _strict(raw: bytes, encoding: Encoding) -> str | None:
    try:
        return raw.decode(encoding, errors="strict")
    except UnicodeDecodeError:
        return None


def _first_line(raw: bytes, encoding: Encoding) -> str:
    """Return the first line as far as it can be read: a fault further down must not hide what the file is."""
    start = raw[:65_536].decode(encoding, errors="replace")
    return start.splitlines()[0] if start else ""


def _line_of_the_fault(raw: bytes, encoding: Encoding) -> int:
    try:
        raw.decode(encoding, errors="strict")
    except UnicodeDecodeError as fault:
        return raw[: fault.start].decode(encoding, errors="replace").count("\n") + 1
    return 1


def _twofold(text: str) -> list[str]:
    return [
        _("「%(read)s」を %(count)s か所で読みました。もとは「%(meant)s」かもしれません。")
        % {"read": read, "count": text.count(read), "meant": meant}
        for read, meant in _TWOFOLD.items()
        if read in text
    ]


GETA: Final = "〓"
"""What printers set where a character is missing."""


def substitutions(text: str, encoding: Encoding) -> dict[str, str]:
    """Return each character of `text` that `encoding` cannot bring back, and what it becomes."""
    found: dict[str, str] = {}
    for character in dict.fromkeys(text):
        try:
            back = character.encode(encoding).decode(encoding)
        except UnicodeEncodeError:
            back = GETA
        if back != character:
            found[character] = back
    return found
