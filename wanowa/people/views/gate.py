"""The gate: city staff and coordinators show a second factor, and their sessions end in time (T42)."""

import time
from collections.abc import Callable
from typing import Any

from allauth.account.authentication import get_authentication_records
from allauth.account.internal.flows.login import record_authentication
from allauth.mfa.models import Authenticator
from allauth.mfa.utils import is_mfa_enabled
from django.conf import settings
from django.contrib import messages
from django.contrib.auth import logout
from django.core import signing
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _

from wanowa.people import queries
from wanowa.people.models import User
from wanowa.people.rules import STAFF_IDLE, STAFF_SESSION, proven

DEMO_SESSION = "people_demo"
"""Marks a session opened by a demo link; it counts as if a second factor had been shown."""
SIGNED_IN_AT = "people_signed_in_at"
SEEN = "seen"
"""The cookie with the moment of a staff member's last request: signed, so that no page has to write a row."""
SEEN_STEP = 60

OPEN = {
    "account_logout",
    "mfa_index",
    "mfa_activate_totp",
    "mfa_add_webauthn",
    "mfa_view_recovery_codes",
    "mfa_reauthenticate",
    "mfa_reauthenticate_webauthn",
    "people:privacy",
    "healthz",
    "web:asset",
    "web:language",
    "web:look",
}
"""The pages a person may see before showing the second factor they owe."""

type Respond = Callable[[HttpRequest], HttpResponse]


class SecondFactor:
    """Stops whoever owes a second factor, and whoever was away too long. Costs no query without a session."""

    def __init__(self, get_response: Respond) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer the request; afterwards remember when a staff member was here."""
        person = _person(request)
        if person is None or not queries.needs_second_factor(person):
            return self.get_response(request)
        if _over(request):
            logout(request)
            messages.info(
                request,
                _("しばらく操作がなかったので、サインアウトしました。もう一度サインインしてください。"),
            )
            return redirect(f"{reverse('account_login')}?{urlencode({'next': request.get_full_path()})}")
        request.owes_second_factor = not shown(request, person)  # type: ignore[attr-defined]
        response = self.get_response(request)
        if _person(request) is not None:
            _stamp(request, response)
        return response

    def process_view(self, request: HttpRequest, *_view: Any) -> HttpResponseRedirect | None:
        """Lead whoever owes a second factor to where it is shown or set up."""
        match = request.resolver_match
        if not getattr(request, "owes_second_factor", False) or (match and match.view_name in OPEN):
            return None
        methods = Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN
        person = _person(request)
        if person is None:
            return None
        if not is_mfa_enabled(person, methods):
            return redirect("mfa_index")
        name = "mfa_reauthenticate" if is_mfa_enabled(person, methods[:1]) else "mfa_reauthenticate_webauthn"
        return redirect(f"{reverse(name)}?{urlencode({'next': request.get_full_path()})}")


def shown(request: HttpRequest, person: User) -> bool:
    """Tell whether this session has shown a second factor (or is a demo session)."""
    return bool(request.session.get(DEMO_SESSION)) or proven(get_authentication_records(request, person))


def begin(sender: object, request: HttpRequest, user: User, **_more: object) -> None:
    """Note when the session began; answers Django's `user_logged_in`."""
    request.session[SIGNED_IN_AT] = int(time.time())


def setting_up_proves(
    sender: object, request: HttpRequest, user: User, authenticator: Authenticator, **_more: object
) -> None:
    """Count setting up an app or key as showing it: it was just used. Answers allauth's signal."""
    if authenticator.type != Authenticator.Type.RECOVERY_CODES:
        record_authentication(
            request, user, "mfa", id=authenticator.pk, type=authenticator.type, reauthenticated=True
        )


def _person(request: HttpRequest) -> User | None:
    # Without the cookie nobody is signed in; not touching the session keeps the page cacheable for everybody.
    if settings.SESSION_COOKIE_NAME not in request.COOKIES:
        return None
    return request.user if isinstance(request.user, User) else None


def _over(request: HttpRequest) -> bool:
    began = int(request.session.get(SIGNED_IN_AT, 0))
    now = time.time()
    return (
        now - began > STAFF_SESSION.total_seconds()
        or now - _seen(request, began) > STAFF_IDLE.total_seconds()
    )


def _seen(request: HttpRequest, began: int) -> int:
    try:
        key, at = signing.loads(request.COOKIES.get(SEEN, ""), salt=SEEN)
    except (signing.BadSignature, ValueError, TypeError):
        return began
    return max(began, int(at)) if key == began else began


def _stamp(request: HttpRequest, response: HttpResponse) -> None:
    began, now = int(request.session.get(SIGNED_IN_AT, 0)), int(time.time())
    if now - _seen(request, began) < SEEN_STEP and SEEN in request.COOKIES:
        return
    response.set_cookie(
        SEEN,
        signing.dumps([began, now], salt=SEEN),
        max_age=int(STAFF_IDLE.total_seconds()),
        secure=settings.SESSION_COOKIE_SECURE,
        httponly=True,
        samesite="Lax",
    )
