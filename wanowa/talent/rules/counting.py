"""Counts for everybody that single nobody out: groups of five or more, and no way to subtract one's way to fewer."""

from collections import Counter
from collections.abc import Iterable, Mapping
from typing import NamedTuple

LEAST = 5
"""The fewest people that a public number may stand for."""


class Group(NamedTuple):
    """How many people can do something of one kind, and where; an empty block stands for all together."""

    kind: str
    block: str
    people: int


def published(people: Iterable[tuple[frozenset[str], str]], blocks: Iterable[str]) -> tuple[Group, ...]:
    """Return the public groups of people, each given by the kinds of what she can do and her block.

    A kind is split by block only when every block that has anybody has at least five: else the small one would
    follow from the sum (secondary suppression). A kind with fewer than five is left out.
    """
    places = tuple(blocks)
    counted: dict[str, Counter[str]] = {}
    for kinds, block in people:
        for kind in kinds:
            counted.setdefault(kind, Counter())[block] += 1
    found: list[Group] = []
    for kind, cells in sorted(counted.items()):
        if cells.total() < LEAST:
            continue
        splits = set(cells) <= set(places) and all(number >= LEAST for number in cells.values())
        if splits and len(cells) > 1:
            found += [Group(kind, block, cells[block]) for block in places if cells[block]]
        else:
            found.append(Group(kind, "", cells.total()))
    return tuple(found)


def answer(groups: Iterable[Group], filters: Mapping[str, str]) -> tuple[Group, ...]:
    """Return the published groups that fit the filters `kind` and `block`: never more than what is published."""
    kind, block = filters.get("kind", ""), filters.get("block", "")
    return tuple(
        group for group in groups if (not kind or group.kind == kind) and (not block or group.block == block)
    )
