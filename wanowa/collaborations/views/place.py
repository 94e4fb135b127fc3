"""Where a request stands: the collaboration of the address, and for which of their parties the person acts there."""

from dataclasses import dataclass

from django.http import Http404, HttpResponse
from django.shortcuts import redirect

from wanowa.collaborations import queries
from wanowa.collaborations.models import Collaboration
from wanowa.kernel.actors import Actor
from wanowa.parties.queries import actor_of, names, parties_of
from wanowa.record.queries import case_of
from wanowa.web.requests import Request


@dataclass(frozen=True, slots=True)
class Place:
    """One collaboration, the reader, and the reader's own parties at its table (id → name)."""

    collaboration: Collaboration
    actor: Actor
    mine: dict[int, str]

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
    """Return where the request stands; 404 for what this reader may not know. Costs ≤ 6 queries."""
    person = actor_of(request.user).person
    found = queries.by_slug(Actor(person=person), slug)
    if found is None:
        raise Http404
    if person is None:
        return Place(found, Actor(), {})
    around = queries.around(found) & parties_of(person)
    named = {party: name.name for party, name in names(around).items()} if around else {}
    return Place(found, _acting(request, person, named), named)


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
