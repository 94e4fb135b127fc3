"""What can stand on a sheet of paper: text, articles, sections, tables, letters. Data only, and never any markup."""

from dataclasses import asdict, dataclass, field
from datetime import datetime
from typing import Any, Literal

type Block = Text | Article | Section | Grid | Facts | Letter
"""One piece of a sheet, from top to bottom."""


@dataclass(frozen=True, slots=True)
class Text:
    """A paragraph; a line break in it stays one."""

    text: str
    align: Literal["start", "center", "end"] = "start"
    small: bool = False


@dataclass(frozen=True, slots=True)
class Article:
    """（caption） above, then 第１条 and its text; what else belongs to it stands below, indented."""

    caption: str
    number: str
    text: str
    blocks: tuple[Block, ...] = ()


@dataclass(frozen=True, slots=True)
class Section:
    """A numbered heading, as in a specification, with what stands under it."""

    number: str
    caption: str
    blocks: tuple[Block, ...]


@dataclass(frozen=True, slots=True)
class Grid:
    """A table with headings, repeated on every page it runs over. `widths` are relative; `numbers` lie to the right.

    `tall` leaves room to write in every row; `foot` is a row of sums.
    """

    head: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    widths: tuple[int, ...]
    numbers: tuple[int, ...] = ()
    foot: tuple[str, ...] = ()
    tall: bool = False

    def __post_init__(self) -> None:
        rows = (*self.rows, self.widths, *([self.foot] if self.foot else []))
        if any(len(row) != len(self.head) for row in rows):
            raise ValueError("every row of a table has as many cells as its head")


@dataclass(frozen=True, slots=True)
class Facts:
    """Label and value, one below the other; an empty value is room to write."""

    rows: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Letter:
    """The head of an official letter: day and number on the right, to whom, and from whom."""

    top: tuple[str, ...]
    to: tuple[str, ...]
    sender: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Check:
    """How a reader finds the original: an address, also as a QR code, and lines of text beside it."""

    address: str
    alt: str
    lines: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Sheet:
    """One document. `made` is the moment it speaks of: nothing in the file depends on when it was printed."""

    title: str
    made: datetime
    blocks: tuple[Block, ...]
    number: str = ""
    """The number of the form (様式第1号), in the upper left corner."""
    opening: tuple[Block, ...] = ()
    """What stands above the title: the head of a letter."""
    closing: tuple[Block, ...] = ()
    """What stays on one page with the notes and the check: who agreed, and room to sign."""
    notes: tuple[str, ...] = ()
    footer: tuple[str, ...] = ()
    check: Check | None = None
    preview: str = ""
    """Why this is not the real thing yet; empty when it is."""
    watermark: str = field(default="案", kw_only=True)


def plain(block: Block) -> dict[str, Any]:
    """Return a block as JSON, with the name of what it is under `block`."""
    inner = [plain(one) for one in getattr(block, "blocks", ())]
    return asdict(block) | {"block": type(block).__name__} | ({"blocks": inner} if inner else {})
