"""Who reads a page of the bank: a person, a member of a party, a coordinator."""

from django.http import Http404
from django.urls import reverse
from django.utils.translation import gettext as _

from wanowa.kernel.actors import Actor
from wanowa.kernel.errors import Forbidden
from wanowa.parties.queries import held_by
from wanowa.parties.rules import WRITES
from wanowa.people.models import User
from wanowa.talent import queries
from wanowa.talent.models import Profile
from wanowa.web.requests import Request

DESK = 0
"""Stands for the desk where a party is chosen."""


def user_of(request: Request) -> User:
    """Return the signed-in person; for pages behind `login_required`."""
    assert isinstance(request.user, User)  # noqa: S101 - narrows the type
    return request.user


def writing_for(request: Request) -> dict[int, str]:
    """Return the parties (id → name) for which the reader may ask and answer. Costs as `held_by`."""
    return {held.party.id: held.party.name for held in held_by(request.user) if held.role in WRITES}


def own(request: Request) -> Profile:
    """Return the reader's own profile; 404 when she is not in the bank."""
    found = queries.own_profile(request.user.pk)
    if found is None:
        raise Http404
    return found


def at_desk(request: Request) -> Actor:
    """Return the coordinator who reads; Forbidden for everybody else."""
    person = user_of(request)
    if not person.is_coordinator:
        raise Forbidden(_("協働推進員のページです。人材バンクのことは、窓口で聞いてください。"))
    return Actor(person.pk)


def trail(*pages: tuple[str, str] | str) -> list[tuple[str, str]]:
    """Return the breadcrumb from the bank down."""
    above = [(_("人材バンク"), reverse("talent:index"))]
    return above + [page if isinstance(page, tuple) else (page, "") for page in pages]
