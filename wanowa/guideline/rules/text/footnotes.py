"""Footnotes of a text taken from a PDF: found at the foot of their page, kept with the line that calls them."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from wanowa.guideline.rules.text.paragraphs import Line, joined

_SUPERSCRIPT = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")
_WORD = r"[^\W\d_A-Za-z]"
_HEADING = re.compile(r"(?:[0-9０-９]{1,2}\s+\D|[（(][0-9０-９]{1,2}[）)]|[①-⑳]).*")


@dataclass(frozen=True, slots=True)
class Footnote:
    """One footnote: its mark as readers see it (¹) and its text."""

    mark: str
    text: str


def without_footnotes(lines: Sequence[Line]) -> tuple[list[Line], Mapping[int, list[Footnote]]]:
    """Return the lines without footnotes, their marks raised (¹), and the footnotes by the calling line's number.

    A footnote begins with the next number, stands after the text that calls it, and only footnotes follow on its
    page. Files without pages have none.
    """
    kept, found = list(lines), dict[int, list[Footnote]]()
    number = 1
    while (begin := _beginning(kept, number)) is not None:
        page = kept[begin].page
        after = _beginning(kept, number + 1, page=page)
        rest = (place for place in range(begin, len(kept)) if kept[place].page != page)
        end = after if after is not None else next(rest, len(kept))
        caller = _caller(kept[:begin], number) or 0
        mark = str(number).translate(_SUPERSCRIPT)
        body = [
            replace(kept[begin], text=kept[begin].text.removeprefix(str(number)).strip()),
            *kept[begin + 1 : end],
        ]
        text = joined([line for line in body if line.text])
        raised = re.sub(rf"(?<={_WORD}){number}(?![\d.%])", mark, kept[caller].text, count=1)
        found.setdefault(kept[caller].number, []).append(Footnote(mark, text))
        kept[caller] = replace(kept[caller], text=raised)
        del kept[begin:end]
        number += 1
    return kept, found


def _beginning(lines: Sequence[Line], number: int, page: int = 0) -> int | None:
    """Return the line at which footnote `number` begins, on `page` if it is given."""
    written = re.compile(rf"{number}(?:{_WORD}.*)?")
    for place, line in enumerate(lines):
        if (page and line.page != page) or not written.fullmatch(line.text):
            continue
        rest = [one for one in lines[place + 1 :] if one.page == line.page]
        if any(_HEADING.fullmatch(one.text) for one in rest) or line.page == lines[0].page == lines[-1].page:
            continue
        if _caller(lines[:place], number) is not None:
            return place
    return None


def _caller(lines: Sequence[Line], number: int) -> int | None:
    """Return the last line that calls footnote `number`: the number right behind a word."""
    calls = re.compile(rf"{_WORD}{number}(?![\d.%])")
    return next((place for place in reversed(range(len(lines))) if calls.search(lines[place].text)), None)
