"""What stands between the network and a view: headers, readable input, refusals as pages."""

from collections.abc import Callable
from urllib.parse import unquote_to_bytes

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.utils.translation import gettext_lazy as _

from wanowa.web import problems, waiting

type Next = Callable[[HttpRequest], HttpResponseBase]

HEADERS = {
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=(), browsing-topics=()",
}
METHODS = ("GET", "HEAD", "POST")
"""What browsers and forms speak; the platform speaks nothing else."""
HEALTH = "/healthz"
"""Asks the database itself, always."""
UNREADABLE = _("読めない文字が入っています。その文字を消して、もう一度お試しください。")


class Headers:
    """Adds the security headers that Django has no setting for; tests/golden/headers.txt lists all."""

    def __init__(self, get_response: Next) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Answer with the headers added."""
        response = self.get_response(request)
        for name, value in HEADERS.items():
            response.headers.setdefault(name, value)
        return response


class Problems:
    """Turns other methods, unreadable input, refusals, an absent database into pages; fills empty errors."""

    def __init__(self, get_response: Next) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Answer, say which characters cannot be read, or at once that the database is away."""
        if request.method not in METHODS:
            shut = problems.page(request, 405)
            shut.headers["Allow"] = ", ".join(METHODS)
            return shut
        if not _readable(request):
            return problems.page(request, 400, UNREADABLE)
        if waiting.door.shut and request.path != HEALTH:
            return problems.queue(request)
        response = self.get_response(request)
        bare = isinstance(response, HttpResponse) and not response.content
        if response.status_code in problems.PROBLEMS and bare:
            filled = problems.page(request, response.status_code)
            for name, value in response.items():
                if name != "Content-Length":  # that of the empty answer
                    filled.headers.setdefault(name, value)
            return filled
        return response

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        """Answer what a view refused."""
        return problems.answer(request, exception)


def _readable(request: HttpRequest) -> bool:
    """Tell whether path, query and form are UTF-8 without NUL. A form too big to read becomes 413."""
    query = request.META.get("QUERY_STRING", "")
    if "\0" in request.path or not _text(query.encode("latin-1", "replace")):
        return False
    if request.method != "POST":
        return True
    if request.content_type == "application/x-www-form-urlencoded":
        return _text(request.body)
    if request.content_type == "multipart/form-data":
        texts = (text for values in request.POST.lists() for text in (values[0], *values[1]))
        return not any("\0" in text or "\N{REPLACEMENT CHARACTER}" in text for text in texts)
    return True


def _text(encoded: bytes) -> bool:
    if b"%" not in encoded and encoded.isascii():
        return b"\0" not in encoded
    try:
        return "\0" not in unquote_to_bytes(encoded).decode()
    except UnicodeDecodeError:
        return False
