"""Length, shortening and addresses of Japanese text, counted in what a reader sees as one character."""

import hashlib
import unicodedata

import regex

_GRAPHEME = regex.compile(r"\X")
_NOT_IN_A_SLUG = regex.compile(r"[^\p{L}\p{N}\p{M}]+|[\uFE00-\uFE0F\U000E0100-\U000E01EF]")
_STARTS_WITH_MARKS = regex.compile(r"(^|-)\p{M}+")
_SLUG_LIMIT = 60


def clusters(text: str) -> list[str]:
    """Return the characters as a reader sees them (UAX #29): 渡邉 with a variation selector is two."""
    return _GRAPHEME.findall(text)


def graphemes(text: str) -> int:
    """Return the length in characters as a reader counts them; a variation selector counts nothing."""
    return len(clusters(text))


def truncated(text: str, limit: int) -> str:
    """Return `text` in at most `limit` graphemes, the last an ellipsis when something was left out.

    No grapheme is ever split. ValueError when `limit` is below 1.
    """
    if limit < 1:
        raise ValueError("a truncated text keeps at least one character")
    seen = clusters(text)
    return text if len(seen) <= limit else "".join(seen[: limit - 1]) + "…"


def slug_of(name: str) -> str:
    """Return the readable part of an address: letters, digits and single hyphens, at most 60 graphemes.

    The result is the same for ever for the same name, and never empty: a name without any letter becomes
    `x-` and eight digits of its fingerprint.
    """
    folded = unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", name).lower())
    pieces = _NOT_IN_A_SLUG.sub(lambda found: "" if _is_selector(found[0]) else "-", folded)
    slug = "".join(clusters(_STARTS_WITH_MARKS.sub(r"\1", pieces).strip("-"))[:_SLUG_LIMIT]).strip("-")
    return slug or f"x-{hashlib.sha256(name.encode('utf-8', 'surrogatepass')).hexdigest()[:8]}"


def _is_selector(text: str) -> bool:
    return all(unicodedata.category(character) == "Mn" for character in text)
