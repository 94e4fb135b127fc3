"""What changed between two texts, in pieces that a reader can follow."""

from collections.abc import Iterator
from difflib import SequenceMatcher
from typing import Literal

import regex

type Piece = tuple[Literal["equal", "insert", "delete"], str]

_TOKENS = regex.compile(r"\p{Han}+|\p{Hiragana}+|[\p{Katakana}ー]+|[\p{Latin}\p{N}.,]+|\X")
_TOO_DIFFERENT = 0.3
"""Below this likeness a word-by-word difference only confuses: old and new are shown whole."""


def pieces(old: str, new: str) -> Iterator[Piece]:
    """Yield the pieces by which `old` became `new`; those not inserted add up to `old`, those not deleted to `new`."""
    if old == new:
        if new:
            yield "equal", new
        return
    before, after = _TOKENS.findall(old), _TOKENS.findall(new)
    matcher = SequenceMatcher(a=before, b=after, autojunk=False)
    if matcher.ratio() < _TOO_DIFFERENT:
        if old:
            yield "delete", old
        if new:
            yield "insert", new
        return
    for operation, a, b, c, d in matcher.get_opcodes():
        if operation == "equal":
            yield "equal", "".join(before[a:b])
            continue
        if a < b:
            yield "delete", "".join(before[a:b])
        if c < d:
            yield "insert", "".join(after[c:d])
