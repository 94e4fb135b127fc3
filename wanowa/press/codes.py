"""QR codes as drawings (SVG): sharp at every size, and readable by any telephone."""

from typing import Any

QUIET = 4
"""Empty modules around a code: ISO/IEC 18004 asks for four."""
_SMALLEST_MM, _MODULE_MM = 22.0, 0.38
"""A telephone reads modules of about a third of a millimetre from a hand's distance."""


def modules(text: str) -> list[list[bool]]:
    """Return the code of `text` (error correction M) with its quiet zone, row by row; True is dark."""
    from qrcode.constants import ERROR_CORRECT_M  # noqa: PLC0415 - only who prints needs it
    from qrcode.main import QRCode  # noqa: PLC0415

    code: Any = QRCode(error_correction=ERROR_CORRECT_M, border=QUIET)
    code.add_data(text)
    code.make(fit=True)
    return [[bool(dark) for dark in row] for row in code.get_matrix()]


def svg(dark: list[list[bool]]) -> str:
    """Return modules as one black path on white, a module one unit wide."""
    size = len(dark)
    squares = "".join(
        f"M{x} {y}h1v1h-1z" for y, row in enumerate(dark) for x, is_dark in enumerate(row) if is_dark
    )
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {size} {size}">'
        f'<rect width="{size}" height="{size}" fill="#fff"/><path d="{squares}" fill="#000"/></svg>'
    )


def millimetres(dark: list[list[bool]]) -> float:
    """Return how wide a code is printed: 22 mm, or more when it holds a long address."""
    return max(_SMALLEST_MM, round(len(dark) * _MODULE_MM, 1))
