"""Files as people and attackers send them, made on the spot."""

import io
import struct
import zipfile
import zlib

from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

CONTENT_TYPES = (
    b'<?xml version="1.0"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"/>'
)
DOCUMENT = "<?xml version='1.0'?><document>協働の記録</document>".encode()
RELATIONS = (
    b'<?xml version="1.0"?><Relationships><Relationship Id="r1" '
    b'Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/%s" '
    b'Target="%s" TargetMode="External"/></Relationships>'
)


def upload(name, content):
    """Return an upload under the raw name that was sent; Django would already have cleaned some of it."""
    sent = SimpleUploadedFile("placeholder", content)
    sent._name = name
    return sent


def pdf(body=b"1 0 obj\n<< /Type /Catalog >>\nendobj\n"):
    return b"%PDF-1.7\n" + body + b"trailer\n<< /Root 1 0 R >>\n%%EOF\n"


def picture(encoding="PNG", size=(40, 30), mode="RGB", **options):
    written = io.BytesIO()
    Image.new(mode, size, "teal" if mode != "P" else 0).save(written, encoding, **options)
    return written.getvalue()


def jpeg_with_place():
    exif = Image.Exif()
    exif[0x010F] = "SecretCamera"
    exif[0x0112] = 6
    exif.get_ifd(0x8825).update({1: "N", 2: (35.0, 46.0, 52.0), 3: "E", 4: (139.0, 36.0, 21.0)})
    return picture("JPEG", exif=exif, comment=b"SecretComment")


def png_that_claims(width, height):
    """Return a PNG of a few bytes that claims to unpack to width × height pixels."""
    header = struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)
    rows = zlib.compress(b"\0" * min(width * height, 100_000))
    return b"\x89PNG\r\n\x1a\n" + _chunk(b"IHDR", header) + _chunk(b"IDAT", rows) + _chunk(b"IEND", b"")


def _chunk(kind, data):
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


def office(main="word/document.xml", *, content_types=CONTENT_TYPES, more=None):
    """Return a docx (or xlsx) with `more` parts: name → content."""
    written = io.BytesIO()
    with zipfile.ZipFile(written, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in {"[Content_Types].xml": content_types, main: DOCUMENT, **(more or {})}.items():
            archive.writestr(name, content)
    return written.getvalue()


FRAME = b"\xff\xfb\x90\x00" + bytes(413)
"""417 bytes of silence: MPEG-1 layer III, 128 kbit/s, 44.1 kHz."""


def mp3(frames=80, *, before=b"", after=b""):
    """Return two seconds of silence, with what a telephone writes before and behind it."""
    return before + FRAME * frames + after


def id3(text):
    """Return an ID3v2.4 tag with a title."""
    said = b"\x03" + text.encode()
    title = b"TIT2" + bytes([0, 0, 0, len(said), 0, 0]) + said
    return b"ID3\x04\x00\x00" + bytes([0, 0, len(title) >> 7, len(title) & 0x7F]) + title


def box(kind, *inside):
    content = b"".join(inside)
    return struct.pack(">I", 8 + len(content)) + kind + content


def track(handler):
    """Return a track of an MP4, made on a day and by a device that it names."""
    when = bytes(4) + b"\xe0\x00\x00\x01" * 2 + bytes(12)
    named = bytes(8) + handler + bytes(12) + b"SecretDevice\0"
    return box(
        b"trak",
        box(b"tkhd", when),
        box(b"mdia", box(b"mdhd", when), box(b"hdlr", named), box(b"minf", b"how to play it")),
        box(b"udta", box(b"name", b"SecretTrack")),
    )


def mp4(*handlers, brand=b"isom", more=b"", inner=b""):
    """Return a file of the ISO base media format with a track of each handler; tells place, time and device."""
    when = bytes(4) + b"\xe0\x00\x00\x01" * 2 + bytes(84)
    place = box(b"udta", box(b"\xa9xyz", b"SecretPlace+35.78+139.60/"))
    moov = box(b"moov", box(b"mvhd", when), *map(track, handlers), place, box(b"meta", b"SecretKeys"), inner)
    ftyp = box(b"ftyp", brand, bytes(4), brand)
    return (
        ftyp
        + box(b"free", b"SecretRest")
        + moov
        + box(b"mdat", b"sound" * 50)
        + box(b"uuid", b"SecretXmp")
        + more
    )


def zip_with_twin_parts():
    content = office(more={"word/a.xml": b"<a/>", "word/b.xml": b"<b/>"})
    return content.replace(b"word/b.xml", b"word/a.xml")


def zip_of_overlapping_parts():
    """Two entries of the directory that point at the same bytes, as in the overlapping zip bomb."""
    content = bytearray(office(more={"word/a.xml": b"x" * 50_000, "word/b.xml": b"x" * 50_000}))
    directory = content.rindex(b"PK\x01\x02")
    earlier = content.rindex(b"PK\x01\x02", 0, directory)
    content[directory + 42 : directory + 46] = content[earlier + 42 : earlier + 46]
    return bytes(content)
