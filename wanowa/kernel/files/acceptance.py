"""Which files the platform takes: PDF, PNG, JPEG, Word, Excel, and recordings: what their name says, and harmless."""

import hashlib
from collections.abc import Callable, Mapping
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
from wanowa.kernel.files.recordings import cleaned_mp3, cleaned_sound, cleaned_video

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
    """Extensions that puremagic reads from the first bytes of such a file; empty where `checked` reads them itself."""
    checked: Callable[[bytes], bytes]
    """Return what to store, or raise Invalid."""


_OOXML = "application/vnd.openxmlformats-officedocument."
_ZIP = frozenset({".zip", ".docx", ".xlsx", ".pptx", ".jar", ".odt", ".ods", ".epub"})
_JPEG = _Kind(".jpg", "image/jpeg", frozenset({".jpg", ".jpeg", ".jfif", ".jpe"}), reencoded_jpeg)
_PDF = _Kind(".pdf", "application/pdf", frozenset({".pdf"}), checked_pdf)
_KINDS = {
    "pdf": _PDF,
    "png": _Kind(".png", "image/png", frozenset({".png", ".apng"}), reencoded_png),
    "jpg": _JPEG,
    "jpeg": _JPEG,
    "docx": _Kind(".docx", _OOXML + "wordprocessingml.document", _ZIP, checked_text_document),
    "xlsx": _Kind(".xlsx", _OOXML + "spreadsheetml.sheet", _ZIP, checked_spreadsheet),
}
_RECORDINGS = {
    "mp3": _Kind(".mp3", "audio/mpeg", frozenset(), cleaned_mp3),
    "m4a": _Kind(".m4a", "audio/mp4", frozenset(), cleaned_sound),
    "mp4": _Kind(".mp4", "video/mp4", frozenset(), cleaned_video),
    "pdf": _PDF,
}
RECORDINGS: Final = tuple(kind.extension for kind in _RECORDINGS.values())
"""The extensions of what `accept_recording` takes."""


def accept(upload: "File[bytes]") -> Accepted:
    """Return what may be stored of `upload`; Invalid, with a Japanese sentence, when nothing may.

    Kind and content must agree: the extension is one of pdf, png, jpg, jpeg, docx, xlsx, the first bytes say
    the same, and the whole file passes the check of its kind. Pictures come back re-encoded, without place
    and camera.
    """
    return _accepted(
        upload,
        _KINDS,
        _("送れるのは PDF・PNG・JPEG・Word（docx）・Excel（xlsx）です。保存しなおして送ってください。"),
    )


def accept_recording(upload: "File[bytes]") -> Accepted:
    """Return what may be stored of a talk that somebody recorded: mp3, m4a, mp4, or its slides as a PDF.

    As `accept`; sound and video come back without what tells place, time and person.
    """
    return _accepted(
        upload,
        _RECORDINGS,
        _("送れるのは、音声（mp3・m4a）、動画（mp4）、PDFです。保存しなおして送ってください。"),
    )


def _accepted(upload: "File[bytes]", kinds: Mapping[str, _Kind], others: str) -> Accepted:
    """Return the file, if it is of one of `kinds`; `others` says what to do with one that is not."""
    given = upload.name or ""
    kind = kinds.get(PurePosixPath(given.replace("\\", "/")).suffix.lower().removeprefix("."))
    if kind is None:
        raise Invalid(others)
    name = clean_name(given, extension=kind.extension)
    upload.seek(0)
    content = upload.read(LARGEST + 1)
    if not content:
        raise Invalid(_("ファイルの中身が空です。ファイルを確かめて、もう一度送ってください。"))
    if len(content) > LARGEST:
        raise Invalid(_("ファイルが大きすぎます。20MBまでにして送ってください。"))
    if kind.begins and kind.begins.isdisjoint(_beginnings(content)):
        raise Invalid(_("ファイルの中身と拡張子が合いません。元のアプリで保存しなおして送ってください。"))
    return Accepted(name, kind.media_type, kind.checked(content))


def _beginnings(content: bytes) -> set[str]:
    try:
        return {match.extension for match in puremagic.magic_string(content)}
    except (puremagic.PureError, ValueError):
        return set()
