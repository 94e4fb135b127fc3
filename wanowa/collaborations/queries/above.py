"""What the apps above bring to a collaboration: ways on, things to read beside it, and what comes before a step."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from enum import Enum, auto
from typing import Protocol

from django.db.models import Model

from wanowa.collaborations.models import Collaboration, Version
from wanowa.collaborations.rules import Change
from wanowa.kernel.errors import Refused, Sentence


@dataclass(frozen=True, slots=True)
class Addition:
    """Something that another app shows beside a collaboration."""

    title: Sentence
    href: str
    text: Sentence = ""
    action: Sentence = ""
    beside_consent: bool = False
    """Whether it also stands where a party reads what it may consent to."""


@dataclass(frozen=True, slots=True)
class Link:
    """One way on from a page: what it is called, and its address."""

    label: Sentence
    href: str


class Step(Enum):
    """A step of a collaboration before which another app may have something that must be done."""

    NEW_GOALS = auto()
    END = auto()


class Links(Protocol):
    """What another app adds to the page of a collaboration, or of one of its versions."""

    def __call__(
        self, collaboration: Collaboration, version: Version | None, *, inside: bool
    ) -> Iterable[Link]:
        """Return links for a reader; `inside`: who belongs to the table. Costs no query outside, one at most inside."""


type Additions = Callable[[Collaboration], Iterable[Addition]]
type Obstacle = Callable[[Collaboration], Sentence | None]
type FollowUp = Callable[[Collaboration], object]
type Beginning = Callable[[Model, int | None], Link | None]

_additions: list[Additions] = []
_links: list[Links] = []
_obstacles: list[tuple[Step, Obstacle]] = []
_follow_ups: list[tuple[Change, FollowUp]] = []
_beginnings: list[Beginning] = []


def register_addition(additions: Additions) -> None:
    """Let a higher app show something beside every collaboration. Call it in `ready()`.

    What it shows may change only when the collaboration's own case moves: the page is kept until then.
    """
    _additions.append(additions)


def additions_to(collaboration: Collaboration) -> list[Addition]:
    """Return everything that is added beside a collaboration. Costs what the registered callables state."""
    return [addition for additions in _additions for addition in additions(collaboration)]


def register_links(links: Links) -> None:
    """Let an upper app add links to the pages of a collaboration and of a version; call it in `ready()`."""
    _links.append(links)


def links_of(
    collaboration: Collaboration, version: Version | None = None, *, inside: bool
) -> tuple[Link, ...]:
    """Return where the page of a collaboration, or of one version of it, leads to. Costs what the callables state."""
    return tuple(link for links in _links for link in links(collaboration, version, inside=inside))


def register_obstacle(step: Step, obstacle: Obstacle) -> None:
    """Let a higher app say, in a sentence, what must be done before a step. Call it in `ready()`."""
    _obstacles.append((step, obstacle))


def refuse(step: Step, collaboration: Collaboration) -> None:
    """Raise Refused with the first thing that must be done before this step. Costs what the callables state."""
    for before, obstacle in _obstacles:
        if before is step and (sentence := obstacle(collaboration)):
            raise Refused(sentence)


def register_follow_up(change: Change, follow_up: FollowUp) -> None:
    """Let a higher app do its part when a change took effect, in the same transaction. Call it in `ready()`."""
    _follow_ups.append((change, follow_up))


def follow_up(change: Change, collaboration: Collaboration) -> None:
    """Let every higher app do its part after this change. Costs what the callables state."""
    for after, act in _follow_ups:
        if after is change:
            act(collaboration)


def register_beginning(beginning: Beginning) -> None:
    """Let a higher app lead back to where an introduction, an idea or a proposal began. Call it in `ready()`.

    Called as `beginning(row, person)`: it returns nothing to whoever may not know of that beginning.
    """
    _beginnings.append(beginning)


def beginnings_of(row: Model, person: int | None) -> tuple[Link, ...]:
    """Return where something began, for who may know of it. Costs what the callables state."""
    return tuple(link for beginning in _beginnings if (link := beginning(row, person)))
