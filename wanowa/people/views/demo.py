"""The demo's doors: become a made-up person with one click. On this computer only, in the demo only."""

from ipaddress import ip_address

from django.contrib.auth import login
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from wanowa.people import services
from wanowa.people.views.gate import DEMO_SESSION
from wanowa.people.views.look import remember_look
from wanowa.web.pages import show

FORWARDED = ("HTTP_FORWARDED", "HTTP_X_REAL_IP", "HTTP_VIA")


def from_this_computer(request: HttpRequest) -> bool:
    """Tell whether the request comes straight from loopback, through no proxy."""
    if any(name in FORWARDED or name.startswith("HTTP_X_FORWARDED") for name in request.META):
        return False
    try:
        return ip_address(request.META.get("REMOTE_ADDR", "")).is_loopback
    except ValueError:
        return False


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def demo(request: HttpRequest, token: str) -> HttpResponse:
    """Show the person and one button; the button signs in, as if the second factor had been shown."""
    person = services.demo_person(token) if from_this_computer(request) else None
    if person is None:
        raise Http404
    if request.method != "POST":
        return show(request, "people/demo.html", {"person": person})
    login(request, person)
    request.session[DEMO_SESSION] = True
    response = redirect("/me/")
    remember_look(request, response, person)
    return response
