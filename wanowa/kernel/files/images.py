"""Pictures: decoded and encoded anew, so that nothing but the pixels is kept."""

import io
import struct
import zlib
from typing import Final

from django.utils.translation import gettext as _
from PIL import Image, ImageOps

from wanowa.kernel.errors import Invalid

MOST_PIXELS: Final = 50_000_000
"""Width × height that is decoded at all (about 150 MB of memory)."""
LONGEST_SIDE: Final = 4_000
"""Pixels; a larger picture is made smaller."""

_BROKEN_PICTURE = (
    OSError,
    ValueError,
    SyntaxError,
    EOFError,
    IndexError,
    KeyError,
    TypeError,
    OverflowError,
    struct.error,
    zlib.error,
)
_TOO_MANY_PIXELS = (Image.DecompressionBombError, Image.DecompressionBombWarning)


def reencoded_jpeg(content: bytes) -> bytes:
    """Return the picture as a new JPEG, upright. Invalid when it cannot be read or is too large."""
    pixels = _pixels(content, "JPEG")
    return _encoded(pixels.convert("L" if pixels.mode == "L" else "RGB"), "JPEG", quality=90, optimize=True)


def reencoded_png(content: bytes) -> bytes:
    """Return the picture as a new PNG: one still image. Invalid when it cannot be read or is too large."""
    pixels = _eight_bits(_pixels(content, "PNG"))
    return _encoded(pixels.convert("RGBA" if pixels.has_transparency_data else "RGB"), "PNG")


def _pixels(content: bytes, encoding: str) -> Image.Image:
    try:
        picture = Image.open(io.BytesIO(content), formats=[encoding])
        if picture.width * picture.height > MOST_PIXELS:
            raise Invalid(_("画像の画素が多すぎます。5,000万画素までに縮めて送ってください。"))
        picture.draft("RGB", (LONGEST_SIDE, LONGEST_SIDE))
        picture.thumbnail((LONGEST_SIDE, LONGEST_SIDE))
        return ImageOps.exif_transpose(picture)
    except _TOO_MANY_PIXELS:
        raise Invalid(_("画像の画素が多すぎます。5,000万画素までに縮めて送ってください。")) from None
    except _BROKEN_PICTURE:
        raise Invalid(_("画像を読めません。別のアプリで保存しなおして送ってください。")) from None


def _eight_bits(pixels: Image.Image) -> Image.Image:
    if not pixels.mode.startswith("I"):
        return pixels
    return pixels.convert("I").point(lambda depth: depth / 256).convert("L")


def _encoded(pixels: Image.Image, encoding: str, **options: object) -> bytes:
    pixels.info.clear()
    written = io.BytesIO()
    pixels.save(written, encoding, **options)
    return written.getvalue()
