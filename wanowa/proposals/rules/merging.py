"""Two people write one answer at once: what both did to the text they started from is brought together.

Nothing that somebody wrote is ever lost. A character goes only when somebody deleted it; where both wrote at the
same place, both texts are kept, one below the other, and the page says so until somebody has looked.
"""

from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Final, Literal

from wanowa.kernel.text.shape import clusters

_MOST_WORK: Final = 4_000_000
"""Pairs of characters compared at most; beyond that a changed middle counts as rewritten whole."""


@dataclass(frozen=True, slots=True)
class Merged:
    """The text of both, and whether both wrote at the same place (then the reader should look)."""

    text: str
    both: bool = False


@dataclass(frozen=True, slots=True)
class _Change:
    """What one writer did to the base: which characters stay, and what is new in front of each, and at the end."""

    kept: list[bool]
    new: list[str]


def merged(base: str, mine: str, theirs: str) -> Merged:
    """Return what becomes of `base` when one made it `mine` and another `theirs`. Characters are graphemes."""
    if mine in {theirs, base}:
        return Merged(theirs)
    if theirs == base:
        return Merged(mine)
    old = clusters(base)
    first, second = _change(old, clusters(theirs)), _change(old, clusters(mine))
    text: list[str] = []
    both = False
    for place in range(len(old) + 1):
        # One's own comes first: it goes on from one's own word, which the other's text must not tear apart.
        added = {second.new[place]: None, first.new[place]: None}
        both = both or (all((first.new[place], second.new[place])) and len(added) > 1)
        text += _apart(*added)
        if place < len(old) and first.kept[place] and second.kept[place]:
            text.append(old[place])
    return Merged("".join(text), both or _rewritten_by_both(first, second))


def _apart(*added: str) -> list[str]:
    """Return what was written at one place; where both wrote there, a line break shows where the one ends."""
    parts = [part for part in added if part]
    if len(parts) == 2 and not parts[0].endswith("\n") and not parts[1].startswith("\n"):
        return [parts[0], "\n", parts[1]]
    return parts


def merged_line(base: str, mine: str, theirs: str) -> Merged:
    """Return what becomes of an answer of one line: two short texts are never joined to one that nobody wrote.

    Where both changed it, what was kept first stays, until somebody chooses; the other's wording is kept beside it.
    """
    if mine in {theirs, base}:
        return Merged(theirs)
    return Merged(mine) if theirs == base else Merged(theirs, both=True)


def _rewritten_by_both(first: _Change, second: _Change) -> bool:
    """Whether one wrote inside what the other took out: then the words stand where their surroundings are gone."""
    return any(
        one.new[place] and not other.kept[place - 1] and not other.kept[place]
        for one, other in ((first, second), (second, first))
        for place in range(1, len(one.kept))
    )


def _change(old: list[str], new: list[str]) -> _Change:
    """Return what was done. What is the same at both ends stays aside, so that one insertion is one insertion."""
    start = 0
    while start < min(len(old), len(new)) and old[start] == new[start]:
        start += 1
    end = 0
    while end < min(len(old), len(new)) - start and old[-1 - end] == new[-1 - end]:
        end += 1
    before, after = old[start : len(old) - end], new[start : len(new) - end]
    kept, added = [True] * len(old), [""] * (len(old) + 1)
    for tag, i1, i2, j1, j2 in _operations(before, after):
        if tag != "equal":
            added[start + i1] += "".join(after[j1:j2])
            kept[start + i1 : start + i2] = [False] * (i2 - i1)
    return _Change(kept, added)


type Operation = tuple[Literal["replace", "delete", "insert", "equal"], int, int, int, int]


def _operations(before: list[str], after: list[str]) -> list[Operation]:
    if not before or not after or len(before) * len(after) > _MOST_WORK:
        return [("replace", 0, len(before), 0, len(after))]
    return list(SequenceMatcher(None, before, after, autojunk=False).get_opcodes())
