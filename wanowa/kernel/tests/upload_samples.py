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
