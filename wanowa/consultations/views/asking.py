"""Bringing a worry: the form, the receipt with number and passphrase, and coming back with them."""

import base64
import time

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from wanowa.consultations import queries, services
from wanowa.consultations.forms import AskForm, CodeForm, LookForm
from wanowa.consultations.models import Case
from wanowa.consultations.queries import Link
from wanowa.consultations.rules import BY_HAND, Channel, due_after
from wanowa.consultations.services import Receipt
from wanowa.consultations.views import confirming
from wanowa.consultations.views.answering import forget_typed, look_first, typed_before
from wanowa.consultations.views.standing import actor_of, grant, person_of, trail
from wanowa.guideline.queries import pack
from wanowa.kernel import envelopes
from wanowa.kernel.errors import Refused
from wanowa.kernel.languages import JAPANESE
from wanowa.people.rules import Language
from wanowa.people.rules.receipts import in_latin, plain_number
from wanowa.web.deeds import attempted
from wanowa.web.pages import show
from wanowa.web.requests import Request

STATE = "consultations_receipt"
"""Where the browser's session keeps a receipt for an hour: the passphrase sealed, and a code that was mailed."""
HOUR = 3600


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def index(request: Request) -> HttpResponse:
    """Say who will read it and when she answers, and take a worry in. Costs ≤ three queries."""
    person, status = person_of(request), 200
    files = (request.POST, request.FILES) if request.method == "POST" else ()
    typed = typed_before(request)
    form = AskForm(*files, known=person is not None, initial=typed)
    if request.POST.get("act") == "near" and form.is_valid():
        return look_first(request, form)
    if request.method == "POST" and request.POST.get("act") != "near":
        paper = request.POST.get("from") == Channel.PAPER
        made: list[Receipt] = []

        def bring() -> None:
            channel = Channel.PAPER if paper else Channel.WEB
            made.append(
                services.open_case(
                    form.told(), channel=channel, files=form.cleaned_data["attachments"], by=actor_of(request)
                )
            )

        status = attempted(form, bring)
        if made:
            grant(request, made[0].case)
            forget_typed(request)
            keep_receipt(request, made[0], form.cleaned_data.get("email", ""))
            return redirect("consultations:receipt")
    if form.is_bound and form.errors:
        status = 400 if status == 200 else status
    today = timezone.localdate()
    context = {
        "form": form,
        "near": queries.near_to(typed.get("text", "")) if typed else None,
        "answer_by": due_after(today, queries.practice().first_answer, closing=pack().closing_days),
        "days": queries.practice().first_answer,
        "own": list(queries.own_cases(person.pk)[:20]) if person else [],
        "paper": Channel.PAPER.value in (request.GET.get("from"), request.POST.get("from")),
        "desk": pack().desk,
        "contact": queries.practice().contact_in.get(get_language() or JAPANESE),
        "more": form.is_bound
        and any(form.errors.get(name) for name in ("contact", "language", "attachments")),
    }
    return show(request, "consultations/index.html", context, status=status)


def keep_receipt(request: Request, receipt: Receipt, email: str = "") -> None:
    """Keep a receipt in the session, the passphrase sealed; mail a code when there is an address to confirm."""
    number = receipt.case.number
    sealed = envelopes.close(receipt.passphrase.encode(), place=f"{STATE}/{number}")
    state: dict[str, object] = {
        "number": number,
        "words": base64.b64encode(sealed).decode(),
        "at": time.time(),
        "by_hand": receipt.case.channel in BY_HAND,
    }
    if email:
        try:
            confirming.ask(request, receipt.case, email)
        except Refused as refusal:
            messages.warning(request, str(refusal))
    request.session[STATE] = state


def _state(request: Request) -> dict[str, object]:
    state: dict[str, object] = request.session.get(STATE) or {}
    at = state.get("at")
    return state if isinstance(at, float) and time.time() - at <= HOUR else {}


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def receipt(request: Request) -> HttpResponse:
    """Show the receipt of what was just brought, and confirm the address by the code. Costs two queries."""
    state = _state(request)
    case = queries.by_number(str(state["number"])) if state else None
    if case is None:
        if request.method == "POST":
            raise Refused(_("受付のページは、1時間で閉じます。「番号で見る」から、ひらいてください。"))
        return redirect("consultations:index")
    form, status = CodeForm(), 200
    address = confirming.address_in_question(request, case)
    if request.method == "POST" and request.POST.get("act") == "again":
        if not address:
            raise Refused(_("先に、メールアドレスを書いてください。"))
        confirming.ask(request, case, address)
        messages.success(request, _("新しい数字を送りました。15分のあいだ使えます。"))
        return redirect("consultations:receipt")
    if request.method == "POST":
        form = CodeForm(request.POST)
        status = attempted(form, lambda: confirming.confirm(request, case, form))
        if status == 302:
            messages.success(request, _("返事が来たら、メールで知らせます。"))
            return redirect("consultations:receipt")
    words = _words(state)
    context = {
        "case": case,
        "words": words,
        "latin": in_latin(words) if _reads_latin(case) else "",
        "email": address,
        "waits": confirming.waits(request, case),
        "confirmed": bool(case.email),
        "by_hand": state.get("by_hand", False),
        "form": form,
        "trail": trail(_("受けつけました")),
    }
    return show(request, "consultations/receipt.html", context, status=status)


def _reads_latin(case: Case) -> bool:
    """Tell whether the words are needed in Latin letters: for who reads the page, or who is answered."""
    return get_language() != JAPANESE or case.language not in {Language.JA, Language.JA_SIMPLE}


def _words(state: dict[str, object]) -> str:
    sealed = base64.b64decode(str(state["words"]))
    return envelopes.unclose(sealed, place=f"{STATE}/{state['number']}").decode()


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def look(request: Request) -> HttpResponse:
    """Open a case by its number and the passphrase. A wrong try is counted though it is refused. Costs ≤ six queries.

    Who comes from a mail to an address that nobody has confirmed shows by the words that it is hers.
    """
    form, status = LookForm(request.POST or None), 200
    token = request.POST.get("with", request.GET.get("with", ""))
    if request.method == "POST":
        status = 400
        if form.is_valid():
            found: Case | None = queries.by_number(plain_number(form.cleaned_data["number"]))
            if services.knock(found, form.cleaned_data["words"]) and found is not None:
                grant(request, found)
                if token and queries.followed(token) == (Link.OPEN, found):
                    services.confirm_by_words(found)
                return redirect("consultations:case", found.number)
            form.add_error(
                None,
                _("番号か、あいことばがちがいます。5回まちがえると、15分休みます。窓口でも聞けます。"),
            )
    context = {"form": form, "token": token, "trail": trail(_("番号で見る"))}
    return show(request, "consultations/look.html", context, status=status)
