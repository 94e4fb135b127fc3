"""Taking somebody's name out of what an authority wrote: the sentence stays, and tells that a name stood there."""

import re
from collections.abc import Iterable, Iterator
from typing import Final

from wanowa.kernel.text import search_key, spans_of
from wanowa.proposals.rules.judging import replaced

TAKEN_OUT: Final = "［消した名前］"
"""What stands where a name was. It is kept, so it is Japanese; the guards of the database know it, too."""
GONE: Final = "消したもの"
"""What stands where somebody's own words were; as `TAKEN_OUT`."""
SHORTEST_OF_TWO: Final = 3
SHORTEST_OF_ONE: Final = 4
"""Letters of a name, of two parts or of one, from which it goes wherever it stands; a shorter one may be a word."""
_HONORIFIC: Final = re.compile(r"[ 　]?(?:さん|さま|様|氏|くん|君|ちゃん|先生|委員|会長|代表)")
_LATIN: Final = re.compile(r"[A-Za-z]")


def without_names(text: str, names: Iterable[str]) -> str:
    """Return `text` with a mark where one of `names` stood: whole, in any writing, or a part before an honorific.

    Unlike `covered`, which nobody has to understand for good, this leaves a part alone that may be a place or a plant.

    >>> without_names("高木委員：桜は、髙木　ヒカリさんが見ます。高木町の桜です。", ["高木 ひかり"])
    '［消した名前］委員：桜は、［消した名前］さんが見ます。高木町の桜です。'
    >>> without_names("さくらさんは、さくらを植えました。", ["さくら"])
    '［消した名前］さんは、さくらを植えました。'
    """
    spans = [span for name in names for span in _places(text, search_key(name).split())]
    return replaced(text, spans, TAKEN_OUT)


def _places(text: str, parts: list[str]) -> Iterator[tuple[int, int]]:
    whole = {" ".join(parts), "".join(parts)}
    long_enough = len("".join(parts)) >= (SHORTEST_OF_TWO if len(parts) > 1 else SHORTEST_OF_ONE)
    for key in whole | set(parts):
        for first, last in spans_of(text, key):
            addressed = _HONORIFIC.match(text, last) is not None
            if addressed or (key in whole and long_enough and not _inside_a_word(text, first, last)):
                yield first, last


def _inside_a_word(text: str, first: int, last: int) -> bool:
    """Whether Latin letters go on at either end; Japanese has no such mark."""
    around = text[max(first - 1, 0) : first], text[first], text[last - 1], text[last : last + 1]
    before, begins, ends, after = (bool(_LATIN.match(one)) for one in around)
    return (before and begins) or (ends and after)
