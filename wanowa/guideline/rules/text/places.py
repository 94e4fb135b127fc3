"""Where a section stands in the guideline: as people write it (Ⅱ-2(6)) and as an address has it (ii-2-6)."""

import re
import unicodedata
from dataclasses import dataclass

_ROMAN = ("", "i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix", "x", "xi", "xii")
_KANJI = "〇一二三四五六七八九"
_CLAUSE = re.compile(
    r"(?P<chapter>[IVX]{1,4})(?:-(?P<section>\d{1,2}))?(?:\((?P<item>\d{1,2})\))?(?P<part>[①-⑳])?"
)
CIRCLED = {circled: number for number, circled in enumerate("①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳", start=1)}


@dataclass(frozen=True, slots=True)
class Place:
    """Chapter, section, item and part, 0 where a place is not so deep; `column` counts the コラム of a chapter.

    All zero: the cover, before the first chapter.
    """

    chapter: int = 0
    section: int = 0
    item: int = 0
    part: int = 0
    column: int = 0

    @property
    def level(self) -> int:
        """How deep it stands: 0 the cover, 1 a chapter, 2 a section or コラム, 3 an item, 4 a part of one."""
        if self.column:
            return 2
        return sum(number > 0 for number in (self.chapter, self.section, self.item, self.part))

    @property
    def clause(self) -> str:
        """As people write it: Ⅱ, Ⅱ-2, Ⅱ-2(6), Ⅳ-2(1)①, Ⅲ-コラム. Empty for the cover."""
        written = _ROMAN[self.chapter].upper()
        chapter = "".join(chr(0x2160 + _ROMAN.index(written.lower()) - 1)) if written else ""
        if self.column:
            return f"{chapter}-コラム{self.column if self.column > 1 else ''}"
        section = f"-{self.section}" if self.section else ""
        item = f"({self.item})" if self.item else ""
        part = next((circled for circled, number in CIRCLED.items() if number == self.part), "")
        return f"{chapter}{section}{item}{part}"

    @property
    def slug(self) -> str:
        """As an address has it: ii, ii-2, ii-2-6, iv-2-1-1, iii-column; `cover` for the cover."""
        if self.column:
            return f"{_ROMAN[self.chapter]}-column{f'-{self.column}' if self.column > 1 else ''}"
        numbers = [str(number) for number in (self.section, self.item, self.part) if number]
        return "-".join([_ROMAN[self.chapter], *numbers]) if self.chapter else "cover"

    @property
    def above(self) -> "Place | None":
        """The place one level up; None above a chapter and the cover."""
        if self.part:
            return Place(self.chapter, self.section, self.item)
        if self.item:
            return Place(self.chapter, self.section)
        return Place(self.chapter) if self.section or self.column else None


def place_of(clause: str) -> Place:
    """Return the place written as `clause` (Ⅱ-2(6)); full-width letters and brackets too. ValueError otherwise."""
    circled = "".join(sign for sign in clause if sign in CIRCLED)
    plain = unicodedata.normalize("NFKC", "".join(sign for sign in clause if sign not in CIRCLED))
    found = _CLAUSE.fullmatch(plain.strip() + circled)
    chapter = _roman(found["chapter"]) if found else 0
    if found is None or not chapter:
        raise ValueError(f"{clause!r} names no place in the guideline")
    section, item = int(found["section"] or 0), int(found["item"] or 0)
    part = CIRCLED.get(found["part"] or "", 0)
    if (item and not section) or (part and not item):
        raise ValueError(f"{clause!r} leaves out a level")
    return Place(chapter, section, item, part)


def number_of(written: str) -> int:
    """Return the number of a chapter written in any of the usual ways: Ⅱ, II, ２, 2, 二. 0 when it is none."""
    plain = unicodedata.normalize("NFKC", written)
    if plain.isdigit():
        return int(plain) if int(plain) < len(_ROMAN) else 0
    return _roman(plain.upper()) or _kanji(plain)


def _roman(letters: str) -> int:
    return _ROMAN.index(letters.lower()) if letters and letters.lower() in _ROMAN else 0


def _kanji(letters: str) -> int:
    if letters in ("十", "十一", "十二"):
        return 10 + (_KANJI.index(letters[1]) if len(letters) > 1 else 0)
    return _KANJI.index(letters) if len(letters) == 1 and letters in _KANJI else 0
