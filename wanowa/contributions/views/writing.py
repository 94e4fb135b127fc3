"""Writing what was given: half a minute on a phone, with what was written last already in place."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from wanowa.contributions import queries, services
from wanowa.contributions.forms import SORTS, GiftForm, Sort
from wanowa.contributions.rules import hours
from wanowa.contributions.views.place import Place, insider
from wanowa.kernel.errors import Forbidden, Refused
from wanowa.kernel.files import accept
from wanowa.web.pages import show
from wanowa.web.requests import Request


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def new(request: Request, slug: str, sort: str) -> HttpResponse:
    """Show the form of one thing that happened, and take what was typed."""
    place = insider(request, slug)
    if sort not in SORTS:
        raise Http404
    if not place.writing:
        raise Forbidden(_("書けるのは、主体の代表か担当の人です。代表にたのんでください。"))
    form, status = _form(request, place, SORTS[sort]), 200
    if request.method == "POST":
        status = 400
        if form.is_valid():
            try:
                _give(request, place, form)
            except Refused as refusal:
                form.add_error(None, str(refusal))
                status = refusal.status
            else:
                messages.success(request, _("書きました。相手が確かめると、合計に入ります。"))
                return redirect("contributions:entries", slug=slug)
    context = {
        "collaboration": place.collaboration,
        "form": form,
        "sort": SORTS[sort],
        "tabs": [
            {
                "label": one.label,
                "href": reverse("contributions:new", args=[slug, one.key]),
                "current": one.key == sort,
            }
            for one in SORTS.values()
        ],
        "trail": place.trail(_("書く")),
    }
    return show(request, "contributions/new.html", context, status=status)


def _form(request: Request, place: Place, sort: Sort) -> GiftForm:
    return GiftForm(
        request.POST or None,
        request.FILES or None,
        sort=sort,
        mine=place.writing,
        parties=place.seated,
        tasks=queries.tasks_of(place.collaboration),
        initial=_proposed(place, sort) if request.method != "POST" else None,
    )


def _proposed(place: Place, sort: Sort) -> dict[str, object]:
    """Return what the form begins with: today, one's own party, and for time what was written last."""
    party = place.actor.party or next(iter(place.writing))
    proposed: dict[str, object] = {"on": timezone.localdate(), "whose": party, "giver": party}
    if sort.key == "hours":
        last = queries.hours_written_last(place.collaboration, party)
        people = (last and last.people) or 1
        proposed["people"] = people
        if last:
            proposed |= {"time": hours(last.amount // people), "task": last.task}
    return proposed


def _give(request: Request, place: Place, form: GiftForm) -> None:
    upload = form.cleaned_data.get("receipt")
    services.give(
        place.collaboration,
        form.gift(),
        note=form.cleaned_data["note"],
        receipt=accept(upload) if upload else None,
        by=place.actor,
    )
