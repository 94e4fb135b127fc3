"""The record is the clock of the site: a page stays valid until something that it shows has moved."""

import gzip
import threading
from collections import OrderedDict
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cache
from hashlib import sha256
from pathlib import Path

from django.conf import settings
from django.db import InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.utils import timezone
from django.utils.cache import patch_vary_headers

from wanowa.kernel.languages import JAPANESE
from wanowa.web import languages, preferences
from wanowa.web.middleware import Next
from wanowa.web.pages import Page

type Clock = Callable[[Sequence[str]], str]
type Key = tuple[str, ...]

SOURCES = {".py", ".html", ".css", ".js", ".toml", ".svg", ".po"}
BUDGET = 24 * 1024 * 1024
"""Bytes of pages that one process keeps."""
VARY = ("Cookie", "Accept-Encoding", "HX-Request")
OF_THE_BODY = {"Content-Length", "Content-Encoding"}

_clocks: list[Clock] = []


def register_clock(clock: Clock) -> None:
    """Say how to read the time of cases and apps; no names at all mean the whole record.

    The clock is asked on every hit, so it answers from memory. It may run late, never ahead.
    """
    _clocks[:] = [clock]


def _time(cases: Sequence[str] = ()) -> str:
    """Return the time of `cases`, or nothing while the database is away: then no page is kept or given again."""
    try:
        return _clocks[0](cases)
    except (OperationalError, InterfaceError):
        return ""


@cache
def release() -> str:
    """Return a digest of the installed program: another release, other pages."""
    root = Path(__file__).resolve().parent.parent
    files = sorted(path for path in root.rglob("*") if path.suffix in SOURCES)
    facts = ((path.relative_to(root), path.stat().st_size, path.stat().st_mtime_ns) for path in files)
    return sha256("\n".join(map(str, facts)).encode()).hexdigest()[:16]


def etag_of(key: Key, cases: Sequence[str]) -> str:
    """Return the ETag under which a page is valid now."""
    parts = (release(), str(timezone.localdate()), _time(cases), *key)
    return f'W/"{sha256("\n".join(parts).encode()).hexdigest()[:32]}"'


@dataclass(frozen=True, slots=True)
class Kept:
    """A page as it was given, plain and squeezed."""

    etag: str
    cases: tuple[str, ...]
    headers: dict[str, tuple[str, str]]
    body: bytes
    squeezed: bytes

    def answer(self, request: HttpRequest) -> HttpResponse:
        """Return 304 to whoever has this page, else the page."""
        if self.etag in request.META.get("HTTP_IF_NONE_MATCH", ""):
            return self._with(HttpResponse(status=304))
        if "gzip" not in request.META.get("HTTP_ACCEPT_ENCODING", ""):
            return self._with(HttpResponse(self.body), Content_Length=str(len(self.body)))
        size = str(len(self.squeezed))
        return self._with(HttpResponse(self.squeezed), Content_Length=size, Content_Encoding="gzip")

    def _with(self, response: HttpResponse, **more: str) -> HttpResponse:
        # The headers were checked when the page was made: setting each again would cost a third of a hit.
        names = ((name.replace("_", "-"), value) for name, value in more.items())
        response.headers._store = self.headers | {name.lower(): (name, value) for name, value in names}
        return response


class Shelf:
    """The pages kept by this process, least recently asked for first to go."""

    def __init__(self, budget: int = BUDGET) -> None:
        self.budget, self.size = budget, 0
        self.pages: OrderedDict[Key, Kept] = OrderedDict()
        self.lock = threading.Lock()

    def get(self, key: Key) -> Kept | None:
        """Return the page if it is still valid."""
        kept = self.pages.get(key)
        if kept is None or kept.etag != etag_of(key, kept.cases):
            return None
        with self.lock:
            if key in self.pages:
                self.pages.move_to_end(key)
        return kept

    def put(self, key: Key, kept: Kept) -> None:
        """Keep the page; forget the oldest beyond the budget."""
        with self.lock:
            self._forget(self.pages.pop(key, None))
            self.pages[key] = kept
            self.size += len(kept.body) + len(kept.squeezed)
            while self.size > self.budget:
                self._forget(self.pages.popitem(last=False)[1])

    def _forget(self, kept: Kept | None) -> None:
        self.size -= len(kept.body) + len(kept.squeezed) if kept else 0

    def clear(self) -> None:
        """Forget everything."""
        with self.lock:
            self.pages.clear()
            self.size = 0


shelf = Shelf()


class PageCache:
    """Stands first: a page that nobody changed is given again without session, database or template.

    Only for readers without a session, and only pages that say which cases they show, set no cookie and
    therefore hold no secret; so squeezing them reveals nothing (BREACH).
    """

    def __init__(self, get_response: Next) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Answer from memory, or remember the answer."""
        key = _key(request) if _clocks and request.method in {"GET", "HEAD"} else None
        if key is None:
            return _personal(self.get_response(request), request)
        if kept := shelf.get(key):
            return kept.answer(request)
        began = _time()
        response = self.get_response(request)
        if request.method == "HEAD" or not isinstance(response, Page) or not _for_everybody(response):
            return _personal(response, request)
        # A change while the page was being made would put old content under the new time.
        if not began or _time() != began:
            return _personal(response, request)
        kept = _kept(key, response)
        shelf.put(key, kept)
        return kept.answer(request)


def _key(request: HttpRequest) -> Key | None:
    """Return what an anonymous page depends on beside the record; None for everybody who has a session."""
    meta = request.META
    look, language = "", JAPANESE
    if "HTTP_COOKIE" in meta:
        cookies = request.COOKIES
        harmless = {settings.CSRF_COOKIE_NAME, settings.LANGUAGE_COOKIE_NAME, preferences.COOKIE}
        if cookies.keys() - harmless:
            return None
        look = ".".join(map("-".join, preferences.of(request).items()))
        language = languages.chosen(request) or JAPANESE
    return (
        meta.get("wsgi.url_scheme", ""),
        meta.get("HTTP_HOST", ""),
        request.path,
        meta.get("QUERY_STRING", ""),
        meta.get("HTTP_HX_REQUEST", ""),
        look,
        language,
    )


def _for_everybody(page: Page) -> bool:
    return bool(page.cases) and page.status_code == 200 and not page.cookies


def _kept(key: Key, response: Page) -> Kept:
    etag = etag_of(key, response.cases)
    patch_vary_headers(response, VARY)
    response.headers["Cache-Control"] = "public, no-cache"
    response.headers["ETag"] = etag
    headers = {name.lower(): (name, value) for name, value in response.items() if name not in OF_THE_BODY}
    return Kept(etag, response.cases, headers, response.content, gzip.compress(response.content, 6, mtime=0))


def _personal(response: HttpResponseBase, request: HttpRequest) -> HttpResponseBase:
    """Keep pages that are not for everybody out of every cache."""
    if "Cache-Control" not in response:
        signed_in = settings.SESSION_COOKIE_NAME in request.COOKIES
        response.headers["Cache-Control"] = "private, no-store" if signed_in else "private, no-cache"
    return response
