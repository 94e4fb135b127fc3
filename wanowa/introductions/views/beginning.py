"""The page on which an introduction begins: a party wants to meet another one, or a coordinator brings two together."""

from collections.abc import Mapping
from typing import cast

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse, QueryDict
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from wanowa.collaborations.queries import inviteable
from wanowa.exchange.models import Listing
from wanowa.exchange.queries import listings_among
from wanowa.introductions import services
from wanowa.introductions.forms import FROM_PAGES, GivingForm, PairForm
from wanowa.introductions.models import Introduction
from wanowa.introductions.rules import Given, Origin
from wanowa.introductions.views.standing import is_coordinator, trail, writing_for
from wanowa.kernel.actors import Actor
from wanowa.kernel.errors import Refused
from wanowa.parties.models import Party
from wanowa.people.models import User
from wanowa.web.deeds import number_in
from wanowa.web.pages import show
from wanowa.web.requests import Request


@never_cache
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def new(request: Request) -> HttpResponse:
    """Ask for an introduction, or make one. Costs three queries."""
    mine = writing_for(request)
    at_desk = is_coordinator(request) and request.GET.get("as") != "party"
    if not mine and not at_desk:
        return show(request, "introductions/no_party.html", status=403 if request.method == "POST" else 200)
    typed = request.POST if request.method == "POST" else None
    listings = listings_among(
        {
            number
            for name in ("need", "offer")
            if (number := number_in(typed if typed is not None else request.GET, name))
        },
        set(mine),
    )
    form = PairForm(
        typed,
        mine=None if at_desk else mine,
        others=inviteable([] if at_desk else list(mine)),
        initial=_proposed(request.GET, listings, mine, at_desk=at_desk),
    )
    giving = None if at_desk else GivingForm(typed, known=cast("User", request.user))
    status = 200
    if request.method == "POST":
        status = 400
        if form.is_valid() & (giving is None or giving.is_valid()):
            try:
                made = _made(request, form, giving, listings)
            except Refused as refusal:
                form.add_error(None, str(refusal))
                status = refusal.status
            else:
                messages.success(request, _("始めました。14日のあいだ、返事を待ちます。"))
                return redirect(made)
    context = {
        "form": form,
        "giving": giving,
        "listings": listings.values(),
        "trail": trail(request, _("引き合わせを始める")),
    }
    return show(request, "introductions/new.html", context, status=status)


def _proposed(
    asked: QueryDict, listings: Mapping[int, Listing], mine: Mapping[int, str], *, at_desk: bool
) -> dict[str, object]:
    """Return what the form begins with: the parties and words of what the address names."""
    rows = {name: listings.get(number_in(asked, name)) for name in ("need", "offer")}
    parties = [row.party_id for row in rows.values() if row]
    others = [number_in(asked, "to"), *(party for party in parties if at_desk or party not in mine)]
    chosen = [party for party in others if party]
    first = next((party for party in parties if party in mine), None)
    origin = asked.get("from", "")
    if origin not in {one.value for one in FROM_PAGES}:
        origin = Origin.SUGGESTION if all(rows.values()) else Origin.DESK if at_desk else Origin.PARTY
    titles = [row.title for row in rows.values() if row]
    proposed: dict[str, object] = {name: row.pk for name, row in rows.items() if row}
    if at_desk:
        proposed |= dict(zip(("first", "second"), chosen, strict=False))
    else:
        proposed |= {"second": chosen[0] if chosen else ""} | ({"first": first} if first else {})
    return proposed | {
        "origin": origin,
        "purpose": _about(titles),
    }


def _about(titles: list[str]) -> str:
    """Return the words with which the purpose begins: what the address names, at most two things."""
    if len(titles) > 1:
        return _("「%(first)s」と「%(second)s」のことで") % {"first": titles[0], "second": titles[1]}
    return _("「%(title)s」のことで") % {"title": titles[0]} if titles else ""


def _made(
    request: Request, form: PairForm, giving: GivingForm | None, listings: Mapping[int, Listing]
) -> Introduction:
    typed = form.cleaned_data
    parties = Party.objects.in_bulk([typed["first"], typed["second"]])
    return services.introduce(
        first=parties[typed["first"]],
        second=parties[typed["second"]],
        purpose=typed["purpose"],
        hope=typed["hope"],
        dates=typed["dates"],
        need=listings.get(typed["need"]),
        offer=listings.get(typed["offer"]),
        origin=typed["origin"] or (Origin.DESK if giving is None else Origin.PARTY),
        given=giving.given() if giving else Given(),
        until=giving.last_day() if giving else None,
        by=Actor(request.user.pk, None if giving is None else typed["first"]),
    )
