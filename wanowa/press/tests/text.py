"""The text that somebody gets who copies it from a PDF: by poppler, as an independent reader."""

import shutil
import subprocess

import pytest

needs_poppler = pytest.mark.skipif(
    shutil.which("pdftotext") is None, reason="pdftotext is missing: apt-get install poppler-utils"
)


def text_of(pdf: bytes) -> str:
    """Return the text of all pages in reading order, without line breaks and spaces."""
    found = subprocess.run(["pdftotext", "-", "-"], input=pdf, capture_output=True, check=True)
    return squeezed(found.stdout.decode())


def squeezed(text: str) -> str:
    """Return text as two of them can be compared, however they are broken into lines."""
    return "".join(text.split())


def fonts_of(pdf: bytes) -> list[list[str]]:
    """Return what pdffonts says of each font: the cells of its row from the right, embedded, subset, unicode."""
    found = subprocess.run(["pdffonts", "-"], input=pdf, capture_output=True, check=True)
    return [line.split() for line in found.stdout.decode().splitlines()[2:]]
