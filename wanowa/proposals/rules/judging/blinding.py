"""Reading without knowing whose it is: names, mail addresses, telephone numbers and links are covered."""

import re
from collections.abc import Iterable
from typing import Final

from wanowa.kernel.text import search_key, spans_of

COVER: Final = "●●●"
SHORTEST: Final = 2
"""Characters of a name from which it is covered wherever it stands; one alone is an ordinary letter."""
_CONTACT: Final = re.compile(
    r"[A-Za-z0-9Ａ-Ｚａ-ｚ０-９._%+-]+[@＠][A-Za-z0-9Ａ-Ｚａ-ｚ０-９.-]+|(?:https?://|www\.)[!-~]+"
    r"|[0-9０-９(（][0-9０-９()（）\-－‐ー–−]{8,}[0-9０-９]"
)


def shows_files(*, blind: bool) -> bool:
    """Say whether reviewers get files and recordings at all. In a blind round they do not.

    A voice, a face, a letterhead and what an office program keeps of its user tell a name, and nothing covers them.
    So there are only words then, for everybody alike; whoever makes a round chooses, and it stands in its rules.
    """
    return not blind


def names_to_cover(names: Iterable[str]) -> list[str]:
    """Return every way of writing names, as search keys, longest first: whole, without spaces, and each part."""
    keys = set()
    for name in names:
        parts = search_key(name).split()
        keys |= {" ".join(parts), "".join(parts), *parts}
    return sorted((key for key in keys if len(key) >= SHORTEST), key=lambda key: (-len(key), key))


def covered(text: str, keys: Iterable[str]) -> str:
    """Return `text` with everything covered that `names_to_cover` returned, however it is written, and every contact.

    >>> covered("和光みどりの会の 髙橋です。a@example.jp", names_to_cover(["和光みどりの会", "高橋 由紀"]))
    '●●●の ●●●です。●●●'
    """
    spans = [match.span() for match in _CONTACT.finditer(text)]
    for key in keys:
        spans += spans_of(text, key)
    return replaced(text, spans, COVER)


def replaced(text: str, spans: Iterable[tuple[int, int]], mark: str) -> str:
    """Return `text` with one mark for each stretch (first, beyond the last) or run of them that touch."""
    whole, at = [], 0
    for first, last in _joined(spans):
        whole += [text[at:first], mark]
        at = last
    return "".join([*whole, text[at:]])


def _joined(spans: Iterable[tuple[int, int]]) -> list[tuple[int, int]]:
    """Return spans in order, those that touch or overlap as one."""
    found: list[tuple[int, int]] = []
    for first, last in sorted(spans):
        if found and first <= found[-1][1]:
            found[-1] = (found[-1][0], max(last, found[-1][1]))
        else:
            found.append((first, last))
    return found
