"""What the parties write together after the reveal: the joint text and the lesson card, and what a consent binds to."""

import hashlib
from collections.abc import Collection, Iterable, Mapping
from dataclasses import asdict, dataclass, field, replace
from typing import Any

from django.db.models import TextChoices
from django.utils.translation import gettext as say
from django.utils.translation import gettext_lazy as _
from django_stubs_ext import StrOrPromise

from wanowa.collaborations.rules import Terms
from wanowa.kernel.canonical import canonical
from wanowa.kernel.languages import in_japanese
from wanowa.kernel.text import Piece, pieces

LONGEST_SUMMARY = 300
"""Characters of a lesson card's 概要: the limit of the standard data set (GIF 451-3)."""


class Part(TextChoices):
    """The two pieces that are written one at a time."""

    TEXT = "text", _("まとめの文")
    LESSON = "lesson", _("事例カード")


@dataclass(frozen=True, slots=True)
class Lesson:
    """What others can learn, under the headings of the standard data set for examples (GIF 451-3)."""

    title: str = ""
    place: str = ""
    organisations: str = ""
    summary: str = ""
    reason: str = ""
    purpose: str = ""
    content: str = ""
    learned: str = ""
    outcome: str = ""
    lasting: str = ""
    method: str = ""
    scheme: str = ""
    usable: bool = False
    """Whether everybody agrees that others may use it: only then it goes into a library."""


HEADINGS: Mapping[str, StrOrPromise] = {
    "title": _("題名"),
    "place": _("場所"),
    "organisations": _("いっしょに取り組んだ主体"),
    "summary": _("あらまし"),
    "reason": _("始めたわけ"),
    "purpose": _("目的"),
    "content": _("したこと"),
    "learned": _("学んだこと"),
    "outcome": _("成果"),
    "lasting": _("続けるしくみ"),
    "method": _("評価のしかた"),
    "scheme": _("使った制度"),
}
"""Every heading of a lesson card, in the order in which it is read."""

SAYINGS: Mapping[str, StrOrPromise] = {
    "well": _("よかったこと"),
    "hard": _("むずかしかったこと"),
    "ahead": _("次にすること"),
}
"""The three headings of the joint text."""


@dataclass(frozen=True, slots=True)
class Joint:
    """The whole of what the parties say together."""

    well: str = ""
    hard: str = ""
    ahead: str = ""
    lesson: Lesson = field(default_factory=Lesson)

    def content(self) -> dict[str, Any]:
        """Return the JSON form; `Joint.of` reads it back unchanged."""
        return asdict(self)

    @classmethod
    def of(cls, content: Mapping[str, Any]) -> "Joint":
        """Read the JSON form back."""
        return cls(**{**content, "lesson": Lesson(**content["lesson"])})


def with_part(joint: Joint, part: Part, written: Joint) -> Joint:
    """Return `joint` with one part taken from `written`."""
    if part is Part.LESSON:
        return replace(joint, lesson=written.lesson)
    return replace(written, lesson=joint.lesson)


def mark(joint: Joint, part: Part) -> str:
    """Return what tells whether a part has changed since somebody read it."""
    content = joint.content()
    lesson = content.pop("lesson")
    return hashlib.sha256(canonical(lesson if part is Part.LESSON else content)).hexdigest()[:16]


def missing(joint: Joint) -> str:
    """Say what must be written before the text can be put before everybody; '' when nothing is missing."""
    empty = [str(label) for name, label in SAYINGS.items() if not getattr(joint, name).strip()]
    if empty:
        return say("先に「%(what)s」を書いてください。") % {"what": say("、").join(empty)}
    if joint.lesson.usable and not (joint.lesson.title and joint.lesson.summary and joint.lesson.learned):
        return say("事例カードの「題名」「あらまし」「学んだこと」を書いてください。")
    return ""


def fingerprint(evaluation: int, number: int, concerned: Collection[int], content: Mapping[str, Any]) -> str:
    """Return the SHA-256 (hex) that a consent to a joint text is bound to.

    It covers the number, so that a text changed and changed back does not revive an old consent, and who is asked.
    """
    sealed = {
        "v": 1,
        "evaluation": evaluation,
        "number": number,
        "concerned": sorted(concerned),
        "content": content,
    }
    return hashlib.sha256(canonical(sealed)).hexdigest()


@dataclass(frozen=True, slots=True)
class Changed:
    """One heading in its old and new wording."""

    label: str
    pieces: tuple[Piece, ...]


def differences(old: Joint | None, new: Joint) -> list[Changed]:
    """Return the headings whose words changed from `old` to `new`; `old` is None for a first text, all new."""
    before = dict(told(old)) if old else {}
    return [
        Changed(label, tuple(pieces(before.get(label, ""), text)))
        for label, text in told(new, empty=True)
        if before.get(label, "") != text
    ]


def told(joint: Joint, *, empty: bool = False) -> list[tuple[str, str]]:
    """Return headings with their texts, the joint text first; those without words only with `empty`."""
    usable = say("事例として使ってよい") if joint.lesson.usable else say("事例として使わない")
    every = [
        *((str(label), getattr(joint, name)) for name, label in SAYINGS.items()),
        *(
            (say("カード：%(label)s") % {"label": label}, text)
            for label, text in card(joint.lesson, empty=True)
        ),
        (say("事例として"), usable),
    ]
    return [(label, text) for label, text in every if text or empty]


def card(lesson: Lesson, *, empty: bool = False) -> list[tuple[str, str]]:
    """Return a lesson card's headings with their texts; those without words only with `empty`."""
    return [
        (str(label), getattr(lesson, name))
        for name, label in HEADINGS.items()
        if getattr(lesson, name) or empty
    ]


def proposed(joint: Joint, terms: Terms, names: Iterable[str]) -> Lesson:
    """Return a lesson card to begin with, out of what was agreed and what the parties wrote together."""
    with in_japanese():
        method = say(
            "主体ごとに、たがいに見えないように点をつけました。全員の分をいっしょに開き、話し合いました。"
        )
    return Lesson(
        title=terms.title,
        organisations="、".join(names),
        summary=terms.summary[:LONGEST_SUMMARY],
        purpose=terms.purpose,
        content="\n".join(task.what for task in terms.roles),
        learned=joint.hard,
        outcome=joint.well,
        lasting=joint.ahead,
        method=method,
    )


def takes_effect(concerned: Iterable[int], given: Iterable[tuple[int, int, str]], expected: str) -> bool:
    """Whether everybody asked consented to exactly this text, each by a person of its own: (party, person, mark)."""
    valid = [(party, person) for party, person, seen in given if seen == expected]
    asked = set(concerned)
    return (
        len(asked) > 1
        and asked == {party for party, _person in valid}
        and len({person for _party, person in valid}) == len(valid)
    )
