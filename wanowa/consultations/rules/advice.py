"""Answers that are used again: what may stand in one, what would give somebody away, which one is near a worry."""

import re
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from unicodedata import normalize

from django.db.models import TextChoices
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from wanowa.kernel.errors import Invalid
from wanowa.kernel.text import search_key

LONGEST_QUESTION = 120
LONGEST_ANSWER = 1500
CHECKED_FOR = timedelta(days=365)
"""How long an answer counts as checked."""
ECHO = 15
"""Neighbouring letters of a person's own words that may not stand in public text."""
NAMED = 2
"""Letters from which a name is looked for."""
NEAR = 2
"""What common pairs of letters must weigh for an answer to be shown to somebody who writes."""
MOST_NEAR = 3
_FEW = 4
"""Answers below which no pair counts as said everywhere."""


class Stage(TextChoices):
    """Where a wording of an answer stands."""

    PROPOSED = "proposed", gettext_lazy("もうひとりの確かめを待っています")
    RELEASED = "released", gettext_lazy("公開しています")
    REPLACED = "replaced", gettext_lazy("前の文")


@dataclass(frozen=True, slots=True)
class Reply:
    """A question that many have, and what the desk answers."""

    question: str
    answer: str
    category: str

    def check(self, categories: Iterable[str]) -> None:
        """Raise Invalid with the first thing that is wrong."""
        if not self.question.strip() or not self.answer.strip():
            raise Invalid(_("質問と答えの、両方を書いてください。"))
        for text, most in ((self.question, LONGEST_QUESTION), (self.answer, LONGEST_ANSWER)):
            if len(text) > most:
                raise Invalid(_("長すぎます。%(most)s字までで書いてください。") % {"most": most})
        if self.category not in categories:
            raise Invalid(_("相談の種類を、えらびなおしてください。"))


def _plain(text: str) -> str:
    return "".join(letter for letter in search_key(text) if letter.isalnum())


def echoes(public: str, words: Iterable[str]) -> bool:
    """Tell whether fifteen neighbouring letters of somebody's own words stand in a public text.

    >>> echoes("花壇の世話は、公園の係に聞いてください。", ["駅前の花壇の世話は、公園の係に聞いてくださいと言われて"])
    True
    """
    text = _plain(public)
    for said in map(_plain, words):
        if any(said[place : place + ECHO] in text for place in range(len(said) - ECHO + 1)):
            return True
    return False


def names(public: str, marks: Iterable[str]) -> bool:
    """Tell whether a name, a telephone number or an address of somebody stands in a public text."""
    text = _plain(public)
    return any(len(mark) >= NAMED and mark in text for mark in map(_plain, marks))


def needs_check(checked: date | None, today: date) -> bool:
    """Tell whether somebody should look whether an answer is still true."""
    return checked is None or today > checked + CHECKED_FOR


def _telling(text: str) -> frozenset[str]:
    """Return the pairs of letters that say something: not those of hiragana alone, which stand everywhere."""
    plain = re.sub(r"[^\w]", " ", normalize("NFKC", text).casefold())
    pairs = (plain[place : place + 2] for place in range(len(plain) - 1))
    return frozenset(pair for pair in pairs if " " not in pair and re.search(r"[^\u3041-\u309f]", pair))


def near(worry: str, answers: Mapping[int, str]) -> list[int]:
    """Return the keys of at most three answers that share most with a worry, the nearest first.

    A pair of letters that more than half of the answers hold says nothing.
    """
    told = {key: _telling(text) for key, text in answers.items()}
    spread = Counter(pair for pairs in told.values() for pair in pairs)
    common = {pair for pair, count in spread.items() if len(told) >= _FEW and count * 2 > len(told)}
    wanted = _telling(worry) - common
    weights = {key: sum(map(_weight, wanted & pairs)) for key, pairs in told.items()}
    found = sorted((key for key in weights if weights[key] >= NEAR), key=lambda key: (-weights[key], key))
    return found[:MOST_NEAR]


def _weight(pair: str) -> int:
    """Return 2 for a pair without hiragana (花壇), 1 for one with (貸す)."""
    return 1 if re.search(r"[\u3041-\u309f]", pair) else 2
