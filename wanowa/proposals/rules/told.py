"""The rules of a round, and a proposal as handed in, as one value each: what their fingerprints cover."""

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Final

from django.utils.translation import gettext as _

from wanowa.kernel.canonical import canonical
from wanowa.kernel.errors import Invalid
from wanowa.proposals.rules.lifecycle import Kind
from wanowa.proposals.rules.vocabulary import MOST_LEVELS, Conflict, Shown

MOST_CRITERIA: Final = 8


@dataclass(frozen=True, slots=True)
class CriterionRule:
    """By what is judged, how much it counts, what 1 point means, 2 points, and so on."""

    label: str
    weight: int
    levels: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class RoundRules:
    """Everything of a round that is frozen from its opening on, without its calendar."""

    fiscal_year: int
    number: int
    title: str
    intro: str = ""
    kinds: tuple[str, ...] = (Kind.CITIZEN, Kind.CITY)
    questions: tuple[str, ...] = ()
    papers: tuple[str, ...] = ()
    cap: int | None = None
    frame: int | None = None
    places: int | None = None
    blind: bool = True
    conflicts: tuple[str, ...] = tuple(Conflict)
    shown: tuple[str, ...] = (Shown.TITLES, Shown.REASONS)
    criteria: tuple[CriterionRule, ...] = field(default=())

    def check(self) -> None:
        """Raise Invalid for rules by which nobody could propose or judge."""
        if not self.title.strip():
            raise Invalid(_("募集の題名を書いてください。"))
        if not self.kinds:
            raise Invalid(_("市民提案と行政提案の、どちらかをえらんでください。"))
        if self.cap is not None and self.frame is not None and self.cap > self.frame:
            raise Invalid(_("1件の上限は、全体の予算の枠より小さくしてください。"))

    def check_criteria(self) -> None:
        """Raise Invalid unless the criteria can be used: some, not too many, weighed, each level described."""
        if not 1 <= len(self.criteria) <= MOST_CRITERIA:
            raise Invalid(_("審査の項目を、1つから%(most)sつまで書いてください。") % {"most": MOST_CRITERIA})
        for one in self.criteria:
            if not one.label.strip() or not 1 <= one.weight <= 100:
                raise Invalid(_("審査の項目には、見ることと、1から100までの重みを書いてください。"))
            if not 2 <= len(one.levels) <= MOST_LEVELS or not all(level.strip() for level in one.levels):
                raise Invalid(
                    _("「%(label)s」の点数ごとのめやすを、2つから%(most)sつまで、1行に1つ書いてください。")
                    % {"label": one.label, "most": MOST_LEVELS}
                )

    def digest(self, stages: Iterable[tuple[str, str, str, str, bool]]) -> str:
        """Return the fingerprint of these rules and of the calendar (key, first day, last day, way, required)."""
        content = {
            "fiscal_year": self.fiscal_year,
            "number": self.number,
            "title": self.title,
            "intro": self.intro,
            "kinds": sorted(map(str, self.kinds)),
            "questions": sorted(map(str, self.questions)),
            "papers": list(self.papers),
            "cap": self.cap,
            "frame": self.frame,
            "places": self.places,
            "blind": self.blind,
            "conflicts": sorted(map(str, self.conflicts)),
            "shown": sorted(map(str, self.shown)),
            "criteria": [[one.label, one.weight, list(one.levels)] for one in self.criteria],
            "stages": [
                [str(part) if not isinstance(part, bool) else part for part in stage] for stage in stages
            ],
        }
        return _digest(content)


def digest_of_answers(answers: Mapping[str, str]) -> str:
    """Return the fingerprint of a proposal's answers, as handed in."""
    return _digest({str(key): text for key, text in answers.items()})


def digest_of_text(text: str) -> str:
    """Return the fingerprint of one text."""
    return hashlib.sha256(text.encode()).hexdigest()


def _digest(content: object) -> str:
    return hashlib.sha256(canonical(content)).hexdigest()
