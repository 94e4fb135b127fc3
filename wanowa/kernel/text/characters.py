"""Which characters may be typed. Everything visible may; what deceives, hides or breaks may not.

Nothing is repaired silently: a name is refused with a sentence, or stored byte for byte. Source of the rules:
Unicode 17 properties through `regex`, and the threat model of the platform (T40).

Line ends: a browser sends every line break of a text area as CR LF, whatever the person pressed. Undoing that
(`as_typed`) is part of decoding the form, and the only thing ever done to a body.
"""

from typing import TYPE_CHECKING

import regex
from django.core.exceptions import ValidationError
from django.utils.deconstruct import deconstructible
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from wanowa.kernel.text.shape import clusters, graphemes

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise

_LONGEST_GRAPHEME = 16
"""Code points in one grapheme. The longest in ordinary use is an emoji family with skin tones (11)."""

_EMOJI_JOIN = regex.compile(
    r"(?<=\p{Extended_Pictographic}[\uFE0F\p{EMod}]?)\u200D(?=\p{Extended_Pictographic})"
)
_BROKEN = regex.compile(r"[\p{Cs}\p{Cn}]")
_CONTROL_IN_A_LINE = regex.compile(r"[\p{Cc}\p{Zl}\p{Zp}]")
_CONTROL_IN_A_BODY = regex.compile(r"(?!\n|\t|\r\n)[\p{Cc}\p{Zl}\p{Zp}]")
_DIRECTION = regex.compile(r"[\u061C\u200E\u200F\u202A-\u202E\u2066-\u2069]")
_DIRECTION_OVERRIDE = regex.compile(r"[\u202A-\u202E]")
_INVISIBLE = regex.compile(
    r"(?![\uFE00-\uFE0F\U000E0100-\U000E01EF\u180B-\u180D\u180F]|\p{Cn})"  # variation selectors, unassigned
    r"(?![\u061C\u200E\u200F\u202A-\u202E\u2066-\u2069])"  # direction has a sentence of its own
    r"[\p{Default_Ignorable_Code_Point}\uFFF9-\uFFFB]"
)
_PRIVATE = regex.compile(r"\p{Co}")


def as_typed(body: str) -> str:
    """Return a submitted text area as the person typed it: CR LF and lone CR are line breaks (LF)."""
    return body.replace("\r\n", "\n").replace("\r", "\n")


def problems(text: str, *, multiline: bool, private_use: bool = False) -> list[str]:
    """Return one Japanese sentence for each thing that keeps `text` from being stored; empty when it is fine.

    A body (`multiline`) may hold line breaks, tabs, and the direction marks and isolates that right-to-left
    languages need (pages show bodies inside `<bdi>`); overrides are refused everywhere. A joiner may stand
    only inside an emoji. Characters of the private use area (外字) are for names only: `private_use`.
    """
    if text.isascii() and text.isprintable():
        return []
    visible = _EMOJI_JOIN.sub("", text)
    control = _CONTROL_IN_A_BODY if multiline else _CONTROL_IN_A_LINE
    direction = _DIRECTION_OVERRIDE if multiline else _DIRECTION
    found: list[str] = []
    if control.search(visible):
        found.append(
            gettext("目に見えない制御文字が入っています。消してから、もう一度入れてください。")
            if multiline
            else gettext("改行やタブなどの制御文字は入れられません。1行で入れてください。")
        )
    if direction.search(visible):
        found.append(gettext("文字の向きを変える記号が入っています。消してから、もう一度入れてください。"))
    if _INVISIBLE.search(visible):
        found.append(gettext("目に見えない文字が入っています。消してから、もう一度入れてください。"))
    if _BROKEN.search(visible):
        found.append(gettext("こわれた文字が入っています。その文字を入れなおしてください。"))
    if not private_use and _PRIVATE.search(visible):
        found.append(gettext("外字は、ほかの人の画面で読めません。別の文字かひらがなで入れてください。"))
    if any(len(cluster) > _LONGEST_GRAPHEME for cluster in clusters(text)):
        found.append(gettext("1つの文字に記号が重なりすぎています。重なった記号を減らしてください。"))
    return found


def validate_line(value: str) -> None:
    """Django validator of a single line (title, label). ValidationError with every sentence of `problems`."""
    _validate(problems(value, multiline=False))


def validate_name(value: str) -> None:
    """Django validator of the name of a person or party: a line in which 外字 are allowed."""
    _validate(problems(value, multiline=False, private_use=True))


def validate_body(value: str) -> None:
    """Django validator of a text of several lines. ValidationError with every sentence of `problems`."""
    _validate(problems(value, multiline=True))


def _validate(sentences: list[str]) -> None:
    if sentences:
        raise ValidationError([ValidationError(sentence, code="characters") for sentence in sentences])


@deconstructible
class MaxGraphemes:
    """Django validator: at most `limit` characters as a reader counts them."""

    message: "_StrPromise" = _("%(limit)d文字までで入れてください。いまは%(length)d文字です。")

    def __init__(self, limit: int) -> None:
        self.limit = limit

    def __call__(self, value: str) -> None:
        """Raise ValidationError when `value` is longer."""
        length = graphemes(value)
        if length > self.limit:
            raise ValidationError(
                self.message, code="max_length", params={"limit": self.limit, "length": length}
            )

    def __eq__(self, other: object) -> bool:
        return isinstance(other, MaxGraphemes) and other.limit == self.limit

    def __hash__(self) -> int:
        return hash(self.limit)
