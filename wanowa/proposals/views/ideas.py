"""The box of 200 characters: in from anybody, a code or a receipt, and the room where the desk answers."""

import secrets
import time
import unicodedata

from django import forms
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from wanowa.collaborations.queries import beginnings_of
from wanowa.kernel.actors import Actor
from wanowa.kernel.errors import Forbidden, Invalid, Refused
from wanowa.kernel.languages import JAPANESE
from wanowa.parties.queries import held_by
from wanowa.parties.rules import WRITES
from wanowa.people.models import User
from wanowa.people.queries import coordinators
from wanowa.people.rules import CODE_ATTEMPTS, CODE_LIFETIME
from wanowa.people.rules.receipts import in_latin
from wanowa.proposals.forms.ideas import CodeForm, MessageForm, ReceiptForm, SeedForm
from wanowa.proposals.models import Seed
from wanowa.proposals.queries.overview import overview_of
from wanowa.proposals.queries.rounds import open_rounds
from wanowa.proposals.queries.seeds import address_of, seed_at
from wanowa.proposals.rules.lifecycle import SEED, SeedMove, SeedStatus
from wanowa.proposals.services import seeds, writing
from wanowa.proposals.views.place import acting, is_desk
from wanowa.web.pages import show
from wanowa.web.requests import Request

STATE = "proposals_seed"
"""Where the browser's session keeps an idea until the code of the mail is typed; nothing is stored before."""


@require_http_methods(["GET", "HEAD", "POST"])
def overview(request: Request) -> HttpResponse:
    """Show the box first, then the rounds that are open, their calendar, and who has room; take an idea in."""
    person = request.user if isinstance(request.user, User) else None
    act = request.POST.get("act", "")
    form = SeedForm(request.POST if act == "seed" else None, known=person is not None)
    receipt = ReceiptForm(request.POST if act == "open" else None)
    status = 200
    if request.method == "POST":
        status = 400
        try:
            if act == "seed" and form.is_valid():
                return _taken_in(request, form, person)
            if act == "open" and receipt.is_valid():
                typed = receipt.cleaned_data
                return redirect(address_of(seeds.open_with_words(typed["number"], typed["words"])))
            if act not in {"seed", "open"}:
                raise Invalid(_("ボタンを、もう一度押してください。"))
        except Refused as refusal:
            chosen: forms.Form = receipt if act == "open" else form
            chosen.is_bound = True
            chosen.is_valid()
            chosen.add_error(None, str(refusal))
            status = refusal.status
    found = overview_of(person)
    context = {"form": form, "receipt": receipt, "found": found, "desk": is_desk(request)}
    return show(request, "proposals/overview.html", context, status=status)


def _taken_in(request: Request, form: SeedForm, person: User | None) -> HttpResponse:
    typed = form.cleaned_data
    if person is not None:
        made = seeds.plant(typed["text"], name=person.name, email=person.email, by=Actor(person.pk))
        return redirect(address_of(made))
    if not typed["email"]:
        return redirect(address_of(seeds.plant(typed["text"], name=typed["name"], by=Actor())))
    code = seeds.send_code(email=typed["email"])
    request.session[STATE] = typed | {"code": code, "at": time.time(), "left": CODE_ATTEMPTS}
    return redirect("proposals:code")


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def code(request: Request) -> HttpResponse:
    """Take the code from the mail: three attempts, fifteen minutes, once."""
    state = request.session.get(STATE) or {}
    if time.time() - state.get("at", 0) > CODE_LIFETIME.total_seconds():
        if request.method == "POST":
            raise Refused(_("コードの時間が切れました。ページにもどって、もう一度送ってください。"))
        return redirect("proposals:overview")
    form, status = CodeForm(request.POST if request.method == "POST" else None), 200
    if request.method == "POST":
        status = 400
        if form.is_valid() and _matches(request, state, form.cleaned_data["code"]):
            try:
                made = seeds.plant(state["text"], name=state["name"], email=state["email"], by=Actor())
            except Refused as refusal:
                form.add_error(None, str(refusal))
                status = refusal.status
            else:
                del request.session[STATE]
                return redirect(address_of(made))
        elif form.is_valid():
            form.add_error(
                "code", _("コードがちがいます。メールの6けたの数字を、もう一度たしかめてください。")
            )
    context = {"form": form, "email": state["email"], "text": state["text"]}
    return show(request, "proposals/code.html", context, status=status)


def _matches(request: Request, state: dict[str, object], typed: str) -> bool:
    plain = unicodedata.normalize("NFKC", typed).strip()
    if secrets.compare_digest(plain.encode(), str(state["code"]).encode()):
        return True
    left = state["left"]
    if isinstance(left, int) and left > 1:
        request.session[STATE] = state | {"left": left - 1}
    else:
        del request.session[STATE]
    return False


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def seed(request: Request, token: str) -> HttpResponse:
    """Show an idea with the answers to whoever has its link, and to the desk; go on from there."""
    found = seed_at(token)
    if found is None:
        raise Http404
    desk = is_desk(request) and found.person_id != request.user.pk
    form, refusal = MessageForm(), None
    if request.method == "POST":
        form = MessageForm(request.POST if request.POST.get("act") in {"answer", "ask"} else None)
        try:
            if answer := _move(request, found, form, desk=desk):
                return answer
        except Refused as caught:
            refusal = caught
            if form.is_bound and form.is_valid():
                form.add_error(None, str(caught))
    status = refusal.status if refusal else 400 if form.errors else 200
    allowed = SEED.allowed(SeedStatus(found.status)) if not found.forgotten_at else ()
    context = {
        "seed": found,
        "latin": in_latin(found.words) if get_language() != JAPANESE else "",
        "said": found.messages.select_related("person"),
        "form": form,
        "refusal": refusal,
        "desk": desk,
        "others": list(coordinators(without=found.owner_id).order_by("pk")) if desk else [],
        "may_say": (SeedMove.ANSWER if desk else SeedMove.ASK) in allowed,
        "may_settle": desk and SeedMove.SETTLE in allowed,
        "may_grow": not desk and SeedMove.GROW in allowed and bool(rounds := open_rounds()),
        "round": rounds[0] if not desk and SeedMove.GROW in allowed and rounds else None,
        "writing": _writing(request),
        "grown": found.proposals.first(),
        "beginnings": beginnings_of(found, request.user.pk),
    }
    return show(request, "proposals/seed.html", context, status=status)


def _writing(request: Request) -> dict[int, str]:
    return {one.party.id: one.party.name for one in held_by(request.user) if one.role in WRITES}


def _move(request: Request, found: Seed, form: MessageForm, *, desk: bool) -> HttpResponse | None:
    """Do what the button says; None when the form has to be shown again."""
    by = Actor(request.user.pk)
    match request.POST.get("act", ""):
        case "answer" | "ask" as act:
            if not form.is_valid():
                return None
            (seeds.answer if act == "answer" else seeds.ask)(found, body=form.cleaned_data["body"], by=by)
            messages.success(request, _("送りました。"))
        case "settle":
            seeds.settle(found, by=by)
            messages.success(request, _("話が終わったことにしました。書いた人は、いつでもつづけられます。"))
        case "pass":
            to = request.POST.get("to", "")
            seeds.pass_on(found, to=int(to) if to.isascii() and to.isdigit() and len(to) < 18 else 0, by=by)
            messages.success(request, _("担当をかえました。"))
        case "grow":
            if desk:
                raise Forbidden(_("提案に育てられるのは、ひとことを書いた人です。"))
            rounds = open_rounds()
            if not rounds:
                raise Refused(_("いまは、受付中の募集がありません。始まったら、この部屋で知らせます。"))
            made = writing.begin(rounds[0], seed=found, by=acting(request, _writing(request)))
            messages.success(request, _("提案の下書きができました。書いたところまで、いつも残ります。"))
            return redirect("proposals:write", pk=made.pk)
        case _:
            raise Invalid(_("ボタンを、もう一度押してください。"))
    return redirect(request.path)
