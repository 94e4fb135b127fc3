"""Which queries without a hit may be kept so that a coordinator can add a word, and which are nobody's business."""

import re
from typing import Final

LONGEST: Final = 30
"""Characters; what is longer tells more about a person than about a word."""
DAYS: Final = 3
COUNT: Final = 5
KEPT_DAYS: Final = 180
"""Days after which a query that nobody typed again is forgotten."""
_PRIVATE: Final = re.compile(
    r"@|https?:|www\."
    r"|\d[\d\s\-()]{5,}\d"  # a telephone number, a number of a person, a day of birth
    r"|\d{4,}"
    r"|(さん|さま|様|氏|くん|君|ちゃん|せんせい|先生|殿)$"
    r"|番地|号室"
)


def may_be_kept(folded: str) -> bool:
    """Tell whether a folded query may be kept at all: nothing that looks like an address, a number or a person.

    >>> may_be_kept("ごみ出し 支援"), may_be_kept("048-464-1111"), may_be_kept("山田さん")
    (True, False, False)
    """
    return 1 < len(folded) <= LONGEST and not any(_PRIVATE.search(text) for text in (folded, *folded.split()))


def is_shown(days: int, count: int) -> bool:
    """Tell whether a query was typed so often that it says nothing about a single person."""
    return days >= DAYS or count >= COUNT
