"""From the lines of a section to its paragraphs: broken lines joined, tables and figures kept line by line.

Text taken from a PDF ends a line where the page ends, so nothing but the width of a line tells whether the
sentence goes on: justified lines are as wide as the column, the last line of a paragraph is not. Cells of tables
and numbers of charts are short lines in a row; their order is that of the file, and joining them would invent
sentences, so they stay lines.
"""

import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import pairwise

_ENDS = "。！？」）"
_SHORT = 4.5
"""Cells by which a line is narrower than its column before it counts as short."""
_RUN = 3
"""So many short lines in a row are a table or a figure, not paragraphs."""
_WRAPPED = 0.4
"""When more of the longer lines than this share end in the middle of a sentence, lines are broken by width."""
_LONGER = 20


class Shape(StrEnum):
    """What a block is."""

    TEXT = "text"
    """A paragraph."""
    LINES = "lines"
    """Lines out of a table or figure, in the order of the file."""
    NOTE = "note"
    """A footnote, beginning with its number."""


@dataclass(frozen=True, slots=True)
class Block:
    """One paragraph, table or footnote."""

    shape: Shape
    text: str


@dataclass(frozen=True, slots=True)
class Line:
    """One line with writing on it: `gap` when it stands apart from the line before, `indented` as a paragraph is."""

    number: int
    page: int
    text: str
    gap: bool = False
    indented: bool = False

    @property
    def width(self) -> float:
        """The width in cells: a kanji is one, a Latin letter half."""
        return sum(0.5 if unicodedata.east_asian_width(sign) in "NaH" else 1 for sign in self.text)

    @property
    def ends(self) -> bool:
        """Whether a sentence ends with the line."""
        return self.text.endswith(tuple(_ENDS))

    @property
    def is_tabular(self) -> bool:
        """Whether it looks like a row of cells."""
        return self.text.startswith("|") or len(self.text.split(" ")) > 2

    @property
    def is_parted(self) -> bool:
        """Whether a space parts it, as between two cells or two captions; a sentence in Japanese has none."""
        return " " in self.text and not self.text.endswith("。") and "「" not in self.text


@dataclass(frozen=True, slots=True)
class Setting:
    """How a file breaks its lines."""

    wrapped: bool
    """Lines are broken by width, not by sense."""
    spaced: bool
    """Nearly every line stands apart, so a gap means nothing."""


def setting_of(lines: Sequence[Line]) -> Setting:
    """Return how a file breaks its lines, from all of them."""
    longer = [line for line in lines if line.width >= _LONGER and not line.is_tabular]
    broken = sum(not line.ends for line in longer)
    apart = sum(line.gap for line in lines)
    return Setting(broken > _WRAPPED * max(len(longer), 1), apart > 0.7 * len(lines))


def full_width(lines: Sequence[Line]) -> float:
    """Return the width of the column in which these lines are set: what at least two lines nearly fill."""
    widths = sorted((line.width for line in lines if not line.is_tabular), reverse=True)
    pairs = pairwise(widths)
    return next((wide for wide, next_wide in pairs if wide - next_wide <= 1.5), max(widths, default=0.0))


def blocks_of(lines: Sequence[Line], setting: Setting) -> tuple[Block, ...]:
    """Return the paragraphs and tables of one section; every letter of the lines is in one of them."""
    return tuple(_wrapped(lines, setting) if setting.wrapped else _by_sense(lines))


def joined(lines: Sequence[Line]) -> str:
    """Return broken lines as one; Japanese needs no space between them, Latin words do."""
    text = ""
    for line in lines:
        space = " " if text and _is_latin(text[-1]) and _is_latin(line.text[0]) else ""
        text += space + line.text
    return text


def _is_latin(sign: str) -> bool:
    return sign.isascii() and sign.isalnum()


def _by_sense(lines: Sequence[Line]) -> Iterator[Block]:
    rows: list[str] = []
    for line in lines:
        if line.text.startswith("|"):
            rows.append(line.text)
            continue
        if rows:
            yield Block(Shape.LINES, "\n".join(rows))
            rows = []
        yield Block(Shape.TEXT, line.text)
    if rows:
        yield Block(Shape.LINES, "\n".join(rows))


def _wrapped(lines: Sequence[Line], setting: Setting) -> Iterator[Block]:
    full = full_width(lines)
    tables = _tables(lines, full)
    place = 0
    while place < len(lines):
        paragraph: list[Line] = []
        aside: list[Block] = []
        while place < len(lines):
            if place in tables and (not paragraph or not paragraph[-1].ends):
                # A sentence that a figure interrupts, as at the end of a page, is read before the figure.
                rows = lines[place : tables[place]]
                aside.append(Block(Shape.LINES, "\n".join(line.text for line in rows)))
                place = tables[place]
                if paragraph and _is_full(paragraph[-1], full):
                    continue
                break
            if place in tables or (paragraph and not _goes_on(paragraph[-1], lines[place], full, setting)):
                break
            paragraph.append(lines[place])
            place += 1
        if paragraph:
            yield Block(Shape.TEXT, joined(paragraph))
        yield from aside


def _tables(lines: Sequence[Line], full: float) -> dict[int, int]:
    """Return where runs of short lines begin and end. The short last line of a paragraph belongs to no run."""
    found: dict[int, int] = {}
    start = 0
    while start < len(lines):
        end = start
        while end < len(lines) and (_is_loose(lines[end], full) or _bridges(lines, end, full)):
            end += 1
        begin = start + _closes_paragraph(lines, start) if end > start else start
        if end - begin >= _RUN:
            found[begin] = end
        start = end + 1
    return found


def _is_full(line: Line, full: float) -> bool:
    return line.width >= full - _SHORT


def _is_loose(line: Line, full: float) -> bool:
    return line.is_tabular or not _is_full(line, full)


def _bridges(lines: Sequence[Line], place: int, full: float) -> bool:
    """Whether a wide row of cells stands between short ones."""
    around = [*lines[max(place - 1, 0) : place], *lines[place + 1 : place + 2]]
    return len(around) == 2 and lines[place].is_parted and all(_is_loose(line, full) for line in around)


def _closes_paragraph(lines: Sequence[Line], place: int) -> bool:
    return place > 0 and not lines[place - 1].ends and lines[place].ends


def _goes_on(line: Line, following: Line, full: float, setting: Setting) -> bool:
    """Whether `following` continues the paragraph of `line`."""
    if following.indented or (following.gap and not setting.spaced) or line.is_parted:
        return False
    if not _is_full(line, full):
        return False
    if not line.ends:
        return True
    # The first line of a paragraph is set in by one cell, which the file no longer shows.
    return line.width >= full - 0.75 and following.width >= full - 0.75
