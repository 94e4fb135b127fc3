"""Two versions of the policy side by side: which sections changed, and how."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from wanowa.kernel.text import Piece, pieces


@dataclass(frozen=True, slots=True)
class Compared:
    """What of a section is compared."""

    slug: str
    level: int
    heading: str
    title: str
    text: str


@dataclass(frozen=True, slots=True)
class Changed:
    """One section that is new, gone, or reads otherwise."""

    slug: str
    """Its address in the new version; empty when it is gone."""
    heading: str
    before: str
    """Its heading in the old version; empty when it is new."""
    pieces: tuple[Piece, ...]
    """The text below the heading; nothing when only the heading changed."""

    @property
    def is_renamed(self) -> bool:
        """Whether its heading changed, its number included."""
        return bool(self.slug and self.before and self.before != self.heading)


def compared(old: Sequence[Compared], new: Sequence[Compared]) -> list[Changed]:
    """Return the sections that changed, in the order of `new`; those that are gone stand at the end.

    A section is the same as before when it has the same title and number, else the same title, else the same
    number: so a section keeps its history when another is put before it.
    """
    partners = _partners(old, new)
    changes = []
    for section in new:
        partner = partners.get(section.slug)
        if partner and (partner.heading, partner.text) == (section.heading, section.text):
            continue
        was = partner.text if partner else ""
        told = () if was == section.text else tuple(pieces(was, section.text))
        changes.append(Changed(section.slug, section.heading, partner.heading if partner else "", told))
    kept = {partner.slug for partner in partners.values()}
    for section in old:
        if section.slug not in kept:
            gone = tuple(pieces(section.text, ""))
            changes.append(Changed("", section.heading, section.heading, gone))
    return changes


def _partners(old: Sequence[Compared], new: Sequence[Compared]) -> dict[str, Compared]:
    """Return for each section of `new` that was there before, by slug, what it was."""
    found: dict[str, Compared] = {}
    left, open_ = list(old), list(new)
    keys: tuple[Callable[[Compared], object], ...] = (
        lambda section: (section.slug, section.title),
        lambda section: (section.level, section.title),
        lambda section: section.slug,
    )
    for key in keys:
        by_key = {key(section): section for section in reversed(left)}
        for section in tuple(open_):
            if (partner := by_key.pop(key(section), None)) is not None:
                found[section.slug] = partner
                left.remove(partner)
                open_.remove(section)
    return found
