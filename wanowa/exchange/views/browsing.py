"""Reading: the list, the first steps, one listing, and what is one's own."""

from datetime import timedelta
from itertools import islice
from typing import cast

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.utils import timezone
from django.views.decorators.http import require_safe

from wanowa.exchange import queries
from wanowa.exchange.forms import FilterForm, HandForm, QuarterForm
from wanowa.exchange.rules import LONGEST_KEPT, Status, coming
from wanowa.exchange.views.place import Place, place_of
from wanowa.parties.queries import held_by
from wanowa.parties.rules import WRITES
from wanowa.people.models import User
from wanowa.record.queries import history, narrate
from wanowa.web.keyset import page_of
from wanowa.web.pages import show
from wanowa.web.requests import Request

MOMENTS = 8
STEPS = 12
NEXT_DAYS = 4
NEXT_STEPS = 3


@require_safe
def directory(request: Request) -> HttpResponse:
    """List what is offered and needed now. Costs one query."""
    form = FilterForm(request.GET)
    if not form.is_valid():
        return show(request, "exchange/directory.html", {"form": form, "page": None}, status=400)
    context = {
        "form": form,
        "page": page_of(queries.directory(**form.wanted()), request),
        "filtered": any(form.cleaned_data.values()),
        "term": form.term(),
        "named": form.named(),
        "more": any(form.cleaned_data[name] for name in ("quarter", "when", "audience")),
        "quarters": queries.quarters(),
    }
    piece = "#found" if request.htmx else ""
    return show(request, f"exchange/directory.html{piece}", context, cases=["exchange", "parties"])


@require_safe
def first(request: Request) -> HttpResponse:
    """List the coming first steps, near a quarter first. Costs one query."""
    form = QuarterForm(request.GET)
    if not form.is_valid():
        return show(request, "exchange/first.html", {"form": form, "steps": []}, status=400)
    quarter = form.cleaned_data["quarter"]
    context = {
        "form": form,
        "steps": queries.steps(quarter, limit=STEPS),
        "quarters": queries.quarters(),
        "chosen": quarter,
    }
    return show(request, "exchange/first.html", context)


@require_safe
def listing(request: Request, pk: int) -> HttpResponse:
    """Show one listing; a first step with the form that raises a hand. Costs ≤ six queries, three more inside."""
    place = place_of(request, pk)
    found = place.listing
    open_step = found.first_step and found.status == Status.OPEN and _ahead(place)
    moves = queries.possible(found, place.held)
    sees_partners = found.status == Status.OPEN and (place.inside or place.coordinator)
    context = {
        "listing": found,
        "quarter": queries.quarters().get(found.quarter, ""),
        "terms": [queries.taxonomy().terms[key] for key in found.keys if key in queries.taxonomy().terms],
        "days": _next_days(place),
        "pictures": list(found.pictures.order_by("id")),
        "thanks": queries.thanks_of(found),
        "ages": queries.ages_at(found) if found.first_step else [],
        "minutes": queries.minutes_of(found),
        "inside": place.inside,
        "host": place.host and found.first_step,
        "moves": {move.value for move in moves},
        "again": found.first_step and found.status != Status.DRAFT and found.party_id in place.writing,
        "pledges": queries.pledges_about(found, place.mine),
        "raising": HandForm(known=request.user.is_authenticated, initial=_known(request))
        if open_step
        else None,
        "may_pledge": found.status == Status.OPEN and not found.first_step and not place.inside,
        "ways": queries.ways_from(found),
        "sees_partners": sees_partners,
        "partners": _partners(place, request) if sees_partners else [],
        "across": _across(request),
        "moments": narrate(history(found, public_only=True).order_by("-number")[:MOMENTS]),
        "trail": place.trail(),
    }
    cases = [] if open_step else [place.case, "parties"]  # a form carries a key of its own: never kept
    return show(request, "exchange/listing.html", context, cases=cases)


def _ahead(place: Place) -> bool:
    return place.listing.begins is not None and place.listing.begins > timezone.now()


def _across(request: Request) -> bool:
    return request.GET.get("across") == "1"


def _partners(place: Place, request: Request) -> list[queries.Partner]:
    return queries.partners_of(place.listing, across=_across(request), limit=queries.PARTNERS)


def _known(request: Request) -> dict[str, str]:
    return {"name": request.user.name} if isinstance(request.user, User) else {}


def _next_days(place: Place) -> list[object]:
    found, today = place.listing, timezone.localdate()
    if found.day is None or not found.rhythm:
        return []
    until = found.expires_on or today + timedelta(days=LONGEST_KEPT)
    return list(islice(coming(found.day, found.rhythm, since=today, until=until), NEXT_DAYS))


@login_required
@require_safe
def mine(request: Request) -> HttpResponse:
    """Show what one's parties have put, the hands and words that go on. Costs four queries."""
    held = held_by(request.user)
    parties = {one.party.id for one in held}
    context = {
        "page": page_of(queries.listings_of(parties), request),
        "pledges": queries.pledges_of(parties),
        "hands": [(one, queries.address_of(one)) for one in queries.own_hands(cast("User", request.user))],
        "writes": any(one.role in WRITES for one in held),
        "quarters": queries.quarters(),
    }
    return show(request, "exchange/mine.html", context)
