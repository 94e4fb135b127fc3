"""Printing a sheet: tagged PDF/A-2a and PDF/UA-1, in Japanese, with embedded fonts, the same bytes for the same sheet.

A sheet goes to typst as JSON and is set as text, so nothing that people typed is ever markup. PDF/A-2a forbids
characters of the private use area (外字), which names may hold: such a sheet becomes PDF/A-2u, with the same tags.
typst and the fonts are loaded by the first sheet that a process prints, and by nothing else.
"""

import json
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

import regex
from django.utils.translation import gettext as _

from wanowa.press import codes, fonts, geta
from wanowa.press.fonts import Mark
from wanowa.press.sheets import Check, Grid, Sheet, plain

if TYPE_CHECKING:
    from typst import Fonts

LOOK = Path(__file__).parent / "look" / "official.typ"
_PRIVATE = regex.compile(r"\p{Co}")
_MOST_MARKS = 12
_MOST_SIGNING = 8
"""Rows of names that surely fit on one page together with the check."""


class NotPrinted(RuntimeError):
    """A sheet could not be set. The message is typst's, for whoever mends it."""


def printed(sheet: Sheet) -> bytes:
    """Return `sheet` as PDF. NotPrinted when it cannot be set, which no text that people type brings about.

    Costs about 15 ms for a page, and once in a process about 50 ms for the fonts; no query.
    """
    from typst import Compiler, TypstError  # noqa: PLC0415 - web workers print seldom

    texts = list(_texts([plain(block) for block in (*sheet.opening, *sheet.blocks, *sheet.closing)]))
    texts += [sheet.title, sheet.number, *sheet.notes, *sheet.footer]
    missing = fonts.marks(texts)
    is_private = any(_PRIVATE.search(text) for text in texts)
    with _fonts_for(missing) as known:
        compiler = Compiler(
            input=LOOK,
            root=LOOK.parent,
            font_paths=known,
            ignore_system_fonts=True,
            sys_inputs={"sheet": json.dumps(_data(sheet, missing), ensure_ascii=False, sort_keys=True)},
        )
        try:
            pdf = compiler.compile(
                format="pdf",
                pdf_standards=["a-2u" if is_private else "a-2a", "ua-1"],
                timestamp=int(sheet.made.timestamp()),
            )
        except TypstError as error:
            raise NotPrinted(error.diagnostic) from error
    if not isinstance(pdf, bytes):
        raise NotPrinted("typst returned no single file")
    return pdf


def _data(sheet: Sheet, missing: list[Mark]) -> dict[str, Any]:
    return {
        "title": sheet.title,
        "number": sheet.number,
        "made": [sheet.made.year, sheet.made.month, sheet.made.day],
        "opening": [plain(block) for block in sheet.opening],
        "blocks": [plain(block) for block in sheet.blocks],
        "closing": [plain(block) for block in sheet.closing],
        "long": sum(len(block.rows) for block in sheet.closing if isinstance(block, Grid)) > _MOST_SIGNING,
        "notes": [*sheet.notes, *_remarks(missing)],
        "footer": list(sheet.footer),
        "check": _check(sheet.check) if sheet.check else None,
        "preview": sheet.preview,
        "watermark": sheet.watermark,
        "serif": fonts.SERIF,
        "sans": fonts.SANS,
        "geta": geta.FAMILY,
    }


def _check(check: Check) -> dict[str, Any]:
    dark = codes.modules(check.address)
    return {
        "code": codes.svg(dark),
        "size": codes.millimetres(dark),
        "alt": check.alt,
        "lines": list(check.lines),
    }


def _remarks(missing: list[Mark]) -> list[str]:
    """Return what the reader has to know about characters that are not shown as written (外字の注記)."""
    absent = [mark.codes for mark in missing if not mark.shape_only]
    reshaped = [f"{mark.text[0]}（{mark.codes}）" for mark in missing if mark.shape_only]
    found = []
    if absent:
        found.append(
            _(
                "外字の注記：「〓」は、この書類の字体にない文字です（%(codes)s）。"
                "もとの文字は、この書類のデータの中に残っています。"
            )
            % {"codes": _listed(absent)}
        )
    if reshaped:
        found.append(
            _(
                "字形の注記：次の異体字は、字体にないため、もとになる字の形で示しました。%(codes)s。"
                "異体字の指定は、この書類のデータの中に残っています。"
            )
            % {"codes": _listed(reshaped)}
        )
    return found


def _listed(codes_of: list[str]) -> str:
    shown = "、".join(codes_of[:_MOST_MARKS])
    more = len(codes_of) - _MOST_MARKS
    return shown if more <= 0 else _("%(shown)s、ほか%(more)s字") % {"shown": shown, "more": more}


def _texts(value: object) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for part in value.values():
            yield from _texts(part)
    elif isinstance(value, list | tuple):
        for part in value:
            yield from _texts(part)


@cache
def _fonts() -> "Fonts":
    from typst import Fonts  # noqa: PLC0415 - as above

    return Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=[str(fonts.folder())])


@contextmanager
def _fonts_for(missing: list[Mark]) -> Iterator["Fonts"]:
    """Yield our fonts, and for characters that none of them draws a font of 〓 made for this sheet."""
    absent = [mark.text for mark in missing if not mark.shape_only]
    if not absent:
        yield _fonts()
        return
    from typst import Fonts  # noqa: PLC0415 - as above

    with tempfile.TemporaryDirectory(prefix="wanowa-press-") as folder:
        (Path(folder) / "geta.ttf").write_bytes(geta.font("".join(absent)))
        yield Fonts(
            include_system_fonts=False,
            include_embedded_fonts=False,
            font_paths=[str(fonts.folder()), folder],
        )
