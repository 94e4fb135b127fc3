"""Raising a hand for a first step without an account: name, code, thank you; the counter; not coming after all."""

import secrets
import time
import unicodedata

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from wanowa.exchange import queries, services
from wanowa.exchange.forms import CodeForm, CounterForm, HandForm, LookBackForm
from wanowa.exchange.models import Hand
from wanowa.exchange.rules import Channel, HandStatus, Status, Verdict, calendar_file
from wanowa.exchange.services.letters import event_of
from wanowa.exchange.views.place import Place, place_of
from wanowa.kernel.actors import Actor
from wanowa.kernel.errors import Forbidden, Invalid, Refused
from wanowa.people.models import User
from wanowa.people.rules import CODE_ATTEMPTS, CODE_LIFETIME
from wanowa.web.pages import refused, show
from wanowa.web.requests import Request

STATE = "exchange_hand"
"""Where the browser's session keeps who is raising a hand until the code is typed; nothing is stored before."""
NEXT_STEPS = 3


@require_http_methods(["GET", "HEAD", "POST"])
def raise_hand(request: Request, pk: int) -> HttpResponse:
    """Ask for a name and an address and mail a code; who has signed in has confirmed her address before."""
    place = place_of(request, pk)
    queries.still_open(place.listing)
    person = request.user if isinstance(request.user, User) else None
    state = _state(request, place)
    form = HandForm(request.POST or None, known=person is not None, initial=state)
    status = 200
    if request.method == "POST":
        status = 400
        if form.is_valid():
            try:
                return _raised(request, place, form, person)
            except Refused as refusal:
                form.add_error(None, str(refusal))
                status = refusal.status
    context = {"listing": place.listing, "form": form, "trail": place.trail(_("手をあげる"))}
    return show(request, "exchange/raise.html", context, status=status)


def _raised(request: Request, place: Place, form: HandForm, person: User | None) -> HttpResponse:
    typed = form.cleaned_data
    if person is not None:
        made = services.raise_hand(place.listing, name=typed["name"], email=person.email, by=Actor(person.pk))
        return redirect(queries.address_of(made))
    code = services.send_code(place.listing, email=typed["email"])
    request.session[STATE] = {
        "listing": place.listing.pk,
        "name": typed["name"],
        "email": typed["email"],
        "code": code,
        "at": time.time(),
        "left": CODE_ATTEMPTS,
    }
    return redirect("exchange:code", pk=place.listing.pk)


def _state(request: Request, place: Place) -> dict[str, object]:
    """Return what this browser is about to confirm here; nothing when it is too late, or about another listing."""
    state: dict[str, object] = request.session.get(STATE) or {}
    if state.get("listing") != place.listing.pk:
        return {}
    at = state.get("at")
    fresh = isinstance(at, float) and time.time() - at <= CODE_LIFETIME.total_seconds()
    return state if fresh else {}


@require_http_methods(["GET", "HEAD", "POST"])
def code(request: Request, pk: int) -> HttpResponse:
    """Take the code from the mail: three attempts, fifteen minutes, once."""
    place = place_of(request, pk)
    state = _state(request, place)
    if not state:
        if request.method == "POST":
            raise Refused(_("コードの時間が切れました。ページにもどって、もう一度手をあげてください。"))
        return redirect("exchange:raise", pk=pk)
    form = CodeForm(request.POST or None)
    status = 200
    if request.method == "POST":
        status = 400
        if form.is_valid() and _matches(request, state, form.cleaned_data["code"]):
            try:
                made = services.raise_hand(
                    place.listing, name=str(state["name"]), email=str(state["email"]), by=Actor()
                )
            except Refused as refusal:
                form.add_error(None, str(refusal))
                status = refusal.status
            else:
                del request.session[STATE]
                return redirect(queries.address_of(made))
        elif form.is_valid():
            form.add_error(
                "code", _("コードがちがいます。メールの6けたの数字を、もう一度たしかめてください。")
            )
    context = {
        "listing": place.listing,
        "form": form,
        "email": state["email"],
        "trail": place.trail(_("コードを入れる")),
    }
    return show(request, "exchange/code.html", context, status=status)


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


def _hand(token: str) -> Hand:
    found = queries.hand_at(token)
    if found is None:
        raise Http404
    return found


@require_http_methods(["GET", "HEAD", "POST"])
def hand(request: Request, token: str) -> HttpResponse:
    """Thank somebody, with the date; later she says here that she does not come, or how it was."""
    found = _hand(token)
    listing = found.listing
    over = listing.ends is not None and listing.ends <= timezone.now()
    begun = listing.begins is not None and listing.begins <= timezone.now()
    answering = over and found.status == HandStatus.HELD
    initial = {"verdict": found.verdict, "comment": found.comment, "age_band": found.age_band}
    form = LookBackForm(request.POST or None, initial=initial) if answering else None
    status = 200
    if request.method == "POST":
        if form is None:
            return _not_coming(request, found)
        status = 400
        if form.is_valid():
            typed = form.cleaned_data
            services.look_back(
                found,
                verdict=Verdict(typed["verdict"]),
                comment=typed["comment"],
                age_band=typed["age_band"],
            )
            messages.success(request, _("ありがとうございます。伝わりました。"))
            return redirect(request.path)
    context = {
        "hand": found,
        "listing": listing,
        "quarter": queries.quarters().get(listing.quarter, ""),
        "form": form,
        "over": over,
        "may_lower": not begun and found.status != HandStatus.LOWERED,
        "steps": [one for one in queries.steps(listing.quarter, limit=NEXT_STEPS + 1) if one != listing][
            :NEXT_STEPS
        ],
        "quarters": queries.quarters(),
        "called_off": listing.status == Status.WITHDRAWN,
        "token": token,
    }
    return show(request, "exchange/hand.html", context, status=status)


def _not_coming(request: Request, found: Hand) -> HttpResponse:
    if request.POST.get("act") != "lower":
        raise Invalid(_("「取りやめる」を押してください。"))
    try:
        services.lower(found, by=Actor(request.user.pk))
    except Refused as refusal:
        return refused(request, refusal)
    messages.success(request, _("取りやめました。また、いつでもどうぞ。"))
    return redirect(request.path)


@require_safe
def calendar(request: Request, token: str) -> HttpResponse:
    """Hand out the first step as a calendar file."""
    found = _hand(token)
    event = event_of(found, request.build_absolute_uri(queries.address_of(found)))
    if event is None or found.status == HandStatus.LOWERED:
        raise Http404
    response = HttpResponse(calendar_file(event), content_type="text/calendar; charset=utf-8")
    response["Content-Disposition"] = 'attachment; filename="wanowa.ics"'
    return response


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def guests(request: Request, pk: int) -> HttpResponse:
    """Show the host who comes, by the names to call; take hands at the counter and by phone."""
    place = place_of(request, pk)
    if not place.listing.first_step:
        raise Http404
    if not place.host:
        raise Forbidden(_("だれが来るかを見られるのは、のせた主体の人と、協働推進員です。"))
    form = CounterForm(request.POST or None)
    status = 200
    if request.method == "POST":
        status = 400
        if form.is_valid():
            typed = form.cleaned_data
            by = place.as_owner if place.listing.party_id in place.writing else Actor(request.user.pk)
            try:
                made = services.raise_hand(
                    place.listing, name=typed["name"], channel=Channel(typed["channel"]), by=by
                )
            except Refused as refusal:
                form.add_error(None, str(refusal))
                status = refusal.status
            else:
                messages.success(request, _("受けつけました。このページを印刷して、控えにできます。"))
                return redirect(queries.address_of(made))
    context = {
        "listing": place.listing,
        "guests": queries.guests_of(place.listing),
        "verdicts": queries.verdicts_at(place.listing),
        "comments": queries.comments_at(place.listing),
        "open": place.listing.status == Status.OPEN,
        "form": form,
        "trail": place.trail(_("来る人")),
    }
    return show(request, "exchange/guests.html", context, status=status)
