"""From the text of a policy to its sections: chapters, １, （１）, ① and コラム, each with its place and paragraphs."""

import re
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from wanowa.guideline.rules.text.decoding import PolicyError
from wanowa.guideline.rules.text.footnotes import Footnote, without_footnotes
from wanowa.guideline.rules.text.paragraphs import Block, Line, Setting, Shape, blocks_of, setting_of
from wanowa.guideline.rules.text.places import CIRCLED, Place, number_of

_TITLE = 60
"""A heading is at most this long, and no sentence."""
_CHAPTER = re.compile(
    r"第\s*(?P<number>[Ⅰ-Ⅻⅰ-ⅻIVX]{1,4}|[0-9０-９]{1,2}|[一二三四五六七八九十]{1,2})"
    r"\s*章(?:[\s:：]+(?P<title>.*))?"
)
_SECTION = re.compile(r"(?P<number>[0-9０-９]{1,2})(?:\s*[.．、]\s*|\s+)(?P<title>\D.*)")
_ITEM = re.compile(r"[（(]\s*(?P<number>[0-9０-９]{1,2})\s*[）)]\s*(?P<title>.+)")
_PART = re.compile(r"(?P<number>[①-⑳])\s*(?P<title>.+)")
_COLUMN = re.compile(r"コラム(?:\s|[:：])\s*(?P<title>.+)")
_REVISION = re.compile(r"[（(](?P<label>[^（）()]{4,30}(?:改定|策定|制定))[）)]")
_WIDER = 2.0
"""Cells by which a column grows where an indented part ends and a chapter begins."""


@dataclass(frozen=True, slots=True)
class Passage:
    """One heading with what stands below it until the next heading."""

    place: Place
    heading: str
    """As it stands in the file, with its number."""
    title: str
    """Without its number."""
    blocks: tuple[Block, ...]


@dataclass(frozen=True, slots=True)
class Outline:
    """A whole policy: its passages in order, and what it says about its own revision."""

    passages: tuple[Passage, ...]
    revision: str
    guessed: tuple[str, ...] = ()
    """Chapters whose beginning the file does not show: their heading stands after their text."""


@dataclass(slots=True)
class _Open:
    """The passage being read."""

    place: Place
    heading: str
    title: str
    lines: list[Line] = field(default_factory=list)


def outline_of(text: str) -> Outline:
    """Return the sections of a policy text, or raise PolicyError with the line and what to do about it."""
    lines = lines_of(text)
    setting = setting_of(lines)
    lines, footnotes = without_footnotes(lines)
    lines, guessed = _chapters_first(lines)
    opened = list(_passages(lines))
    _check_chapters(opened)
    passages = tuple(_closed(passage, setting, footnotes) for passage in opened)
    cover = " ".join(line.text for line in opened[0].lines) if not opened[0].place.chapter else ""
    revision = _REVISION.search(cover)
    label = unicodedata.normalize("NFKC", revision["label"]) if revision else ""
    return Outline(passages, label, guessed)


def lines_of(text: str) -> list[Line]:
    """Return the lines with writing on them. A form feed, or what a converter made of it, begins a page."""
    raw = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    marked = "\f" in text
    written = [one for one in raw if one.strip()]
    spaced = len(raw) > 1.7 * len(written)
    lines: list[Line] = []
    page, gap = 1, False
    for number, one in enumerate(raw, start=1):
        stripped = one.strip().removeprefix("\ufeff")
        page += one.count("\f") if marked else spaced and bool(re.match(r" \S", one)) and bool(lines)
        if not stripped:
            gap = True
            continue
        plain = re.sub(r"^#{1,6}\s+", "", stripped)
        lines.append(Line(number, page, plain, gap=gap, indented=one.startswith("\u3000")))
        gap = False
    return lines


def _chapters_first(lines: Sequence[Line]) -> tuple[list[Line], tuple[str, ...]]:
    """Return the lines with every chapter's heading before its text.

    A layout with the chapter's name in a box beside the text leaves the heading as the last line of its page.
    """
    by_page: dict[int, list[Line]] = {}
    for line in lines:
        by_page.setdefault(line.page, []).append(line)
    ordered: list[Line] = []
    guessed: list[str] = []
    for page in by_page.values():
        last = page[-1]
        if len(by_page) > 1 and len(page) > 1 and _heading(_CHAPTER, last):
            begins, sure = _beginning(page[:-1])
            ordered += [*page[:begins], last, *page[begins:-1]]
            guessed += [] if sure else [last.text]
        else:
            ordered += page
    return ordered, tuple(guessed)


def _beginning(page: Sequence[Line]) -> tuple[int, bool]:
    """Return at which line of its page a chapter begins, and whether the page shows it without doubt."""
    firsts = [place for place, line in enumerate(page) if _number(_SECTION, line) == 1]
    if firsts:
        return firsts[0], True
    headed = [place for place, line in enumerate(page) if _number(_ITEM, line) or _number(_PART, line)]
    if not headed:
        return 0, True
    after = headed[-1] + 1
    for place in range(after + 1, len(page)):
        narrow = max(line.width for line in page[after:place])
        wide = max(line.width for line in page[place : place + 3])
        if page[place - 1].ends and wide >= narrow + _WIDER:
            return place, False
    raise PolicyError(
        f"{page[-1].number}行めの近くの章は、どこから始まるかわかりません。"
        "章の見出しを、その章の本文の前に移してから、もう一度読み込んでください。"
    )


def _passages(lines: Sequence[Line]) -> Iterator[_Open]:
    """Walk the lines; a heading is one only where its number is the next."""
    here = _Open(Place(), "", "")
    listed = columns = 0
    for place, line in enumerate(lines):
        found = _next_heading(line, here.place, columns)
        if found and found[0].level == 2 and not found[0].column:
            number = found[0].section
            if listed and number == listed + 1 and _comes_again(number, lines[place + 1 :]):
                found = None
        if found is None:
            number = _number(_SECTION, line)
            listed = number if number in {1, listed + 1} and here.place.section else listed
            here.lines.append(line)
            continue
        listed = 0
        if here.heading or here.lines:
            yield here
        columns = columns + 1 if found[0].column else 0 if found[0].level == 1 else columns
        here = _Open(found[0], line.text, found[1])
    yield here


def _next_heading(line: Line, here: Place, columns: int) -> tuple[Place, str] | None:
    """Return the place and title when `line` is the heading that comes next after `here`."""
    if found := _heading(_CHAPTER, line):
        number = number_of(found["number"])
        if not number:
            raise PolicyError(
                f"{line.number}行めの章の番号を読めません。第1章から第12章までで書いてください。"
            )
        return Place(number), (found["title"] or "").strip() or line.text
    if not here.chapter:
        return None
    if found := _heading(_COLUMN, line):
        return Place(here.chapter, section=here.section, column=columns + 1), found["title"]
    for pattern, following in (
        (_SECTION, replace(here, section=here.section + 1, item=0, part=0, column=0)),
        (_ITEM, replace(here, item=here.item + 1, part=0)),
        (_PART, replace(here, part=here.part + 1)),
    ):
        found = _heading(pattern, line)
        wanted = (
            following.section
            if pattern is _SECTION
            else following.item
            if pattern is _ITEM
            else following.part
        )
        above = pattern is _SECTION or (here.section if pattern is _ITEM else here.item)
        if (
            found
            and above
            and not (here.column and pattern is not _SECTION)
            and _value(found["number"]) == wanted
        ):
            return following, found["title"]
    return None


def _comes_again(number: int, lines: Sequence[Line]) -> bool:
    """Whether a section of this number is still to come in this chapter: then this one is a line of a list."""
    for line in lines:
        if _heading(_CHAPTER, line):
            return False
        if _number(_SECTION, line) == number:
            return True
    return False


def _heading(pattern: re.Pattern[str], line: Line) -> re.Match[str] | None:
    """Return the match when the line is a heading: short, and no sentence."""
    found = pattern.fullmatch(line.text)
    return found if found and len(line.text) <= _TITLE and "。" not in line.text else None


def _number(pattern: re.Pattern[str], line: Line) -> int:
    found = _heading(pattern, line)
    return _value(found["number"]) if found else 0


def _value(written: str) -> int:
    return CIRCLED.get(written) or int(unicodedata.normalize("NFKC", written))


def _check_chapters(opened: Sequence[_Open]) -> None:
    chapters = [passage.place.chapter for passage in opened if passage.place.level == 1]
    if not chapters:
        raise PolicyError("章が見つかりません。「第１章　趣旨」のように、章の見出しを1行に書いてください。")
    if chapters != list(range(1, len(chapters) + 1)):
        told = "、".join(f"第{number}章" for number in chapters)
        raise PolicyError(
            f"章の順番が合いません（{told}）。第1章から順に、それぞれ1行で書いてあるか確かめてください。"
        )


def _closed(passage: _Open, setting: Setting, footnotes: Mapping[int, list[Footnote]]) -> Passage:
    notes = [note for line in passage.lines for note in footnotes.get(line.number, ())]
    # The cover is set in lines of its own, whatever the rest is.
    blocks = blocks_of(passage.lines, setting if passage.place.chapter else replace(setting, wrapped=False))
    marked = tuple(Block(Shape.NOTE, f"{note.mark} {note.text}") for note in notes)
    return Passage(passage.place, passage.heading, passage.title, blocks + marked)
