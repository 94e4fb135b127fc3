"""The language of a page: what its reader chose here, else what the signed-in person chose, else Japanese.

Headers of browsers choose nothing: pages are kept for everybody by cookies alone.
"""

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import get_language

from wanowa.kernel.languages import JAPANESE, known, offered, speaking
from wanowa.web.middleware import Next

YEAR = 365 * 24 * 60 * 60
NAMES = dict(settings.LANGUAGES)
"""Each language as those call it who speak it."""

type Keeper = Callable[[HttpRequest, str], None]
_keepers: list[Keeper] = []


def register_keeper(keeper: Keeper) -> None:
    """Say how the choice is kept with the person who is signed in. From `ready()`."""
    _keepers[:] = [keeper]


class Language:
    """Speaks the language of the reader's cookie, and says so in the answer. A made-up cookie counts as none."""

    def __init__(self, get_response: Next) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Answer in the language; afterwards this thread speaks as before."""
        with speaking(chosen(request)):
            response = self.get_response(request)
            if response.headers.get("Content-Type", "").startswith("text/html"):
                response.headers.setdefault("Content-Language", get_language() or JAPANESE)
        return response


def chosen(request: HttpRequest) -> str:
    """Return the language chosen in this browser; nothing when none was, or one that we do not speak."""
    return known(request.COOKIES.get(settings.LANGUAGE_COOKIE_NAME, ""))


def keep(response: HttpResponse, code: str, *, secure: bool) -> None:
    """Let this browser remember the language for a year."""
    response.set_cookie(
        settings.LANGUAGE_COOKIE_NAME, code, max_age=YEAR, secure=secure, httponly=True, samesite="Lax"
    )


def keep_with_person(request: HttpRequest, code: str) -> None:
    """Remember the language with the person who is signed in, if somebody is."""
    for keeper in _keepers:
        keeper(request, code)


def others() -> list[tuple[str, str]]:
    """Return code and name of each language but the one that is spoken now."""
    return [(code, NAMES[code]) for code in offered() if code != get_language()]


def way_back(request: HttpRequest) -> str:
    """Return where a reader goes on: to `next`, else to the page she comes from; never to another site.

    Browsers say where they come from within this site (our Referrer-Policy), so pages need not repeat their address.
    """
    sent = request.POST if request.method == "POST" else request.GET
    address = sent.get("next", "") or came_from(request)
    ours = address.startswith("/") and url_has_allowed_host_and_scheme(address, allowed_hosts=None)
    return address if ours else "/"


def came_from(request: HttpRequest) -> str:
    """Return the address on this site from which the reader comes, as her browser says; nothing from elsewhere."""
    here = f"{request.scheme}://{request.get_host()}"
    said = request.headers.get("Referer", "")
    return said.removeprefix(here) if said.startswith(f"{here}/") else ""
