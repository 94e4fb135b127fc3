"""Taking somebody's name out of what an authority wrote: the sentence stays, and tells that a name stood there."""

import re
from collections.abc import Iterable
from typing import Final

TAKEN_OUT: Final = "［消した名前］"
"""What stands where a name was. It is kept, so it is Japanese; the guards of the database know it, too."""
GONE: Final = "消したもの"
"""What stands where somebody's own words were; as `TAKEN_OUT`."""
_HONORIFIC: Final = "さん|さま|様|氏|くん|君|ちゃん|先生|委員|会長|代表"
_SHORTEST_OF_TWO: Final = 3
_SHORTEST_OF_ONE: Final = 4
"""Letters of a name that is taken for a name wherever it stands; a shorter one only before an honorific."""


def without_names(text: str, names: Iterable[str]) -> str:
    """Return `text` with a mark where one of `names` stood: whole, in any spacing, or a part before an honorific.

    A short name of one word may be a word of the language, so it goes only before an honorific.

    >>> without_names("高木委員：桜は、高木　ひかりさんが見ます。高木町の桜です。", ["高木 ひかり"])
    '［消した名前］委員：桜は、［消した名前］さんが見ます。高木町の桜です。'
    >>> without_names("さくらさんは、さくらを植えました。", ["さくら"])
    '［消した名前］さんは、さくらを植えました。'
    """
    for name in names:
        if parts := name.split():
            text = re.sub(_pattern(parts), TAKEN_OUT, text, flags=re.IGNORECASE)
    return text


def _pattern(parts: list[str]) -> str:
    whole = r"\s*".join(map(re.escape, parts))
    shortest = _SHORTEST_OF_TWO if len(parts) > 1 else _SHORTEST_OF_ONE
    anywhere = [whole] if len("".join(parts)) >= shortest else []
    addressed = f"(?:{'|'.join([whole, *map(re.escape, parts)])})(?={_HONORIFIC})"
    return "|".join([*anywhere, addressed])
