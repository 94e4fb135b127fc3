"""When a request reached us: what counts where a deadline ends, however long the queue at the door is.

A reverse proxy of ours writes the moment into X-Request-Start (`t=` and seconds since 1970, as nginx gives them in
`$msec`). Without one, or when the value cannot be true, it is the moment at which the request came to this process.
"""

import re
from datetime import UTC, datetime, timedelta
from typing import Final

from django.conf import settings
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.utils import timezone

from wanowa.web.middleware import Next

LONGEST_QUEUE: Final = timedelta(seconds=120)
"""A header further back than this is not believed."""
_HEADER: Final = re.compile(r"t=(\d{10})(?:\.(\d{1,6}))?")


class Arrival:
    """Notes the moment before anything else is done. No query."""

    def __init__(self, get_response: Next) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Note it and pass on."""
        header = request.headers.get("X-Request-Start", "") if settings.BEHIND_PROXY else ""
        request.arrived = moment(header, timezone.now())  # type: ignore[attr-defined]
        return self.get_response(request)


def moment(header: str, now: datetime) -> datetime:
    """Return when a request arrived: what the proxy says, when that was at most 120 seconds ago; else `now`."""
    found = _HEADER.fullmatch(header)
    if found is None:
        return now
    said = datetime.fromtimestamp(int(found[1]), UTC) + timedelta(
        microseconds=int((found[2] or "0").ljust(6, "0"))
    )
    return said if timedelta() <= now - said <= LONGEST_QUEUE else now


def arrived(request: HttpRequest) -> datetime:
    """Return when this request reached us."""
    return getattr(request, "arrived", None) or timezone.now()
