"""RFC 8785 JSON for what the platform seals: one text for one value, so that one digest means one value.

Of JSON only what every reader keeps exactly: no fractions, no whole numbers beyond 2^53−1, names in ASCII. For
these values RFC 8785 and Python's sorted, compact JSON are the same bytes; a property test holds this module
against the reference implementation, which takes ten times as long.
"""

import json
from typing import Final

LARGEST: Final = 2**53 - 1
"""The largest whole number every JSON reader keeps exactly (RFC 8785)."""

_encode = json.JSONEncoder(
    sort_keys=True, ensure_ascii=False, separators=(",", ":"), allow_nan=False, check_circular=False
).encode


class NoCanonicalForm(ValueError):
    """A value that readers of JSON could understand in two ways."""


def canonical(value: object) -> bytes:
    """Return the canonical UTF-8 text; NoCanonicalForm for fractions, large numbers, broken Unicode, other types."""
    check(value)
    return encoded(value)


def encoded(value: object) -> bytes:
    """Return the canonical text of a value that is known to have one; NoCanonicalForm for broken Unicode."""
    try:
        return _encode(value).encode()
    except UnicodeEncodeError as error:
        raise NoCanonicalForm(str(error)) from error


def check(value: object) -> None:
    """Raise NoCanonicalForm unless `value` is made of true, false, null, whole numbers, strings, lists, objects."""
    kind = type(value)
    if kind is str or kind is bool or value is None:
        return
    if isinstance(value, int) and kind is int:
        if not -LARGEST <= value <= LARGEST:
            raise NoCanonicalForm(f"{value} is beyond what JSON readers keep exactly")
    elif isinstance(value, dict):
        for name, part in value.items():
            if type(name) is not str or not name.isascii():
                raise NoCanonicalForm(f"{name!r} is no name for a value")
            check(part)
    elif isinstance(value, list):
        for part in value:
            check(part)
    else:
        raise NoCanonicalForm(f"{kind.__name__} has no canonical form")
