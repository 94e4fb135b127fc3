"""When a request reached us: what counts where a deadline ends, however long the queue at the door is.

A reverse proxy of ours writes the moment into X-Request-Start (`t=` and seconds since 1970, as nginx gives them in
`$msec`). Without one, or when the value cannot be true, it is the moment at which the request came to this process,
by the database's time: what this machine's clock says does not matter (`wanowa.kernel.clock`).

Whoever was answered with the queue page (`wanowa.web.waiting`) sends the same form again later. A signed field then
says when it first arrived. It counts for the same content, key and address, for ten minutes, and for nobody's header.
"""

import re
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from time import monotonic
from typing import Final

from django.conf import settings
from django.core.signing import Signer
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.utils.crypto import constant_time_compare
from django.utils.translation import gettext as _

from wanowa.kernel.clock import OFF, platform
from wanowa.web.sent import FIELD, MOMENT, digest

LONGEST_QUEUE: Final = timedelta(seconds=120)
"""A header further back than this is not believed."""
KEPT: Final = timedelta(minutes=10)
"""So long the first moment of a form counts that could not be taken."""
_HEADER: Final = re.compile(r"t=(\d{10})(?:\.(\d{1,6}))?")
_SEALED: Final = re.compile(r"(\d{10})\.(\d{6}):([A-Za-z0-9_-]+)")
_signer: Final = Signer(salt="wanowa.web.arrival")


class Arrival:
    """Notes the moment before anything else is done. No query."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Note it and pass on."""
        request.came_at_tick = monotonic()  # type: ignore[attr-defined]
        return self.get_response(request)


def counts_arrival[View: Callable[..., HttpResponseBase]](view: View) -> View:
    """Mark a view whose deadline looks at `arrived`: only its queue page promises that the moment counts."""
    view.counts_arrival = True  # type: ignore[attr-defined]
    return view


def arrived(request: HttpRequest) -> datetime:
    """Return when this form first reached us. Costs one query in 30 seconds, usually none."""
    door = moment(_header(request), platform.at(_tick(request)))
    return sealed(request, door) or door


def known_arrival(request: HttpRequest) -> datetime | None:
    """Return what `arrived` does without asking the database; None when the time is not known for sure."""
    now = platform.known_at(_tick(request))
    if now is None:
        return None
    door = moment(_header(request), now)
    return sealed(request, door) or door


def moment(header: str, now: datetime) -> datetime:
    """Return when a request arrived: what the proxy says, when that was at most 120 seconds ago; else `now`."""
    said = _said(header)
    return said if said and timedelta() <= now - said <= LONGEST_QUEUE else now


def complaint_about_proxy(request: HttpRequest) -> str:
    """Return in words that our proxy's clock is wrong, as this request shows it; nothing when it seems right."""
    said, now = _said(_header(request)), platform.at(_tick(request))
    if said is None or abs(now - said) <= OFF:
        return ""
    seconds = {"seconds": round(abs(now - said).total_seconds())}
    if said > now:
        return (
            _("逆プロキシの時計は、データベースより%(seconds)s秒進んでいます。時刻合わせを動かしてください。")
            % seconds
        )
    return (
        _("逆プロキシの印は、%(seconds)s秒前の時こくです。混んでいないなら、時計がおくれています。") % seconds
    )


def seal(request: HttpRequest, first: datetime) -> str:
    """Return a moment as a field that only we can write, and only for this form as it was sent."""
    stamp = f"{int(first.timestamp()):010}.{first.microsecond:06}"
    return f"{stamp}:{_signature(request, stamp)}"


def sealed(request: HttpRequest, now: datetime) -> datetime | None:
    """Return the first moment that a form carries; None when there is none, or it is not ours, too old or to come."""
    found = _SEALED.fullmatch(request.POST.get(MOMENT, "")) if request.method == "POST" else None
    if found is None or not constant_time_compare(found[3], _signature(request, f"{found[1]}.{found[2]}")):
        return None
    first = _from_epoch(found[1], found[2])
    return first if timedelta() <= now - first <= KEPT else None


def _signature(request: HttpRequest, stamp: str) -> str:
    return _signer.signature("\n".join((stamp, request.path, request.POST.get(FIELD, ""), digest(request))))


def _header(request: HttpRequest) -> str:
    return request.headers.get("X-Request-Start", "") if settings.BEHIND_PROXY else ""


def _said(header: str) -> datetime | None:
    found = _HEADER.fullmatch(header)
    return _from_epoch(found[1], found[2] or "0") if found else None


def _tick(request: HttpRequest) -> float:
    return getattr(request, "came_at_tick", None) or monotonic()


def _from_epoch(seconds: str, fraction: str) -> datetime:
    return datetime.fromtimestamp(int(seconds), UTC) + timedelta(microseconds=int(fraction.ljust(6, "0")))
