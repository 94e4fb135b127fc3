"""By what a collaboration is looked back upon: criteria, and scales from 1 to 5 with a word for every step (G-22b).

A pack says it; a collaboration keeps the yardstick of the day on which it started.
"""

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from wanowa.kernel.canonical import canonical

STEPS: Final = 5
"""Scores go from 1 to this."""


class View(TextChoices):
    """The two evaluations that the guideline keeps apart."""

    PROJECT = "project", _("事業のふりかえり")
    PARTNERSHIP = "partnership", _("協働のふりかえり")


class Each(TextChoices):
    """What a criterion is asked about, once for each of them; a criterion without it is asked once."""

    GOAL = "goal", _("実施目標ごと")
    OUTCOME = "outcome", _("成果目標ごと")
    PARTY = "party", _("主体ごと")


@dataclass(frozen=True, slots=True)
class Scale:
    """Five words, from the lowest to the highest."""

    key: str
    one: str
    two: str
    three: str
    four: str
    five: str

    @property
    def words(self) -> tuple[str, ...]:
        """The words for 1 to 5."""
        return (self.one, self.two, self.three, self.four, self.five)


@dataclass(frozen=True, slots=True)
class Criterion:
    """One thing that every party looks back upon. `view` is a key of View, `scale` of a scale, `each` of Each."""

    key: str
    view: str
    group: str
    title: str
    question: str
    scale: str
    each: str = ""


@dataclass(frozen=True, slots=True)
class Yardstick:
    """All criteria in the order in which they are asked, and the scales they use."""

    scales: Sequence[Scale] = ()
    criteria: Sequence[Criterion] = ()

    def content(self) -> dict[str, Any]:
        """Return the JSON form; `Yardstick.of` reads it back unchanged."""
        return {
            "scales": [{"key": scale.key, "words": list(scale.words)} for scale in self.scales],
            "criteria": [
                {name: getattr(criterion, name) for name in Criterion.__slots__}
                for criterion in self.criteria
            ],
        }

    @classmethod
    def of(cls, content: Mapping[str, Any]) -> "Yardstick":
        """Read the JSON form back."""
        return cls(
            scales=tuple(Scale(scale["key"], *scale["words"]) for scale in content["scales"]),
            criteria=tuple(Criterion(**criterion) for criterion in content["criteria"]),
        )

    @property
    def fingerprint(self) -> str:
        """SHA-256 (hex) of the canonical JSON form."""
        return hashlib.sha256(canonical(self.content())).hexdigest()

    def scale(self, key: str) -> Scale:
        """Return the scale of this name; KeyError when there is none."""
        return {scale.key: scale for scale in self.scales}[key]
