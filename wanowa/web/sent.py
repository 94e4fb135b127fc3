"""What a form of ours carries beside what was typed: the key by which it counts once, and perhaps its first moment."""

import re
from typing import Final

from django.http import HttpRequest
from django.utils.crypto import salted_hmac

FIELD: Final = "idempotency_key"
KEY: Final = re.compile(r"[A-Za-z0-9_-]{22,64}")
MOMENT: Final = "arrival"
"""The field in which a queue page gives back the moment at which the form first reached us."""
FORMS: Final = {"application/x-www-form-urlencoded", "multipart/form-data"}


def digest(request: HttpRequest) -> str:
    """Return a digest of what was sent, without the parts that differ each time a page is rendered.

    Keyed, because it is stored: who reads the table must not find out a short answer by trying them all.
    """
    ours = {FIELD, MOMENT, "csrfmiddlewaretoken"}
    fields = [pair for pair in sorted(request.POST.lists()) if pair[0] not in ours]
    files = [(name, file.name, file.size) for name, files in request.FILES.lists() for file in files]
    return salted_hmac("wanowa.web.submission", repr((fields, files)), algorithm="sha256").hexdigest()
