"""The code of a municipality (全国地方公共団体コード): five digits of JIS X 0402 and a check digit."""


def check_digit(five: str) -> str:
    """Return the sixth digit: 11 − (Σ digit × 6…2 mod 11), its last place. ValueError unless five digits."""
    if len(five) != 5 or not (five.isascii() and five.isdigit()):
        raise ValueError("a JIS municipality code has five digits")
    weighted = sum(int(digit) * weight for digit, weight in zip(five, (6, 5, 4, 3, 2), strict=True))
    return str((11 - weighted % 11) % 10)


def is_municipality_code(code: str) -> bool:
    """Tell whether `code` is six digits of which the last checks the others."""
    return len(code) == 6 and code.isascii() and code.isdigit() and check_digit(code[:5]) == code[5]
