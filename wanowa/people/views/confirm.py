"""Proving it again before something sensitive: by key or app if the person has one, else by mail code.

Signing for a party asks for it: such a view is decorated with `recent_confirmation_required`.
"""

import time
import unicodedata
from collections.abc import Callable
from functools import wraps
from typing import cast

from allauth.account.adapter import get_adapter
from allauth.account.authentication import get_authentication_records
from allauth.account.internal.flows.login import record_authentication
from allauth.core.internal.cryptokit import compare_user_code
from django.conf import settings
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.http import urlencode
from django.views.decorators.http import require_http_methods

from wanowa.people import services
from wanowa.people.forms import CodeForm
from wanowa.people.models import User
from wanowa.people.rules import CODE_ATTEMPTS, CODE_LIFETIME, CONFIRMATION_LIFETIME
from wanowa.people.views.gate import DEMO_SESSION
from wanowa.web.pages import show

STATE = "people_confirmation"

type View = Callable[..., HttpResponse]


def recently_confirmed(request: HttpRequest) -> bool:
    """Tell whether the person proved who they are in the last 10 minutes, by any means. No query."""
    if request.session.get(DEMO_SESSION):
        return True
    person = request.user if isinstance(request.user, User) else None
    since = time.time() - CONFIRMATION_LIFETIME.total_seconds()
    return any(record.get("at", 0) > since for record in get_authentication_records(request, person))


def recent_confirmation_required(view: View) -> View:
    """Let a person send a form only when recently confirmed; else lead to the confirmation and back.

    Reading needs no confirmation. What was typed is kept as a draft meanwhile.
    """

    @wraps(view)
    def guarded(request: HttpRequest, *args: object, **kwargs: object) -> HttpResponse:
        if not settings.STEP_UP or request.method != "POST" or recently_confirmed(request):
            return view(request, *args, **kwargs)
        person = cast("User", request.user)
        services.save_draft(person, request.path, {name: request.POST.getlist(name) for name in request.POST})
        methods = get_adapter(request).get_reauthentication_methods(person)
        address = methods[0]["url"] if methods else reverse("people:confirm")
        response = redirect(f"{address}?{urlencode({'next': request.get_full_path()})}")
        response.keeps_draft = True  # type: ignore[attr-defined]
        return response

    return guarded


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def confirm(request: HttpRequest) -> HttpResponse:
    """Send a code to the person's address, then take it: three attempts, fifteen minutes, once."""
    form = CodeForm(request.POST if request.method == "POST" and "send" not in request.POST else None)
    if request.method != "POST":
        return _ask(request, form)
    if "send" in request.POST:
        return _send(request)
    if form.is_valid() and _matches(request, unicodedata.normalize("NFKC", form.cleaned_data["code"])):
        record_authentication(request, cast("User", request.user), "code", reauthenticated=True)
        return redirect(_next(request))
    form.add_error("code", get_adapter(request).error_messages["incorrect_code"])
    return _ask(request, form, status=400)


def _ask(request: HttpRequest, form: CodeForm, status: int = 200) -> HttpResponse:
    return show(
        request, "people/confirm.html", {"form": form, "sent": STATE in request.session}, status=status
    )


def _send(request: HttpRequest) -> HttpResponse:
    code = get_adapter(request).generate_login_code()
    get_adapter(request).send_mail("confirmation_code", request.user.get_username(), {"code": code})
    request.session[STATE] = {"code": code, "at": time.time(), "left": CODE_ATTEMPTS}
    return redirect(request.get_full_path())


def _matches(request: HttpRequest, typed: str) -> bool:
    state = request.session.pop(STATE, None)
    if not state or time.time() - state["at"] > CODE_LIFETIME.total_seconds():
        return False
    if compare_user_code(actual=typed, expected=state["code"]):
        return True
    if state["left"] > 1:
        request.session[STATE] = state | {"left": state["left"] - 1}
    return False


def _next(request: HttpRequest) -> str:
    address = request.GET.get("next", "")
    return address if get_adapter(request).is_safe_url(address) else reverse("people:settings")
