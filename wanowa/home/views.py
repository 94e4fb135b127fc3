"""The front page and my page. They compose what others know, and decide nothing."""

from typing import cast

from django.conf import settings
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.views.decorators.http import require_safe

from wanowa.collaborations.queries import tables_of, with_rings
from wanowa.collaborations.rules import Seat
from wanowa.exchange.queries import steps
from wanowa.guideline.rules import Kind
from wanowa.home import queries
from wanowa.notices.queries import inbox
from wanowa.parties.queries import held_by
from wanowa.people.models import User
from wanowa.people.queries import demo_people
from wanowa.people.services import demo_link
from wanowa.web.pages import show
from wanowa.web.requests import Request

STEPS = 3
"""Small things near on the front page (journey 1)."""
SHOWN = 4
"""Groups of notices shown on my page; the rest is one link away."""


@require_safe
def front(request: Request) -> HttpResponse:
    """Show what moves in town, and the ways in."""
    context = {
        "moving": with_rings(queries.latest()),
        "steps": steps(limit=STEPS),
        "demo": settings.DEMO,
    }
    return show(request, "home/front.html", context, cases=["collaborations", "exchange", "parties"])


@require_safe
def begin(request: Request) -> HttpResponse:
    """Show every way to begin, the smallest first."""
    return show(request, "home/begin.html")


@login_required
@require_safe
def me(request: Request) -> HttpResponse:
    """Show what waits for me first; then my collaborations, my parties, what happened."""
    person = cast("User", request.user)
    held = held_by(person)
    mine = [one.party.id for one in held]
    tables = tables_of(mine)
    known = {seat.party_id: seat.party.name for one in tables for seat in one.table.seats}
    context = {
        "todos": [
            *queries.checkpoints_to_mend(person),
            *queries.todos(tables, held),
            *queries.registrations_to_decide(person),
            *queries.introductions_due(person),
            *queries.reviews_to_do(person),
            *queries.ideas_to_answer(person),
            *queries.cases_waiting(person, held),
            *queries.quiet_ones(person),
        ],
        "mine": [one.card for one in tables if one.seats(mine, Seat.SEATED)],
        "parties": [one.party for one in held],
        "watches": person.is_coordinator or any(one.party.kind == Kind.CITY for one in held),
        "groups": inbox(person.pk, known_names=known)[:SHOWN],
    }
    return show(request, "home/me.html", context)


@require_safe
def visitors(request: Request) -> HttpResponse:
    """Show who can be visited in the demo, each with one button that signs in. Does not exist elsewhere."""
    if not settings.DEMO:
        raise Http404
    context = {"visitors": [(person, about, demo_link(person)) for _name, about, person in demo_people()]}
    return show(request, "home/visitors.html", context)
