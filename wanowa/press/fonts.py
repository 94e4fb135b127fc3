"""The fonts of paper, and what they can draw: Noto Serif JP and Noto Sans JP from a wheel, never those of the machine.

So a paper looks the same on every machine, and whoever opens it needs no font: they are embedded.
"""

import struct
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import regex

from wanowa.kernel.text.shape import clusters

SERIF, SANS = "Noto Serif JP", "Noto Sans JP"
_SELECTORS = frozenset({*range(0xFE00, 0xFE10), *range(0xE0100, 0xE01F0)})
_INVISIBLE = regex.compile(r"[\p{Cc}\p{Default_Ignorable_Code_Point}]")


@dataclass(frozen=True, slots=True)
class Coverage:
    """What one font draws: single characters, and (character, variation selector) pairs (異体字)."""

    characters: frozenset[int]
    variants: frozenset[tuple[int, int]]


@dataclass(frozen=True, slots=True)
class Mark:
    """A character that paper cannot show as it was written; `shape_only`: it is drawn, but in its ordinary shape."""

    text: str
    shape_only: bool

    @property
    def codes(self) -> str:
        """The character in letters that every reader can look up: U+9089 U+E0110."""
        return " ".join(f"U+{ord(character):04X}" for character in self.text)


def folder() -> Path:
    """Return the folder that holds the font files and nothing else that is a font."""
    return _paths()[0].parent


@cache
def _paths() -> tuple[Path, Path]:
    from pylopdf_fonts_jp import sans_path, serif_path  # noqa: PLC0415 - only who prints needs it

    return serif_path(), sans_path()


@cache
def coverages() -> tuple[Coverage, ...]:
    """Return what each font draws, in the order in which they are asked. Reads the files once, some milliseconds."""
    return tuple(_coverage(path) for path in _paths())


def marks(texts: Iterable[str]) -> list[Mark]:
    """Return what the fonts cannot draw in `texts`, each once, in the order of its first appearance."""
    found: dict[str, Mark] = {}
    for text in texts:
        if text.isascii():
            continue
        for cluster in clusters(text):
            for mark in _marks(cluster):
                found.setdefault(mark.text, mark)
    return list(found.values())


def _marks(cluster: str) -> Iterable[Mark]:
    for place, character in enumerate(cluster):
        if _INVISIBLE.match(character):
            continue
        font = next((one for one in coverages() if ord(character) in one.characters), None)
        selector = ord(cluster[place + 1]) if place + 1 < len(cluster) else 0
        if font is None:
            yield Mark(character, shape_only=False)
        elif selector in _SELECTORS and (ord(character), selector) not in font.variants:
            yield Mark(character + chr(selector), shape_only=True)


def _coverage(path: Path) -> Coverage:
    """Read the tables of formats 12 (characters) and 14 (variants) of a font's `cmap`."""
    data = path.read_bytes()
    (tables,) = struct.unpack_from(">H", data, 4)
    directory = (struct.unpack_from(">4sIII", data, 12 + 16 * table) for table in range(tables))
    start = next(offset for tag, _sum, offset, _length in directory if tag == b"cmap")
    characters: set[int] = set()
    variants: set[tuple[int, int]] = set()
    (count,) = struct.unpack_from(">H", data, start + 2)
    for record in range(count):
        (offset,) = struct.unpack_from(">I", data, start + 8 + 8 * record)
        (layout,) = struct.unpack_from(">H", data, start + offset)
        if layout == 12:
            characters |= _characters(data, start + offset)
        elif layout == 14:
            variants |= _variants(data, start + offset)
    return Coverage(frozenset(characters), frozenset(variants))


def _characters(data: bytes, start: int) -> set[int]:
    (groups,) = struct.unpack_from(">I", data, start + 12)
    spans = (struct.unpack_from(">II", data, start + 16 + 12 * group) for group in range(groups))
    return {code for first, last in spans for code in range(first, last + 1)}


def _variants(data: bytes, start: int) -> set[tuple[int, int]]:
    found: set[tuple[int, int]] = set()
    (records,) = struct.unpack_from(">I", data, start + 6)
    for record in range(records):
        place = start + 10 + 11 * record
        selector = int.from_bytes(data[place : place + 3])
        usual, unusual = struct.unpack_from(">II", data, place + 3)
        if usual:  # the ordinary shape: ranges of (first, how many more)
            (ranges,) = struct.unpack_from(">I", data, start + usual)
            for number in range(ranges):
                first, more = divmod(struct.unpack_from(">I", data, start + usual + 4 + 4 * number)[0], 256)
                found |= {(code, selector) for code in range(first, first + more + 1)}
        if unusual:  # a shape of its own: (character, glyph)
            (pairs,) = struct.unpack_from(">I", data, start + unusual)
            places = (start + unusual + 4 + 5 * number for number in range(pairs))
            found |= {(int.from_bytes(data[at : at + 3]), selector) for at in places}
    return found
