"""Reading: the list, one activity, its whole history, and the watch list of the city."""

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from wanowa.activities import queries
from wanowa.activities.forms import FilterForm
from wanowa.activities.models import Activity
from wanowa.activities.rules import Move
from wanowa.activities.views.place import place_of
from wanowa.guideline.rules import AREAS, Area, Kind
from wanowa.kernel.errors import Forbidden
from wanowa.parties.queries import held_by
from wanowa.record.queries import case_of, history, narrate
from wanowa.web.keyset import page_of
from wanowa.web.pages import show
from wanowa.web.requests import Request

MOMENTS = 12
"""Steps shown on the page of an activity; the rest is one link away."""


@require_safe
def directory(request: Request) -> HttpResponse:
    """List the activities that are going on. Costs one query."""
    form = FilterForm(request.GET)
    if not form.is_valid():
        return show(request, "activities/directory.html", {"form": form, "page": None}, status=400)
    context = {
        "form": form,
        "page": page_of(queries.directory(**form.cleaned_data), request),
        "filtered": any(form.cleaned_data.values()),
    }
    piece = "#found" if request.htmx else ""
    return show(request, f"activities/directory.html{piece}", context, cases=["activities", "parties"])


@require_safe
def activity(request: Request, slug: str) -> HttpResponse:
    """Show one activity to everybody. Costs five queries, and two more to somebody who has signed in."""
    place = place_of(request, slug)
    found = place.activity
    items = queries.checklist(found) if queries.has_checklist(found) else []
    moved = queries.moved_on(found)
    watches = queries.watches_on(found) if found.area == Area.A else []
    watching = {watch.department_id for watch in watches}
    coordinator = getattr(request.user, "is_coordinator", False)
    context = {
        "activity": found,
        "area": AREAS[Area(found.area)],
        "items": items,
        "missing": queries.missing(items),
        "moved": [(one, one.collaboration.public_since is not None) for one in moved if one.collaboration],
        "watches": watches,
        "may_watch": {party: name for party, name in place.able(Move.WATCH).items() if party not in watching},
        "may_unwatch": {party: name for party, name in place.able(Move.UNWATCH).items() if party in watching},
        "may": {move.value for move in Move if found.party_id in place.able(move)},
        "may_suggest": bool(place.able(Move.SUGGEST)) or (coordinator and _suggestible(found)),
        "suggestions": queries.suggestions_about(found, place.mine, place.person),
        "inside": place.inside,
        "moments": narrate(history(found, public_only=True).order_by("-number")[:MOMENTS]),
        "trail": place.trail(),
    }
    cases = [place.case, "parties", *(case_of(one.collaboration) for one in moved if one.collaboration)]
    return show(request, "activities/activity.html", context, cases=cases)


def _suggestible(found: Activity) -> bool:
    return found.area == Area.A and not found.ended_at


@require_safe
def log(request: Request, slug: str) -> HttpResponse:
    """Show the whole process log of an activity, newest first."""
    place = place_of(request, slug)
    page = page_of(history(place.activity, public_only=True).order_by("-number"), request, size=50)
    context = {
        "activity": place.activity,
        "page": page,
        "moments": narrate(page.rows),
        "trail": place.trail(_("経過")),
    }
    return show(request, "activities/log.html", context, cases=[place.case, "parties"])


@login_required
@require_safe
def watching(request: Request) -> HttpResponse:
    """Show a department what it watches and what is new there; a coordinator sees what all departments watch."""
    departments = {held.party.id for held in held_by(request.user) if held.party.kind == Kind.CITY}
    coordinator = getattr(request.user, "is_coordinator", False)
    if not departments and not coordinator:
        raise Forbidden(
            _(
                "市の部署の人と、協働推進員のページです。"
                "どの部署が見守っているかは、それぞれの活動のページに出ています。"
            )
        )
    chosen = None if coordinator else departments
    context = {
        "page": page_of(queries.watched(chosen), request),
        "news": queries.news_of(chosen),
        "unwatched": queries.unwatched(),
        "coordinator": coordinator,
    }
    return show(request, "activities/watching.html", context)
