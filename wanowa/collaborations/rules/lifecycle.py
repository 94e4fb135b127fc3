"""Where a collaboration stands, what moves it, and which changes can be proposed from there."""

from collections.abc import Mapping
from enum import StrEnum
from typing import Literal, TypedDict

from django.db.models import TextChoices
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from wanowa.kernel.lifecycles import Lifecycle


class Status(TextChoices):
    """Where a collaboration stands."""

    IDEA = "idea", _("呼びかけ中")
    TALKING = "talking", _("話し合い中")
    OFFERED = "offered", _("同意待ち")
    ACTIVE = "active", _("取組中")
    SUSPENDED = "suspended", _("休止中")
    ENDED = "ended", _("終了")
    WITHDRAWN = "withdrawn", _("取りやめ")


class Move(StrEnum):
    """What can happen to a collaboration as a whole."""

    OPEN_TALKS = "open_talks"
    OFFER = "offer"
    CLOSE_OFFER = "close_offer"
    TAKE_EFFECT = "take_effect"
    AMEND = "amend"
    SUSPEND = "suspend"
    RESUME = "resume"
    END = "end"
    GIVE_UP = "give_up"


LIFECYCLE = Lifecycle(
    {
        (Status.IDEA, Move.OPEN_TALKS): Status.TALKING,
        (Status.IDEA, Move.GIVE_UP): Status.WITHDRAWN,
        (Status.TALKING, Move.OFFER): Status.OFFERED,
        (Status.TALKING, Move.GIVE_UP): Status.WITHDRAWN,
        (Status.OFFERED, Move.CLOSE_OFFER): Status.TALKING,
        (Status.OFFERED, Move.TAKE_EFFECT): Status.ACTIVE,
        (Status.ACTIVE, Move.AMEND): Status.ACTIVE,
        (Status.ACTIVE, Move.SUSPEND): Status.SUSPENDED,
        (Status.ACTIVE, Move.END): Status.ENDED,
        (Status.SUSPENDED, Move.RESUME): Status.ACTIVE,
        (Status.SUSPENDED, Move.END): Status.ENDED,
    }
)


class Change(TextChoices):
    """What a version does once everybody concerned has consented to it."""

    START = "start", _("はじめの合意")
    AMEND = "amend", _("内容の変更")
    JOIN = "join", _("主体が加わる")
    LEAVE = "leave", _("主体が抜ける")
    SUSPEND = "suspend", _("休止")
    RESUME = "resume", _("再開")
    END = "end", pgettext_lazy("change", "終了")


EFFECT: Mapping[Change, Move] = {
    Change.START: Move.TAKE_EFFECT,
    Change.AMEND: Move.AMEND,
    Change.JOIN: Move.AMEND,
    Change.LEAVE: Move.AMEND,
    Change.SUSPEND: Move.SUSPEND,
    Change.RESUME: Move.RESUME,
    Change.END: Move.END,
}
"""The move that a version in force makes."""

CHANGES_FROM: Mapping[Status, tuple[Change, ...]] = {
    status: tuple(
        change
        for change in Change
        if change is not Change.START and EFFECT[change] in LIFECYCLE.allowed(status)
    )
    for status in Status
}
"""The changes that can be proposed from each status."""


class Seat(TextChoices):
    """How a party relates to the table of one collaboration."""

    INVITED = "invited", _("招かれている")
    SEATED = "seated", _("参加")
    DECLINED = "declined", _("見送り")
    LEFT = "left", _("抜けた")


class Step(TypedDict):
    """One of the five steps every page shows."""

    label: Promise
    state: Literal["done", "current", "todo"]


_STEPS: tuple[tuple[Promise, frozenset[Status]], ...] = (
    (_("はじまり"), frozenset({Status.IDEA})),
    (_("話し合い"), frozenset({Status.TALKING})),
    (_("合意"), frozenset({Status.OFFERED})),
    (pgettext_lazy("step", "取組"), frozenset({Status.ACTIVE, Status.SUSPENDED})),
    (_("ふりかえり"), frozenset({Status.ENDED})),
)


def steps(status: Status) -> list[Step]:
    """Return the five steps with the one where the collaboration stands; empty for one that was given up."""
    here = next((place for place, (_label, at) in enumerate(_STEPS) if status in at), None)
    if here is None:
        return []
    return [
        {"label": label, "state": "done" if place < here else "current" if place == here else "todo"}
        for place, (label, _at) in enumerate(_STEPS)
    ]
