"""Where a collaboration leads to in the apps above it: they register, the pages show."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Protocol

from wanowa.collaborations.models import Collaboration, Version
from wanowa.kernel.errors import Sentence


@dataclass(frozen=True, slots=True)
class Link:
    """One way on from a page: what it is called, and its address."""

    label: Sentence
    href: str


class Links(Protocol):
    """What another app adds to the page of a collaboration, or of one of its versions."""

    def __call__(
        self, collaboration: Collaboration, version: Version | None, *, inside: bool
    ) -> Iterable[Link]:
        """Return links for a reader; `inside`: who belongs to the table. May cost no query."""


_links: list[Links] = []


def register_links(links: Links) -> None:
    """Let an upper app add links to the pages of a collaboration and of a version; call it in `ready()`."""
    _links.append(links)


def links_of(
    collaboration: Collaboration, version: Version | None = None, *, inside: bool
) -> tuple[Link, ...]:
    """Return where the page of a collaboration, or of one version of it, leads to. Costs no query."""
    return tuple(link for links in _links for link in links(collaboration, version, inside=inside))
