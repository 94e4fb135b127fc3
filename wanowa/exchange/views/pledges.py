"""The word between two parties: raise a hand, answer, say that it is done, thank."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from wanowa.collaborations.queries import seated as seated_at
from wanowa.exchange import queries, services
from wanowa.exchange.forms import PledgeForm, ReplyForm, ThanksForm
from wanowa.exchange.models import Pledge
from wanowa.exchange.rules import PledgeStatus
from wanowa.exchange.views.place import acting, place_of
from wanowa.guideline.rules import Resource
from wanowa.kernel.actors import Actor
from wanowa.kernel.errors import Forbidden, Invalid, Refused
from wanowa.parties.queries import held_by
from wanowa.parties.rules import WRITES
from wanowa.web.pages import show
from wanowa.web.requests import Request


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def make_pledge(request: Request, pk: int) -> HttpResponse:
    """Raise a hand for a party."""
    place = place_of(request, pk)
    able = {party: name for party, name in place.writing.items() if party != place.listing.party_id}
    if place.listing.first_step:
        return redirect("exchange:raise", pk=pk)
    if place.inside and not able:
        raise Forbidden(_("自分の主体がのせたものには、手をあげられません。"))
    if not able:
        status = 403 if request.method == "POST" else 200
        return show(request, "exchange/no_party.html", status=status)
    form = PledgeForm(request.POST or None)
    status = 200
    if request.method == "POST":
        status = 400
        if form.is_valid():
            try:
                made = services.pledge(
                    place.listing, word=form.cleaned_data["word"], by=acting(request, able)
                )
            except Refused as refusal:
                form.add_error(None, str(refusal))
                status = refusal.status
            else:
                messages.success(request, _("手をあげました。返事が来ると、マイページでお知らせします。"))
                return redirect(made)
    context = {"listing": place.listing, "form": form, "mine": able, "trail": place.trail(_("手をあげる"))}
    return show(request, "exchange/make_pledge.html", context, status=status)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def pledge(request: Request, pk: int) -> HttpResponse:
    """Show a pledge to both sides, and take their word."""
    held = held_by(request.user)
    found = queries.pledge_at(pk, {one.party.id for one in held})
    if found is None:
        raise Http404
    writes = {one.party.id for one in held if one.role in WRITES}
    owner = found.listing.party_id in writes
    side = found.listing.party_id if owner else found.party_id if found.party_id in writes else None
    agreed = found.status == PledgeStatus.AGREED
    unit = "" if found.listing.resource == Resource.PEOPLE else found.listing.unit
    form: ReplyForm | ThanksForm = (
        ThanksForm(request.POST or None, unit=unit) if agreed else ReplyForm(request.POST or None)
    )
    status = 200
    if request.method == "POST":
        status = 400
        if form.is_valid():
            try:
                said = _answered(request, found, form, Actor(request.user.pk, side))
            except Refused as refusal:
                form.add_error(None, str(refusal))
                status = refusal.status
            else:
                messages.success(request, said)
                return redirect(found)
    done = found.owner_done_at if owner else found.other_done_at
    table = found.listing.collaboration if found.status == PledgeStatus.DONE else None
    seated = seated_at(table) if table else frozenset()
    context = {
        "at_table": bool(seated & {one.party.id for one in held}),
        "may_book": side in seated and found.entry is None and queries.gift_in(found) is not None,
        "pledge": found,
        "listing": found.listing,
        "form": form,
        "owner": owner,
        "may_answer": owner and found.status == PledgeStatus.RAISED,
        "may_confirm": side is not None and agreed and done is None,
        "may_take_back": side is not None and (agreed or (not owner and found.status == PledgeStatus.RAISED)),
        "waits": agreed and done is not None,
        "trail": [(found.listing.title, found.listing.get_absolute_url()), (_("約束"), "")],
    }
    return show(request, "exchange/pledge.html", context, status=status)


def _answered(request: Request, found: Pledge, form: ReplyForm | ThanksForm, by: Actor) -> str:
    """Do what the pressed button says and return what to tell."""
    match request.POST.get("answer", ""):
        case "accept" if isinstance(form, ReplyForm):
            services.accept(found, reply=form.cleaned_data["reply"], by=by)
            return _("お願いしました。終わったら、ここで「できた」を押します。")
        case "decline":
            services.decline(found, by=by)
            return _("今回は見送りました。")
        case "take_back":
            services.take_back(found, by=by)
            return _("取り下げました。")
        case "confirm" if isinstance(form, ThanksForm):
            typed = form.cleaned_data
            services.confirm(
                found,
                thanks=typed["thanks"],
                shows=typed["shows"],
                minutes=typed["minutes"],
                amount=typed.get("amount"),
                by=by,
            )
            return _("ありがとうございます。伝わりました。")
        case "book":
            services.book(found, by=by)
            return _("出しあいに書きました。相手が確かめると、合計に入ります。")
        case "accept" | "confirm":
            raise Refused(_("相手が先に返事をしました。新しい内容を見てから、もう一度お試しください。"))
        case _:
            raise Invalid(_("ボタンで、返事を選んでください。"))
