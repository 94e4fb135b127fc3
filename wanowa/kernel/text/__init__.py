"""Japanese text: what may be typed, how long it is, how it is found. Stored as typed."""

from wanowa.kernel.text.characters import (
    MaxGraphemes,
    as_typed,
    problems,
    validate_body,
    validate_line,
    validate_name,
)
from wanowa.kernel.text.differences import Piece, pieces
from wanowa.kernel.text.folding import search_key, skeleton, spans_of
from wanowa.kernel.text.shape import graphemes, slug_of, truncated

__all__ = [
    "MaxGraphemes",
    "Piece",
    "as_typed",
    "graphemes",
    "pieces",
    "problems",
    "search_key",
    "skeleton",
    "slug_of",
    "spans_of",
    "truncated",
    "validate_body",
    "validate_line",
    "validate_name",
]
