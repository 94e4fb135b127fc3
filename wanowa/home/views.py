"""The front page and my page. They compose what others know, and decide nothing."""

from django.conf import settings
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.views.decorators.http import require_safe

from wanowa.collaborations.queries import with_rings
from wanowa.home import queries
from wanowa.kernel.actors import Actor
from wanowa.notices.queries import inbox
from wanowa.parties.queries import names, parties_of
from wanowa.people.services import demo_link
from wanowa.web.pages import show
from wanowa.web.requests import Request

SHOWN = 4
"""Groups of notices shown on my page; the rest is one link away."""


@require_safe
def front(request: Request) -> HttpResponse:
    """Show what moves in town, and the ways in."""
    moving = list(queries.latest())
    with_rings(moving)
    context = {"moving": moving, "demo": settings.DEMO}
    return show(request, "home/front.html", context, cases=["collaborations", "parties"])


@login_required
@require_safe
def me(request: Request) -> HttpResponse:
    """Show what waits for me first; then my collaborations, my parties, what happened."""
    actor = Actor(person=request.user.pk)
    mine = list(queries.my_collaborations(actor))
    with_rings(mine)
    context = {
        "todos": queries.todos(actor),
        "mine": mine,
        "parties": names(parties_of(actor.person)).values(),
        "groups": inbox(request.user.pk)[:SHOWN],
    }
    return show(request, "home/me.html", context)


@require_safe
def visitors(request: Request) -> HttpResponse:
    """Show who can be visited in the demo, each with one button that signs in. Does not exist elsewhere."""
    if not settings.DEMO:
        raise Http404
    people = queries.visitors()
    context = {"visitors": [(person, demo_link(person), roles) for person, roles in people]}
    return show(request, "home/visitors.html", context)
