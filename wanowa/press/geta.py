"""A font of one glyph, 〓, for characters that none of our fonts can draw: printers set a geta (下駄) in their place.

The page shows 〓, and the character itself stays in the text of the PDF, so nothing is lost by copying or searching.
The font is made anew for each document, for just the characters that need it. Source: OpenType 1.9.1, tables `head`,
`hhea`, `maxp`, `OS/2`, `hmtx`, `cmap` (format 13, many to one), `loca`, `glyf`, `name`, `post`.
"""

import struct
from collections.abc import Iterable, Mapping

FAMILY = "Wanowa Geta"
_EM = 1000
_BARS = ((80, 500, 920, 640), (80, 120, 920, 260))
"""Two bars as (left, bottom, right, top), in thousandths of the size."""
_LEFT, _BOTTOM, _RIGHT, _TOP = 80, 120, 920, 640
_ASCENT, _DESCENT = 880, -120


def font(characters: Iterable[str]) -> bytes:
    """Return a TrueType file in which every one of `characters` is drawn as 〓. ValueError for none."""
    codes = sorted({ord(character) for character in characters})
    if not codes:
        raise ValueError("a font draws at least one character")
    glyph = _glyph()
    return _file(
        {
            "OS/2": _os2(codes),
            "cmap": _cmap(codes),
            "glyf": glyph * 2,  # the first is .notdef
            "head": _head(),
            "hhea": struct.pack(
                ">IhhhHhhhhhhhhhhhH",
                *(0x10000, _ASCENT, _DESCENT, 0, _EM, _LEFT, _LEFT, _RIGHT, 1, 0, 0, 0, 0, 0, 0, 0, 2),
            ),
            "hmtx": struct.pack(">Hh", _EM, _LEFT) * 2,
            "loca": struct.pack(">III", 0, len(glyph), 2 * len(glyph)),
            "maxp": struct.pack(">IHHHHHHHHHHHHHH", 0x10000, 2, 8, 2, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0, 0),
            "name": _name(),
            "post": struct.pack(">IIhhIIIII", 0x30000, 0, -100, 50, 1, 0, 0, 0, 0),
        }
    )


def _glyph() -> bytes:
    corners = [
        corner
        for left, bottom, right, top in _BARS
        for corner in ((left, bottom), (left, top), (right, top), (right, bottom))
    ]
    ends = range(3, len(corners), 4)
    steps = list(zip([(0, 0), *corners], corners, strict=False))
    drawn = (
        struct.pack(">hhhhh", len(_BARS), _LEFT, _BOTTOM, _RIGHT, _TOP)
        + b"".join(struct.pack(">H", end) for end in ends)
        + struct.pack(">H", 0)
        + b"\x01" * len(corners)  # every point lies on the outline
        + b"".join(struct.pack(">h", there[0] - here[0]) for here, there in steps)
        + b"".join(struct.pack(">h", there[1] - here[1]) for here, there in steps)
    )
    return _padded(drawn)


def _cmap(codes: list[int]) -> bytes:
    groups = b"".join(struct.pack(">III", code, code, 1) for code in codes)
    table = struct.pack(">HHIII", 13, 0, 16 + len(groups), 0, len(codes)) + groups
    return struct.pack(">HHHHI", 0, 1, 3, 10, 12) + table


def _head() -> bytes:
    bounds = (_LEFT, _BOTTOM, _RIGHT, _TOP)
    return struct.pack(
        ">IIIIHHQQhhhhHHhhh", 0x10000, 0x10000, 0, 0x5F0F3CF5, 0, _EM, 0, 0, *bounds, 0, 8, 2, 1, 0
    )


def _os2(codes: list[int]) -> bytes:
    first, last = min(codes[0], 0xFFFF), min(codes[-1], 0xFFFF)
    return (
        struct.pack(">HhHHH", 4, _EM, 400, 5, 0)
        + struct.pack(">hhhhhhhhhhh", 650, 600, 0, 75, 650, 600, 0, 350, 50, 300, 0)
        + bytes(10)
        + struct.pack(">IIII4s", 0, 0, 0, 0, b"WANO")
        + struct.pack(">HHHhhhHH", 0x40, first, last, _ASCENT, _DESCENT, 0, _ASCENT, -_DESCENT)
        + struct.pack(">IIhhHHH", 0, 0, 500, 700, 0, 32, 1)
    )


def _name() -> bytes:
    said = {1: FAMILY, 2: "Regular", 3: FAMILY, 4: FAMILY, 6: FAMILY.replace(" ", "")}
    records, text = b"", b""
    for number, words in said.items():
        written = words.encode("utf-16-be")
        records += struct.pack(">HHHHHH", 3, 1, 0x409, number, len(written), len(text))
        text += written
    return struct.pack(">HHH", 0, len(said), 6 + len(records)) + records + text


def _file(tables: Mapping[str, bytes]) -> bytes:
    directory = struct.pack(">IHHHH", 0x10000, len(tables), 128, 3, 16 * len(tables) - 128)
    start, body = 12 + 16 * len(tables), b""
    for tag, table in sorted(tables.items()):
        padded = _padded(table)
        words = struct.unpack(f">{len(padded) // 4}I", padded)
        directory += struct.pack(
            ">4sIII", tag.encode(), sum(words) & 0xFFFFFFFF, start + len(body), len(table)
        )
        body += padded
    return directory + body


def _padded(table: bytes) -> bytes:
    return table + bytes(-len(table) % 4)
