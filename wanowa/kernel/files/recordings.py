"""Sound and video: kept without what a phone writes beside them, where it was, when, by whose hand."""

from collections.abc import Iterator
from typing import Final, NamedTuple

from django.utils.translation import gettext as _

from wanowa.kernel.errors import Invalid

_LONGEST_FRAME: Final = 1_441
"""Bytes: 320 kbit/s at 32 kHz, padded."""
_TAGS = (b"TAG", b"APETAGEX", b"LYRICSBEGIN", b"ID3")
"""What may stand behind the last frame; it goes."""
_KILOBITS = {
    True: (32, 40, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320),
    False: (8, 16, 24, 32, 40, 48, 56, 64, 80, 96, 112, 128, 144, 160),
}
"""By whether it is MPEG-1, for the indexes 1 to 14 (ISO/IEC 11172-3, 13818-3, layer III)."""
_HERTZ = (44_100, 48_000, 32_000)
_SLOWER = {0b11: 1, 0b10: 2, 0b00: 4}
"""By the two bits of the version: MPEG-1, 2, 2.5."""


def cleaned_mp3(content: bytes) -> bytes:
    """Return the frames of an MP3 and nothing else: no title, no picture, no place. Invalid unless they make it up."""
    start = at = _behind_id3(content)
    while (length := _frame(content, at)) and at + length <= len(content):
        at += length
    rest = content[at:]
    if at == start:
        raise _another_kind()
    if at - start < 2 * _frame(content, start) or not (rest.startswith(_TAGS) or len(rest) <= _LONGEST_FRAME):
        raise _not_whole()
    return content[start:at]


def _behind_id3(content: bytes) -> int:
    """Return where the first ID3v2 tags end (id3.org, ID3v2.4.0 §3.1)."""
    at = 0
    while content[at : at + 3] == b"ID3" and len(content) >= at + 10:
        size = 0
        for byte in content[at + 6 : at + 10]:
            size = size << 7 | byte & 0x7F
        at += 10 + size + (10 if content[at + 5] & 0x10 else 0)
    return at


def _frame(content: bytes, at: int) -> int:
    """Return how long the frame at a place is; 0 when none begins there."""
    head = content[at : at + 4]
    if len(head) < 4 or head[0] != 0xFF or head[1] & 0xE0 != 0xE0:
        return 0
    version, layer = head[1] >> 3 & 0b11, head[1] >> 1 & 0b11
    rate, hertz = head[2] >> 4, head[2] >> 2 & 0b11
    if version == 0b01 or layer != 0b01 or rate in {0, 15} or hertz == 0b11:
        return 0
    first = version == 0b11
    bits = _KILOBITS[first][rate - 1] * 1_000
    return (144 if first else 72) * bits * _SLOWER[version] // _HERTZ[hertz] + (head[2] >> 1 & 1)


class _Box(NamedTuple):
    """One box of a file in the ISO base media format (ISO/IEC 14496-12): its kind, and where it and its inside lie."""

    kind: bytes
    start: int
    inside: int
    end: int


_KEPT = {
    b"": {b"ftyp", b"styp", b"moov", b"moof", b"mdat", b"sidx", b"mfra"},
    b"moov": {b"mvhd", b"trak", b"mvex"},
    b"trak": {b"tkhd", b"edts", b"mdia", b"tref"},
    b"mdia": {b"mdhd", b"hdlr", b"elng", b"minf"},
    b"moof": {b"mfhd", b"traf"},
    b"traf": {b"tfhd", b"tfdt", b"trun", b"sdtp", b"sbgp", b"sgpd", b"subs"},
}
"""By what holds them, the boxes without which nothing plays. All others are emptied: names, places, cameras, covers."""
_MOST_BOXES: Final = 10_000
"""In one holder: an hour in fragments of a second has 7,200. Millions of empty ones keep a server busy for seconds."""
_WITH_TIMES = {b"mvhd", b"tkhd", b"mdhd"}
SOUND, PICTURES = b"soun", b"vide"


def cleaned_sound(content: bytes) -> bytes:
    """Return an M4A without what tells place, time and person. Invalid unless it is sound and nothing else."""
    cleaned, tracks = _cleaned(content)
    if tracks != {SOUND}:
        raise _another_kind() if PICTURES in tracks else _holds_more()
    return cleaned


def cleaned_video(content: bytes) -> bytes:
    """Return an MP4 without what tells place, time and person. Invalid unless all its tracks are pictures and sound.

    A track of anything else (where the camera was, every second) lies among pictures and sound: it cannot be taken out.
    """
    cleaned, tracks = _cleaned(content)
    if not tracks or not tracks <= {SOUND, PICTURES}:
        raise _holds_more()
    return cleaned


def _cleaned(content: bytes) -> tuple[bytes, set[bytes]]:
    """Return the file with everything emptied that is not needed, at its place and length; and what its tracks are."""
    if content[4:8] != b"ftyp":
        raise _another_kind()
    kept, tracks = bytearray(content), set[bytes]()
    kinds = _empty(kept, 0, len(kept), b"", tracks)
    if not {b"moov", b"mdat"} <= kinds:
        raise _not_whole()
    return bytes(kept), tracks


def _empty(content: bytearray, start: int, end: int, holder: bytes, tracks: set[bytes]) -> set[bytes]:
    kinds = set()
    for number, box in enumerate(_boxes(content, start, end)):
        if number == _MOST_BOXES:
            raise _not_whole()
        if box.kind not in _KEPT[holder]:
            content[box.start + 4 : box.start + 8] = b"free"
            content[box.inside : box.end] = bytes(box.end - box.inside)
            continue
        kinds.add(box.kind)
        if box.kind in _KEPT:
            _empty(content, box.inside, box.end, box.kind, tracks)
        elif box.kind in _WITH_TIMES and box.end - box.inside >= 20:
            long = content[box.inside] == 1
            content[box.inside + 4 : box.inside + (20 if long else 12)] = bytes(16 if long else 8)
        elif box.kind == b"hdlr":
            tracks.add(bytes(content[box.inside + 8 : box.inside + 12]))
            content[box.inside + 24 : box.end] = bytes(max(box.end - box.inside - 24, 0))
    return kinds


def _boxes(content: bytearray, start: int, end: int) -> Iterator[_Box]:
    """Yield boxes that fill a stretch from its first byte to its last. Raises Invalid when they do not."""
    while start < end:
        head, size = 8, int.from_bytes(content[start : start + 4])
        if size == 1:
            head, size = 16, int.from_bytes(content[start + 8 : start + 16])
        elif size == 0 and end == len(content):
            size = end - start
        if size < head or start + size > end:
            raise _not_whole()
        yield _Box(bytes(content[start + 4 : start + 8]), start, start + head, start + size)
        start += size


def _another_kind() -> Invalid:
    return Invalid(_("ファイルの中身と拡張子が合いません。元のアプリで保存しなおして送ってください。"))


def _not_whole() -> Invalid:
    return Invalid(
        _("ファイルがこわれているか、ほかのデータがまざっています。保存しなおして送ってください。")
    )


def _holds_more() -> Invalid:
    return Invalid(
        _("映像と音のほかのデータ（場所など）が入っています。編集アプリで保存しなおして送ってください。")
    )
