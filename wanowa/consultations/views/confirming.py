"""Showing that an address is one's own, by the code of a mail: on the receipt, and later on one's own page."""

import secrets
import time
from unicodedata import normalize

from django.utils.translation import gettext as _

from wanowa.consultations import services
from wanowa.consultations.forms import CodeForm
from wanowa.consultations.models import Case
from wanowa.consultations.rules import checked_address
from wanowa.consultations.views.standing import actor_of
from wanowa.kernel.errors import Invalid, Refused
from wanowa.people.rules import CODE_ATTEMPTS, CODE_LIFETIME
from wanowa.web.requests import Request

STATE = "consultations_code"
"""Where the browser's session keeps the code that was mailed, to which address, and for which case."""
HOUR = 3600


def ask(request: Request, case: Case, email: str) -> None:
    """Mail a code to an address; the one of before counts no longer. Raises Invalid, Refused, MailUnavailable."""
    address = checked_address(email)
    request.session[STATE] = {
        "number": case.number,
        "email": address,
        "code": services.send_code(email=address),
        "left": CODE_ATTEMPTS,
        "at": time.time(),
    }


def _state(request: Request, case: Case) -> dict[str, object]:
    state: dict[str, object] = request.session.get(STATE) or {}
    at = state.get("at")
    mine = state.get("number") == case.number
    return state if mine and isinstance(at, float) and time.time() - at <= HOUR else {}


def address_in_question(request: Request, case: Case) -> str:
    """Return the address to which a code was mailed within the hour; nothing when there is none."""
    return str(_state(request, case).get("email", ""))


def waits(request: Request, case: Case) -> bool:
    """Tell whether the code of a mail can still be typed in."""
    state = _state(request, case)
    at = state.get("at")
    return "code" in state and isinstance(at, float) and time.time() - at <= CODE_LIFETIME.total_seconds()


def confirm(request: Request, case: Case, form: CodeForm) -> None:
    """Write to the address from now on, if the code is right. Invalid when it is wrong, Refused when it is too old."""
    if not waits(request, case):
        raise Refused(_("数字の時間が切れました。新しい数字を受けとってください。"))
    state = _state(request, case)
    typed = normalize("NFKC", form.cleaned_data["code"]).strip()
    if secrets.compare_digest(typed.encode(), str(state["code"]).encode()):
        services.confirm_address(case, email=str(state["email"]), by=actor_of(request))
        del request.session[STATE]
        return
    left = state["left"]
    if isinstance(left, int) and left > 1:
        request.session[STATE] = state | {"left": left - 1}
    else:
        request.session[STATE] = {name: value for name, value in state.items() if name != "code"}
    raise Invalid(_("数字がちがいます。メールを、もう一度たしかめてください。"))
