"""What one party answers, and the commitment by which the record proves later that nothing was changed."""

import hashlib
import json
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from typing import Final

from django.utils.translation import gettext_lazy as _

from wanowa.evaluations.rules.questions import Question
from wanowa.guideline.rules.yardstick import STEPS
from wanowa.kernel.canonical import canonical
from wanowa.kernel.errors import Invalid

LONGEST: Final = 1000
"""Characters of a comment."""
SALT_BYTES: Final = 32
UNKNOWN: Final = "unknown"
"""The choice of no score."""
CHOICES: Final = frozenset({"", UNKNOWN, *(str(step) for step in range(1, STEPS + 1))})
PREFIX: Final = "wanowa/evaluation/v1"
"""The format of commitments; a new one gets a new number."""


@dataclass(frozen=True, slots=True)
class Answer:
    """A score from 1 to 5 with a comment, or no score (「わからない」) with the reason for it."""

    score: int | None
    words: str = ""


@dataclass(frozen=True, slots=True)
class Sketch:
    """An answer in preparation: nothing chosen yet (""), "1" to "5", or UNKNOWN; and the words so far."""

    choice: str = ""
    words: str = ""

    @property
    def answer(self) -> Answer | None:
        """The answer it makes; None while something is missing."""
        if not self.choice or (self.choice == UNKNOWN and not self.words.strip()):
            return None
        return Answer(None if self.choice == UNKNOWN else int(self.choice), self.words)


def check(sketch: Sketch) -> None:
    """Raise Invalid for a choice that does not exist, or for too many words. What is missing may come later."""
    if sketch.choice not in CHOICES:
        raise Invalid(_("1から5か「わからない」の中から、1つえらんでください。"))
    if len(sketch.words) > LONGEST:
        raise Invalid(_("ひとことは、1000文字までで書いてください。"))


def drafts_mark(revisions: Mapping[str, int]) -> str:
    """Return the SHA-256 (hex) of which saving of each answer is meant: who seals names what she has read."""
    return hashlib.sha256(canonical(dict(revisions))).hexdigest()


def unanswered(asked: Iterable[Question], answers: Collection[str]) -> tuple[Question, ...]:
    """Return the questions that still have no answer, in order; `answers` are the keys that have one."""
    return tuple(question for question in asked if question.key not in answers)


def sealed_text(round_number: int, party: int, answers: Mapping[str, Answer]) -> str:
    """Return the canonical JSON of a party's whole evaluation: what the commitment covers, and what is revealed."""
    content = {
        "v": 1,
        "round": round_number,
        "party": party,
        "answers": {key: {"score": one.score, "words": one.words} for key, one in answers.items()},
    }
    return canonical(content).decode()


def answers_in(text: str) -> dict[str, Answer]:
    """Read the answers back out of `sealed_text`."""
    return {key: Answer(**one) for key, one in json.loads(text)["answers"].items()}


def commitment(case: str, round_number: int, party: int, salt: bytes, text: str) -> str:
    """Return the commitment (64 hex digits) to a sealed text; without the salt nobody can guess at the text.

    SHA256("wanowa/evaluation/v1" 0x00 case 0x00 round 0x00 party 0x00 salt 0x00 text), numbers in decimal digits.
    """
    place = f"{PREFIX}\x00{case}\x00{round_number}\x00{party}\x00".encode()
    return hashlib.sha256(place + salt + b"\x00" + text.encode()).hexdigest()
