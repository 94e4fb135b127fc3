"""The words of a text and their normal forms, by Sudachi: where documents are written, never where pages are made.

The dictionary takes about 55 MB of the process that asks first: the worker, or a command at the terminal.
"""

from collections.abc import Iterator
from functools import cache, lru_cache
from typing import TYPE_CHECKING, Final, NamedTuple

import jaconv

from wanowa.kernel.text import search_key

if TYPE_CHECKING:
    from sudachipy.sudachipy import Morpheme, Tokenizer

CHUNK: Final = 10_000
"""Characters that are given to Sudachi at once; it takes 49,149 bytes."""
CONTENT: Final = frozenset({"名詞", "動詞", "形容詞", "形状詞", "副詞"})
"""Parts of speech that say what a text is about."""
LONGEST: Final = 40


class Spelled(NamedTuple):
    """One word: as it is written (folded), its normal form (folded), its reading in hiragana."""

    surface: str
    normal: str
    reading: str


@cache
def _dictionary() -> "Tokenizer":
    from sudachipy.sudachipy import Dictionary  # noqa: PLC0415 - 6 MB that pages never need

    return Dictionary(dict="small").tokenizer()


def words_of(text: str) -> dict[Spelled, bool]:
    """Return the words of a text that say what it is about, long ones and their parts; True for names of persons."""
    found: dict[Spelled, bool] = {}
    for morpheme in _morphemes(text):
        kind, more, detail, *_rest = morpheme.part_of_speech()
        if kind not in CONTENT or more in {"非自立可能", "数詞"}:
            continue
        spelled = _spelled(morpheme.surface(), morpheme.normalized_form(), morpheme.reading_form())
        if spelled:
            found[spelled] = detail == "人名"
    return found


@lru_cache(maxsize=20_000)
def _spelled(surface: str, normal: str, reading: str) -> Spelled | None:
    """Return a word folded; None for what is none. Most words of a text were in another one already."""
    folded, form = search_key(surface), search_key(normal)
    if not (_is_word(folded) and _is_word(form)):
        return None
    return Spelled(folded, form, search_key(jaconv.kata2hira(reading))[:LONGEST])


def names_a_person(text: str) -> bool:
    """Tell whether a text has the name of a person in it, as far as the dictionary knows names."""
    return any(morpheme.part_of_speech()[2] == "人名" for morpheme in _morphemes(text))


def _is_word(folded: str) -> bool:
    return 0 < len(folded) <= LONGEST and not any(one.isspace() for one in folded)


def _morphemes(text: str) -> Iterator["Morpheme"]:
    from sudachipy.sudachipy import SplitMode  # noqa: PLC0415 - see above

    for chunk in _chunks(text):
        for morpheme in _dictionary().tokenize(chunk, SplitMode.C):
            yield morpheme
            parts = morpheme.split(SplitMode.A)
            if len(parts) > 1:
                yield from parts


def _chunks(text: str) -> Iterator[str]:
    """Yield a text line by line, a very long line in pieces."""
    for line in text.splitlines():
        for start in range(0, len(line), CHUNK):
            yield line[start : start + CHUNK]
