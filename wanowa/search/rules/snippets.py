"""The part of a text in which something was found, with what was found marked."""

from collections.abc import Sequence
from typing import NamedTuple

from wanowa.kernel.text import spans_of

WIDTH = 90
"""Characters of a snippet."""
LEAD = 24
"""Characters before the first hit."""


class Bit(NamedTuple):
    """A piece of text, marked or not."""

    text: str
    hit: bool = False


def marked(text: str, keys: Sequence[str]) -> list[Bit]:
    """Return a text in bits; `keys` are folded, and a longer one counts before a shorter one inside it."""
    bits: list[Bit] = []
    at = 0
    for start, end in _merged(text, keys):
        bits += [Bit(text[at:start])] if start > at else []
        bits.append(Bit(text[start:end], hit=True))
        at = end
    return bits + ([Bit(text[at:])] if at < len(text) or not bits else [])


def snippet(text: str, keys: Sequence[str]) -> list[Bit]:
    """Return the part of a text around the first hit of the first key that hits, on one line, in bits.

    Without any hit: the beginning.
    """
    line = " ".join(text.split())
    first = next((spans[0][0] for key in keys if (spans := spans_of(line, key))), 0)
    start = max(0, first - LEAD) if first > LEAD else 0
    part = line[start : start + WIDTH]
    bits = marked(part, keys)
    return [
        *([Bit("…")] if start else []),
        *bits,
        *([Bit("…")] if start + WIDTH < len(line) else []),
    ]


def _merged(text: str, keys: Sequence[str]) -> list[tuple[int, int]]:
    taken: list[tuple[int, int]] = []
    for key in keys:
        for start, end in spans_of(text, key):
            if all(end <= left or start >= right for left, right in taken):
                taken.append((start, end))
    return sorted(taken)
