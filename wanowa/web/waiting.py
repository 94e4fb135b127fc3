"""The queue page: a form that we could not take now is given back whole, ready to be sent again, with its moment."""

from dataclasses import dataclass
from datetime import datetime
from time import monotonic
from typing import Final
from urllib.parse import urlsplit

from django.conf import settings
from django.core.exceptions import DisallowedHost
from django.http import HttpRequest
from django.urls import Resolver404, resolve
from psycopg_pool import PoolTimeout

from wanowa.web.arrival import KEPT, known_arrival, seal
from wanowa.web.sent import FIELD, FORMS, KEY, MOMENT

AWAY: Final = 2.0
"""Seconds for which nobody else waits for a database that has just let somebody wait in vain."""


class Door:
    """Whether a request may try the database. A process has few threads: those who wait in vain hold up all others."""

    def __init__(self) -> None:
        self._shut_until = 0.0

    @property
    def shut(self) -> bool:
        """Whether everybody is answered with the queue page at once."""
        return monotonic() < self._shut_until

    def look_at(self, fault: BaseException) -> None:
        """Shut for a moment after somebody got no connection in all the time the pool allows."""
        if isinstance(fault.__cause__, PoolTimeout):
            self._shut_until = monotonic() + AWAY


door = Door()
"""The door of this process."""


@dataclass(frozen=True, slots=True)
class Again:
    """The form to be sent again: where to, how, with which fields; `first` only where a deadline looks at it."""

    address: str
    media_type: str
    fields: list[tuple[str, str]]
    first: datetime | None

    @property
    def until(self) -> datetime | None:
        """Until when the first moment counts."""
        return self.first + KEPT if self.first else None


def again(request: HttpRequest) -> Again | None:
    """Return the form of a request; None when it cannot be given back by a page, or was not ours. No query.

    A file cannot be put into a page, and a password must not be. Without a key a repetition might count twice.
    """
    if request.method != "POST" or request.content_type not in FORMS or not ours(request):
        return None
    if request.FILES or not KEY.fullmatch(request.POST.get(FIELD, "")):
        return None
    fields = [(name, text) for name, texts in request.POST.lists() for text in texts if name != MOMENT]
    if any("password" in name for name, _text in fields):
        return None
    first = known_arrival(request) if _counts_arrival(request) else None
    if first:
        fields.append((MOMENT, seal(request, first)))
    return Again(request.get_full_path(), request.content_type, fields, first)


def ours(request: HttpRequest) -> bool:
    """Whether a page of this site sent the form: another one must not put words or buttons into our pages."""
    try:
        page = urlsplit(request.headers.get("Referer", ""))
        sender = request.headers.get("Origin") or f"{page.scheme}://{page.netloc}"
        trusted = sender in settings.CSRF_TRUSTED_ORIGINS
        return trusted or sender == f"{request.scheme}://{request.get_host()}"
    except (DisallowedHost, ValueError):  # a host that is not ours, a Referer that is no address
        return False


def _counts_arrival(request: HttpRequest) -> bool:
    try:
        return getattr(resolve(request.path_info).func, "counts_arrival", False)
    except Resolver404:
        return False
