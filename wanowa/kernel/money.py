"""Yen: whole numbers, never floats. How they read, how people type them, how they are rounded."""

import re
import unicodedata
from fractions import Fraction

from django.utils.translation import gettext as _

from wanowa.kernel.errors import Invalid

LARGEST = 999_999_999_999
"""The largest amount accepted: below one trillion yen (1兆円)."""

_LONGEST = 40
_UNITS = {
    "億": 100_000_000,
    "千万": 10_000_000,
    "百万": 1_000_000,
    "万": 10_000,
    "千": 1_000,
    "百": 100,
    "": 1,
}
_NUMBER = r"(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d+)?"
_AMOUNT = re.compile("".join(rf"(?:(?P<_{unit}>{_NUMBER}){unit})?" for unit in _UNITS))
_DRESSED = re.compile(r"^(?:金|[¥\\])?(?P<amount>.+?)(?:円(?:也)?|yen)?$")


def yen(amount: int) -> str:
    """Return 120,000円. TypeError for anything but a whole number."""
    if not isinstance(amount, int) or isinstance(amount, bool):
        raise TypeError("an amount of yen is a whole number")
    return _("%(amount)s円") % {"amount": f"{amount:,}"}


def parse_yen(text: str) -> int:
    """Return the yen in `text`: 120000, 120,000円, 12万5千円, 1.5万円, 120千円, ￥3,000, 金3,000円也, 3,000 yen.

    Full-width input is read too. Invalid, with a sentence that says what to type, for anything else: signs,
    fractions of a yen, wrongly placed commas, and amounts above LARGEST.
    """
    typed = "".join(unicodedata.normalize("NFKC", text).split())
    dressed = _DRESSED.fullmatch(typed) if len(typed) <= _LONGEST else None
    found = _AMOUNT.fullmatch(dressed["amount"]) if dressed else None
    if not found or not any(found.groups()):
        raise Invalid(
            _("「%(text)s」を金額として読めません。120,000円、または12万円のように入れてください。")
            % {"text": text}
        )
    total = sum(
        Fraction(found[f"_{unit}"].replace(",", "")) * worth
        for unit, worth in _UNITS.items()
        if found[f"_{unit}"]
    )
    if total != int(total):
        raise Invalid(_("1円より小さい金額は入れられません。円の単位で入れてください。"))
    if total > LARGEST:
        raise Invalid(_("金額が大きすぎます。1兆円より小さい金額を入れてください。"))
    return int(total)


def thousands(amount: int) -> int:
    """Return `amount` yen without what is below 1,000 (千円未満切捨て). ValueError for a negative amount."""
    if amount < 0:
        raise ValueError("only amounts of 0 yen or more are rounded down")
    return amount // 1_000 * 1_000
