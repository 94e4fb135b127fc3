"""The pictures of a listing: added and taken away by its party, seen by everybody who sees the listing."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import FileResponse, Http404, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from wanowa.exchange import services
from wanowa.exchange.forms import PictureForm
from wanowa.exchange.rules import Move
from wanowa.exchange.views.place import Place, owner, place_of
from wanowa.kernel.errors import Refused
from wanowa.web.pages import show
from wanowa.web.requests import Request


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def pictures(request: Request, pk: int) -> HttpResponse:
    """Add a picture with its words, or take one away."""
    place = owner(request, pk, Move.EDIT)
    removed = request.POST.get("remove", "")
    form = PictureForm(*((request.POST, request.FILES) if request.method == "POST" and not removed else ()))
    status = 200
    if request.method == "POST":
        status = 400
        try:
            if removed:
                return _removed(request, place, removed)
            if form.is_valid():
                typed = form.cleaned_data
                services.add_picture(
                    place.listing, typed["file"], alternative=typed["alternative"], by=place.as_owner
                )
                messages.success(request, _("写真をのせました。"))
                return redirect("exchange:pictures", pk=pk)
        except Refused as refusal:
            form.add_error(None, str(refusal))
            status = refusal.status
    context = {
        "listing": place.listing,
        "pictures": list(place.listing.pictures.order_by("id")),
        "form": form,
        "trail": place.trail(_("写真")),
    }
    return show(request, "exchange/pictures.html", context, status=status)


def _removed(request: Request, place: Place, typed: str) -> HttpResponse:
    found = (
        place.listing.pictures.filter(pk=int(typed)).first() if typed.isascii() and typed.isdigit() else None
    )
    if found is None:
        raise Http404
    services.remove_picture(found, by=place.as_owner)
    messages.success(request, _("写真を外しました。"))
    return redirect("exchange:pictures", pk=place.listing.pk)


@require_safe
def picture(request: Request, pk: int, picture: int) -> HttpResponseBase:
    """Give a picture to whoever may see the listing."""
    found = place_of(request, pk).listing.pictures.filter(pk=picture).first()
    if found is None:
        raise Http404
    response = FileResponse(found.file.open("rb"), filename=str(found.file.name))
    response["Content-Type"] = found.media_type
    response["Content-Security-Policy"] = "sandbox; default-src 'none'"
    return response
