"""Reading a PDF that we printed: tags, language, fonts inside, standard.

It reads the objects as the press writes them (no object streams, no encryption); it is no reader of other people's
files. What it cannot see, such as the order in which a screen reader speaks, people must listen to.
"""

import re
import zlib
from dataclasses import dataclass

_OBJECT = re.compile(rb"\d+ 0 obj\n(.*?)\nendobj", re.DOTALL)
_STREAM = re.compile(rb"stream\r?\n(.*?)\r?\nendstream", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Facts:
    """What a PDF says of itself."""

    pages: int
    language: str
    is_tagged: bool
    has_tree: bool
    shows_title: bool
    tables: int
    pictures_with_words: int
    pictures: int
    fonts: tuple[str, ...]
    fonts_inside: int
    archive: str
    """PDF/A: part and conformance, as 2A."""
    accessible: str
    """PDF/UA: the part."""


def facts_of(pdf: bytes) -> Facts:
    """Return what the objects and the metadata (XMP) of a PDF say."""
    objects = _OBJECT.findall(pdf)
    heads = [one.partition(b"stream\n")[0] for one in objects]
    whole = b"\n".join(heads)
    xmp = next((one for one in objects if b"/Subtype/XML" in one), b"")
    if b"/FlateDecode" in xmp:
        xmp = _inflated(xmp)
    language = re.search(rb"/Lang\s*\(([^)]*)\)", whole)
    descriptors = [head for head in heads if b"/Type/FontDescriptor" in head]
    elements = [head for head in heads if b"/StructElem" in head]
    figures = [head for head in elements if b"/S/Figure" in head]
    return Facts(
        pages=len(re.findall(rb"/Type/Page\b(?!s)", whole)),
        language=language[1].decode("ascii", "replace") if language else "",
        is_tagged=b"/Marked true" in whole,
        has_tree=b"/StructTreeRoot" in whole,
        shows_title=b"/DisplayDocTitle true" in whole,
        tables=sum(b"/S/Table" in head for head in elements),
        pictures_with_words=sum(b"/Alt" in head for head in figures),
        pictures=len(figures),
        fonts=tuple(sorted(_name(head) for head in descriptors)),
        fonts_inside=sum(b"/FontFile" in head for head in descriptors),
        archive=_tag(xmp, "pdfaid:part") + _tag(xmp, "pdfaid:conformance"),
        accessible=_tag(xmp, "pdfuaid:part"),
    )


def faults(pdf: bytes) -> list[str]:
    """Return what keeps a PDF from being given out as ours; empty when it is sound."""
    if not pdf.startswith(b"%PDF-1.7"):
        return ["no PDF 1.7"]
    facts = facts_of(pdf)
    demands = {
        "no page": facts.pages > 0,
        "not tagged": facts.is_tagged and facts.has_tree,
        "not in Japanese": facts.language.startswith("ja"),
        "title not shown": facts.shows_title,
        "a font is not embedded": bool(facts.fonts) and facts.fonts_inside == len(facts.fonts),
        "a picture without words": facts.pictures_with_words == facts.pictures,
        "no PDF/A-2": facts.archive in {"2A", "2U"},
        "no PDF/UA-1": facts.accessible == "1",
    }
    return [fault for fault, is_met in demands.items() if not is_met]


def _inflated(one: bytes) -> bytes:
    found = _STREAM.search(one)
    return zlib.decompress(found[1]) if found else b""


def _name(descriptor: bytes) -> str:
    found = re.search(rb"/FontName/(?:[A-Z]{6}\+)?([\w-]+)", descriptor)
    return found[1].decode() if found else ""


def _tag(xmp: bytes, name: str) -> str:
    found = re.search(rf"<{name}>([^<]*)</{name}>".encode(), xmp) or re.search(
        rf'{name}="([^"]*)"'.encode(), xmp
    )
    return found[1].decode().upper() if found else ""
