"""PDF, Word and Excel: kept as they are, when they hold no program, no bomb, no second file."""

import io
import re
import zipfile
import zlib
from typing import Final

from django.utils.translation import gettext as _

from wanowa.kernel.errors import Invalid

MOST_PARTS: Final = 2_000
LARGEST_UNPACKED: Final = 100 * 1024 * 1024
"""Bytes of all parts of an office file together, unpacked."""
LARGEST_RATIO: Final = 100
"""Unpacked ÷ packed, once a file unpacks to more than 10 MB."""

_PDF_ACTION = re.compile(rb"/(?:JavaScript|Launch)\b")
_PDF_ESCAPE = re.compile(rb"#([0-9A-Fa-f]{2})")
_AFTER_PDF: Final = 1_024
_END_OF_ZIP = b"PK\x05\x06"
_PROGRAM = re.compile(r"vbaProject|vbaData|macrosheets|activeX|oleObject", re.IGNORECASE)
_DECLARATION = re.compile(rb"<!(?:DOCTYPE|ENTITY)", re.IGNORECASE)
_RELATION = re.compile(rb"<Relationship\b[^>]*>")
_FETCHED = re.compile(rb"""/(?:attachedTemplate|oleObject|frame|subDocument)["']""")
_ELSEWHERE = re.compile(rb"""Target\s*=\s*["'](?:https?:|ftp:|\\\\|//|file://[^/])""", re.IGNORECASE)


def checked_pdf(content: bytes) -> bytes:
    """Return `content`. Invalid unless it is a PDF from its first byte to its last, without scripts."""
    end = content.rfind(b"%%EOF")
    if not content.startswith(b"%PDF-") or end < 0 or len(content) - end > _AFTER_PDF:
        raise _not_whole()
    if _END_OF_ZIP in content[-65_557:]:
        raise _not_whole()
    readable = _PDF_ESCAPE.sub(lambda code: bytes([int(code[1], 16)]), content)
    if _PDF_ACTION.search(readable):
        raise _holds_a_program()
    return content


def checked_text_document(content: bytes) -> bytes:
    """Return `content`. Invalid unless it is a Word document without macros, remote parts, or bombs."""
    return _checked_office(content, main="word/document.xml")


def checked_spreadsheet(content: bytes) -> bytes:
    """Return `content`. Invalid unless it is an Excel workbook without macros, remote parts, or bombs."""
    return _checked_office(content, main="xl/workbook.xml")


def _checked_office(content: bytes, *, main: str) -> bytes:
    if not content.startswith(b"PK\x03\x04") or content.rfind(_END_OF_ZIP) != len(content) - 22:
        raise _not_whole()
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            parts = archive.infolist()
            names = [part.filename for part in parts]
            if not {"[Content_Types].xml", main} <= set(names):
                raise Invalid(
                    _("ファイルの中身と拡張子が合いません。元のアプリで保存しなおして送ってください。")
                )
            if len(set(names)) < len(names) or any(map(_climbs, names)) or any(map(_unreadable, parts)):
                raise _not_whole()
            if len(parts) > MOST_PARTS or _unpacked(parts) > _allowance(len(content)):
                raise _too_large()
            for part in parts:
                _check_part(part.filename, archive.read(part))
    except (zipfile.BadZipFile, zlib.error, EOFError, OSError, ValueError, NotImplementedError):
        raise _not_whole() from None
    return content


def _climbs(name: str) -> bool:
    return name.startswith("/") or "\\" in name or ":" in name or ".." in name.split("/")


def _unreadable(part: zipfile.ZipInfo) -> bool:
    encrypted = bool(part.flag_bits & 0x1)
    return encrypted or part.compress_type not in {zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED}


def _unpacked(parts: list[zipfile.ZipInfo]) -> int:
    """Return the declared size; zipfile never unpacks more of a part than it declares."""
    return sum(part.file_size for part in parts)


def _allowance(packed: int) -> int:
    return min(LARGEST_UNPACKED, max(10 * 1024 * 1024, packed * LARGEST_RATIO))


def _check_part(name: str, part: bytes) -> None:
    if _PROGRAM.search(name):
        raise _holds_a_program()
    if not name.endswith((".xml", ".rels", ".vml")):
        return
    if name == "[Content_Types].xml" and (b"macroEnabled" in part or b"vbaProject" in part):
        raise _holds_a_program()
    if _DECLARATION.search(part.replace(b"\0", b"")):
        raise _not_whole()
    if any(_FETCHED.search(link) and _ELSEWHERE.search(link) for link in _RELATION.findall(part)):
        raise _holds_a_program()


def _not_whole() -> Invalid:
    return Invalid(
        _("ファイルがこわれているか、ほかのデータがまざっています。保存しなおして送ってください。")
    )


def _holds_a_program() -> Invalid:
    return Invalid(_("ファイルにプログラム（マクロなど）が入っています。取りのぞいて送ってください。"))


def _too_large() -> Invalid:
    return Invalid(_("ファイルを開くと大きすぎます。中身を減らして送ってください。"))
