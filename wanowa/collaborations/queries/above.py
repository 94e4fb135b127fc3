"""What higher apps add to a collaboration: something to read on its page, and what must come before its end."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from wanowa.collaborations.models import Collaboration
from wanowa.kernel.errors import Refused, Sentence


@dataclass(frozen=True, slots=True)
class Addition:
    """Something that another app shows beside a collaboration."""

    title: Sentence
    href: str
    text: Sentence = ""
    action: Sentence = ""


type Additions = Callable[[Collaboration], Iterable[Addition]]
type Obstacle = Callable[[Collaboration], Sentence | None]

_additions: list[Additions] = []
_obstacles: list[Obstacle] = []


def register_addition(additions: Additions) -> None:
    """Let a higher app show something beside every collaboration. Call it in `ready()`.

    What it shows may change only when the collaboration's own case moves: the page is kept until then.
    """
    _additions.append(additions)


def additions_to(collaboration: Collaboration) -> list[Addition]:
    """Return everything that is added beside a collaboration. Costs what the registered callables state."""
    return [addition for additions in _additions for addition in additions(collaboration)]


def register_obstacle_to_ending(obstacle: Obstacle) -> None:
    """Let a higher app say, in a sentence, what must be done before a collaboration ends. Call it in `ready()`."""
    _obstacles.append(obstacle)


def refuse_to_end(collaboration: Collaboration) -> None:
    """Raise Refused with the first thing that must be done before the end. Costs what the callables state."""
    for obstacle in _obstacles:
        if sentence := obstacle(collaboration):
            raise Refused(sentence)
