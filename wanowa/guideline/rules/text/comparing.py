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
    heading: str
    pieces: tuple[Piece, ...]


def compared(old: Sequence[Compared], new: Sequence[Compared]) -> list[Changed]:
    """Return the sections that changed, in the order of `new`; those that are gone stand at the end.

    A section is the same as before when it has the same title and number, else the same title, else the same
    number: so a section keeps its history when another is put before it.
    """
    before = _partners(old, new)
    changes = []
    for section in new:
        partner = before.get(section.slug)
        told = tuple(pieces(_whole(partner), _whole(section)))
        if any(operation != "equal" for operation, _text in told):
            changes.append(Changed(section.slug, section.heading, told))
    kept = {partner.slug for partner in before.values()}
    gone = (section for section in old if section.slug not in kept)
    return changes + [Changed("", section.heading, (("delete", _whole(section)),)) for section in gone]


def _whole(section: Compared | None) -> str:
    return "\n".join(part for part in (section.heading, section.text) if part) if section else ""


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
