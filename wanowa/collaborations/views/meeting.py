"""Coming and going: seats at the table, invitations, requests to join."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from wanowa.collaborations import queries, services
from wanowa.collaborations.forms import InviteForm, JoinForm
from wanowa.collaborations.models import JoinRequest
from wanowa.collaborations.views.place import insider, place_of
from wanowa.kernel.actors import Actor
from wanowa.kernel.errors import Invalid, Refused
from wanowa.parties.queries import names, parties_of
from wanowa.parties.rules import SPEAKS
from wanowa.web.pages import show
from wanowa.web.requests import Request


@login_required
@require_POST
def seat(request: Request, slug: str) -> HttpResponse:
    """Answer an invitation, or leave the talks."""
    place = insider(request, slug)
    match request.POST.get("answer", ""):
        case "sit_down":
            services.sit_down(place.collaboration, by=place.actor)
            messages.success(request, _("話し合いに加わりました。内容をいっしょに書いていきましょう。"))
            return place.to("terms")
        case "decline":
            services.decline(place.collaboration, by=place.actor)
            messages.success(request, _("今回は見送ると伝えました。"))
        case "stand_up":
            services.stand_up(place.collaboration, by=place.actor)
            messages.success(request, _("話し合いから抜けました。"))
        case _:
            raise Invalid(_("「加わる」「見送る」「抜ける」のどれかを選んでください。"))
    return redirect("collaborations:directory")


@login_required
@require_POST
def invite(request: Request, slug: str) -> HttpResponse:
    """Invite one more party to the talks."""
    place = insider(request, slug)
    form = InviteForm(request.POST, others=queries.inviteable(queries.around(place.collaboration)))
    if not form.is_valid():
        raise Invalid(_("招く相手を選んでください。もう招いた相手は選べません。"))
    services.invite(place.collaboration, party=form.cleaned_data["party"], by=place.actor)
    messages.success(request, _("招きました。返事を待っています。"))
    return place.to("terms")


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def join(request: Request, slug: str) -> HttpResponse:
    """Ask to be let in."""
    place = place_of(request, slug)
    if place.collaboration.public_since is None:
        raise Http404
    own = parties_of(request.user.pk, SPEAKS) - queries.seated(place.collaboration)
    if not own:
        status = 403 if request.method == "POST" else 200
        return show(
            request, "collaborations/no_party.html", {"collaboration": place.collaboration}, status=status
        )
    form = JoinForm(request.POST or None, mine={party: name.name for party, name in names(own).items()})
    status = 200
    if request.method == "POST":
        status = 400
        if form.is_valid():
            typed = form.cleaned_data
            try:
                services.ask_to_join(
                    place.collaboration, message=typed["message"], by=Actor(request.user.pk, typed["party"])
                )
            except Refused as refusal:
                form.add_error(None, str(refusal))
                status = refusal.status
            else:
                messages.success(request, _("申し出ました。返事は、マイページとメールでお知らせします。"))
                return place.back()
    context = {"collaboration": place.collaboration, "form": form}
    return show(request, "collaborations/join.html", context, status=status)


@login_required
@require_POST
def answer_request(request: Request, slug: str, pk: int) -> HttpResponse:
    """Answer a request to join, or take one's own back."""
    place = place_of(request, slug)
    asked = (
        JoinRequest.objects.filter(pk=pk, collaboration=place.collaboration)
        .select_related("collaboration")
        .first()
    )
    if asked is None or not (place.mine or asked.party_id in parties_of(request.user.pk)):
        raise Http404
    match request.POST.get("answer", ""):
        case "accept":
            services.accept_request(asked, by=place.actor)
            messages.success(
                request, _("加わるための内容を準備します。役割とねらいを書いてから、提案してください。")
            )
            return place.to("terms")
        case "decline":
            services.decline_request(asked, answer=request.POST.get("reason", ""), by=place.actor)
            messages.success(request, _("返事を伝えました。"))
        case "withdraw":
            services.withdraw_request(asked, by=Actor(request.user.pk, asked.party_id))
            messages.success(request, _("申し出を取り下げました。"))
        case _:
            raise Invalid(_("「迎える」「見送る」「取り下げる」のどれかを選んでください。"))
    return place.back()
