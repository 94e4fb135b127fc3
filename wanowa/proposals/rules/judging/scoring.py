"""What one reviewer says about one proposal, sealed, and when all sheets of a round open (trust.md T09)."""

import hashlib
import json
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from django.utils.translation import gettext_lazy as _

from wanowa.kernel.canonical import canonical
from wanowa.kernel.errors import Invalid

LONGEST: Final = 1000
"""Characters of the reason for one score, and of the words at the end."""
SALT_BYTES: Final = 32
PREFIX: Final = "wanowa/review/v1"
"""The format of commitments; a new one gets a new number."""

type Pair = tuple[int, int]
"""(reviewer, proposal)."""


@dataclass(frozen=True, slots=True)
class Mark:
    """The score for one criterion, 0 while none is chosen, and why."""

    score: int = 0
    why: str = ""


@dataclass(frozen=True, slots=True)
class Sheet:
    """The marks by the key of their criterion, and what the reviewer would like to tell the proposer."""

    marks: Mapping[str, Mark]
    words: str = ""

    def content(self) -> dict[str, object]:
        """Return the JSON form; `Sheet.of` reads it back unchanged."""
        return {
            "marks": {key: {"score": mark.score, "why": mark.why} for key, mark in self.marks.items()},
            "words": self.words,
        }

    @classmethod
    def of(cls, content: Mapping[str, object]) -> "Sheet":
        """Read the JSON form back."""
        marks = content["marks"]
        if not isinstance(marks, Mapping):
            raise TypeError("a sheet has marks by criterion")
        return cls({key: Mark(**mark) for key, mark in marks.items()}, str(content["words"]))

    def missing(self, criteria: Sequence[str]) -> list[str]:
        """Return the criteria without a score, in their order."""
        return [key for key in criteria if not self.marks.get(key, Mark()).score]


def check(sheet: Sheet, levels: Mapping[str, int]) -> None:
    """Raise Invalid for a score that does not exist, or for too many words. What is missing may come later.

    `levels`: how many levels each criterion has, by its key; scores go from 1 to this.
    """
    if not set(sheet.marks) <= set(levels):
        raise Invalid(_("その項目はありません。ページを開きなおしてください。"))
    if any(mark.score not in range(levels[key] + 1) for key, mark in sheet.marks.items()):
        raise Invalid(_("点は、めやすの中からえらんでください。"))
    if any(len(mark.why) > LONGEST for mark in sheet.marks.values()) or len(sheet.words) > LONGEST:
        raise Invalid(_("わけとことばは、それぞれ1000文字までで書いてください。"))


def sealed_text(pair: Pair, sheet: Sheet) -> str:
    """Return the canonical JSON of a sheet: what the commitment covers, and what is opened."""
    reviewer, proposal = pair
    return canonical({"v": 1, "reviewer": reviewer, "proposal": proposal, **sheet.content()}).decode()


def sheet_in(text: str) -> Sheet:
    """Read the sheet back out of `sealed_text`."""
    return Sheet.of(json.loads(text))


def commitment(pair: Pair, salt: bytes, text: str) -> str:
    """Return the commitment (64 hex digits) to a sealed sheet; without the salt nobody can guess at the scores.

    SHA256("wanowa/review/v1" 0x00 reviewer 0x00 proposal 0x00 salt 0x00 text), numbers in decimal digits.
    """
    reviewer, proposal = pair
    place = f"{PREFIX}\x00{reviewer}\x00{proposal}\x00".encode()
    return hashlib.sha256(place + salt + b"\x00" + text.encode()).hexdigest()


def awaited(reviewers: Collection[int], proposals: Collection[int], recused: Collection[Pair]) -> set[Pair]:
    """Return whose sheet about what is awaited: everybody's about everything, but not where one stands back."""
    return {(reviewer, proposal) for reviewer in reviewers for proposal in proposals} - set(recused)


def may_open(wanted: Collection[Pair], sealed: Collection[Pair], deadline: date, today: date) -> bool:
    """Whether the sheets open: every one that is awaited is sealed, or the last day is over."""
    return set(wanted) <= set(sealed) or today > deadline
