"""Where the trials take place: one object in one state."""

from dataclasses import dataclass, field
from types import SimpleNamespace


@dataclass
class Place:
    """One object in one state: what stands in its address, and what a form about it needs."""

    state: str
    kwargs: dict[str, object]
    about: SimpleNamespace
    people: dict[str, object] = field(default_factory=dict)


def about(**things: object) -> SimpleNamespace:
    """Return what forms ask of a place."""
    return SimpleNamespace(**things)
