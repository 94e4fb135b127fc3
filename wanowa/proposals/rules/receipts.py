"""The numbers of what was handed in: to be read out, with a digit that checks the others."""

from typing import Final

_WEIGHTS: Final = (2, 3, 4, 5, 6, 7)


def receipt(fiscal_year: int, key: int) -> str:
    """Return the number of something received, to be read out: 2600-0427. The last digit checks the others.

    `fiscal_year` of the call, `key` of the row: two rows never have one number, and nobody waits for a counter.
    """
    digits = f"{fiscal_year % 100:02}{key:05}"
    weighed = sum(int(digit) * _WEIGHTS[place % 6] for place, digit in enumerate(reversed(digits)))
    digits += str((11 - weighed % 11) % 11 % 10)
    return f"{digits[:4]}-{digits[4:]}"


def as_number(receipt: str) -> int:
    """Return a receipt as the whole number that the record keeps."""
    return int(receipt.replace("-", ""))
