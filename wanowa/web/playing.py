"""Sound and video as players fetch them: whole, or the one stretch of bytes that they ask for (RFC 9110 §14)."""

import re

from django.db.models.fields.files import FieldFile
from django.http import FileResponse, HttpRequest, HttpResponse, HttpResponseBase
from django.utils.http import content_disposition_header

_STRETCH = re.compile(r"bytes=(\d{0,18})-(\d{0,18})", re.ASCII)


def played(request: HttpRequest, file: FieldFile, *, name: str, media_type: str) -> HttpResponseBase:
    """Hand out a file to play in a page: 200 with all of it, 206 with a stretch, 416 for one behind its end.

    Telephones play nothing without. What cannot be read as one stretch is answered with the whole, as the RFC allows;
    so is `If-Range`, because no answer carries what it could name. A stretch is read into memory. As an attachment it
    is no page of its own; a player does not mind.
    """
    size = file.size
    found = _STRETCH.fullmatch(request.headers.get("Range", "").strip())
    stretch = _stretch(found[1], found[2], size) if found and "If-Range" not in request.headers else None
    answer: HttpResponseBase
    if stretch is None:
        answer = FileResponse(file.open("rb"), content_type=media_type)
    elif stretch[0] >= size:
        answer = HttpResponse(status=416, headers={"Content-Range": f"bytes */{size}"})
    else:
        first, last = stretch
        with file.open("rb") as content:
            content.seek(first)
            answer = HttpResponse(content.read(last - first + 1), content_type=media_type, status=206)
        answer.headers["Content-Range"] = f"bytes {first}-{last}/{size}"
    disposition = content_disposition_header(as_attachment=True, filename=name)
    answer.headers["Content-Disposition"] = disposition or "attachment"
    answer.headers["Accept-Ranges"] = "bytes"
    answer.headers["X-Content-Type-Options"] = "nosniff"
    answer.headers["Content-Security-Policy"] = "sandbox; default-src 'none'"
    return answer


def _stretch(first: str, last: str, size: int) -> tuple[int, int] | None:
    """Return the first and the last byte of what is asked for; None when it is no stretch."""
    if not first:
        return (size - min(int(last), size), size - 1) if last else None
    if last and int(last) < int(first):
        return None
    return int(first), min(int(last or size), size - 1)
