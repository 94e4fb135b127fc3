"""Where a request stands: the collaboration of the address, and for which of their parties the person acts there."""

from dataclasses import dataclass

from django.http import Http404, HttpResponse
from django.shortcuts import redirect

from wanowa.collaborations import queries
from wanowa.collaborations.models import Collaboration
from wanowa.collaborations.queries.reading import Table
from wanowa.kernel.actors import Actor
from wanowa.parties.queries import held_by
from wanowa.record.queries import case_of
from wanowa.web.requests import Request


@dataclass(frozen=True, slots=True)
class Place:
    """One collaboration, the reader, and the reader's own parties at its table (id → name)."""

    table: Table
    actor: Actor
    mine: dict[int, str]

    @property
    def collaboration(self) -> Collaboration:
        """What the address names."""
        return self.table.collaboration

    @property
    def case(self) -> str:
        """The name of the collaboration's case on record."""
        return case_of(self.collaboration)

    def back(self) -> HttpResponse:
        """Lead back to the collaboration's own page."""
        return redirect("collaborations:collaboration", slug=self.collaboration.slug)

    def to(self, page: str) -> HttpResponse:
        """Lead to another page of this collaboration."""
        return redirect(f"collaborations:{page}", slug=self.collaboration.slug)


def place_of(request: Request, slug: str) -> Place:
    """Return where the request stands; 404 for what this reader may not know. Costs two queries and `held_by`."""
    held = {one.party.id: one.party.name for one in held_by(request.user)}
    found = queries.by_slug(held, slug)
    if found is None:
        raise Http404
    if request.user.pk is None:
        return Place(found, Actor(), {})
    mine = {party: name for party, name in held.items() if party in found.parties}
    return Place(found, _acting(request, request.user.pk, mine), mine)


def insider(request: Request, slug: str) -> Place:
    """Like `place_of`, but only for those at the table; 404 for everybody else."""
    place = place_of(request, slug)
    if not place.mine:
        raise Http404
    return place


def _acting(request: Request, person: int, mine: dict[int, str]) -> Actor:
    """Return the actor: the party named in the form, or the only one there is."""
    typed = request.POST.get("as_party", "")
    if typed.isascii() and typed.isdigit():
        return Actor(person, int(typed))
    return Actor(person, next(iter(mine)) if len(mine) == 1 else None)
