"""The demonstration town: where `wanowa demo` asks for it to be built and who lives there."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

type Size = Literal["S", "M", "L"]
type Report = Callable[[str, int, int], None]
"""Called as report(what is being built, done, of how many)."""


@dataclass(frozen=True, slots=True)
class Visitor:
    """A demo person with a one-click sign-in: her name, what she does, and the path that signs her in."""

    name: str
    role: str
    path: str


def build(size: Size, report: Report) -> list[Visitor]:
    """Build what is missing of the town and return its visitors. A second call changes nothing."""
    return []
