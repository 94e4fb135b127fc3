"""Which files the platform takes: PDF, PNG, JPEG, Word, Excel: what their name says, and harmless."""

import hashlib
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import Final

import puremagic
from django.core.files.base import File
from django.utils.translation import gettext as _

from wanowa.kernel.errors import Invalid
from wanowa.kernel.files.documents import checked_pdf, checked_spreadsheet, checked_text_document
from wanowa.kernel.files.images import reencoded_jpeg, reencoded_png
from wanowa.kernel.files.names import clean_name

LARGEST: Final = 20 * 1024 * 1024
"""Bytes of one file."""


@dataclass(frozen=True, slots=True)
class Accepted:
    """A file that may be stored: the name to show, the media type to send, and the bytes to keep."""

    name: str
    media_type: str
    content: bytes

    @property
    def digest(self) -> str:
        """SHA-256 of the content, 64 hexadecimal digits."""
        return hashlib.sha256(self.content).hexdigest()


@dataclass(frozen=True, slots=True)
class _Kind:
    extension: str
    media_type: str
    begins: frozenset[str]
    """Extensions that puremagic reads from the first bytes of such a file."""
    checked: Callable[[bytes], bytes]
    """Return what to store, or raise Invalid."""


_OOXML = "application/vnd.openxmlformats-officedocument."
_ZIP = frozenset({".zip", ".docx", ".xlsx", ".pptx", ".jar", ".odt", ".ods", ".epub"})
_JPEG = _Kind(".jpg", "image/jpeg", frozenset({".jpg", ".jpeg", ".jfif", ".jpe"}), reencoded_jpeg)
_KINDS = {
    "pdf": _Kind(".pdf", "application/pdf", frozenset({".pdf"}), checked_pdf),
    "png": _Kind(".png", "image/png", frozenset({".png", ".apng"}), reencoded_png),
    "jpg": _JPEG,
    "jpeg": _JPEG,
    "docx": _Kind(".docx", _OOXML + "wordprocessingml.document", _ZIP, checked_text_document),
    "xlsx": _Kind(".xlsx", _OOXML + "spreadsheetml.sheet", _ZIP, checked_spreadsheet),
}


def accept(upload: "File[bytes]") -> Accepted:
    """Return what may be stored of `upload`; Invalid, with a Japanese sentence, when nothing may.

    Kind and content must agree: the extension is one of pdf, png, jpg, jpeg, docx, xlsx, the first bytes say
    the same, and the whole file passes the check of its kind. Pictures come back re-encoded, without place
    and camera.
    """
    given = upload.name or ""
    kind = _KINDS.get(PurePosixPath(given.replace("\\", "/")).suffix.lower().removeprefix("."))
    if kind is None:
        raise Invalid(
            _("送れるのは PDF・PNG・JPEG・Word（docx）・Excel（xlsx）です。保存しなおして送ってください。")
        )
    name = clean_name(given, extension=kind.extension)
    upload.seek(0)
    content = upload.read(LARGEST + 1)
    if not content:
        raise Invalid(_("ファイルの中身が空です。ファイルを確かめて、もう一度送ってください。"))
    if len(content) > LARGEST:
        raise Invalid(_("ファイルが大きすぎます。20MBまでにして送ってください。"))
    if kind.begins.isdisjoint(_beginnings(content)):
        raise Invalid(_("ファイルの中身と拡張子が合いません。元のアプリで保存しなおして送ってください。"))
    return Accepted(name, kind.media_type, kind.checked(content))


def _beginnings(content: bytes) -> set[str]:
    try:
        return {match.extension for match in puremagic.magic_string(content)}
    except (puremagic.PureError, ValueError):
        return set()
