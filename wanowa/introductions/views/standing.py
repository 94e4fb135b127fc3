"""Who reads a page of introductions, and as what."""

from django.urls import reverse
from django.utils.translation import gettext as _

from wanowa.kernel.actors import Actor
from wanowa.parties.queries import held_by
from wanowa.parties.rules import WRITES
from wanowa.people.models import User
from wanowa.web.requests import Request


def is_coordinator(request: Request) -> bool:
    """Return whether a coordinator reads."""
    return isinstance(request.user, User) and request.user.is_coordinator


def writing_for(request: Request) -> dict[int, str]:
    """Return the parties (id → name) for which the reader may ask and answer. Costs as `held_by`."""
    return {held.party.id: held.party.name for held in held_by(request.user) if held.role in WRITES}


def for_desk(request: Request) -> Actor:
    """Return the reader, acting for no party."""
    return Actor(request.user.pk)


def trail(request: Request, *pages: str) -> list[tuple[str, str]]:
    """Return the breadcrumb down to a page: from the desk for a coordinator, from my page for others."""
    name = "introductions:board" if is_coordinator(request) else "introductions:mine"
    above = [] if is_coordinator(request) else [(_("マイページ"), reverse("home:me"))]
    return [*above, (_("引き合わせ"), reverse(name) if pages else ""), *((page, "") for page in pages)]
