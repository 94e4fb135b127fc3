"""Where a request stands: the ledger of the address, and for which of their parties the person acts there."""

from dataclasses import dataclass

from django.http import Http404
from django.urls import reverse
from django.utils.translation import gettext as _

from wanowa.collaborations.models import Collaboration
from wanowa.collaborations.queries import by_slug
from wanowa.collaborations.rules import Seat
from wanowa.contributions import queries
from wanowa.kernel.actors import Actor
from wanowa.parties.queries import held_by
from wanowa.parties.rules import WRITES
from wanowa.record.queries import case_of
from wanowa.web.requests import Request


@dataclass(frozen=True, slots=True)
class Place:
    """One ledger, the parties at its table, and those of the reader (id → name)."""

    collaboration: Collaboration
    seated: dict[int, str]
    mine: dict[int, str]
    writing: dict[int, str]
    """Those of `mine` for which the reader may write and answer."""
    actor: Actor

    @property
    def case(self) -> str:
        """The name of the collaboration's case on record."""
        return case_of(self.collaboration)

    def trail(self, *pages: str) -> list[tuple[str, str]]:
        """Return the breadcrumb down to the ledger, or to a page of it."""
        slug = self.collaboration.slug
        above = [(self.collaboration.title, reverse("collaborations:collaboration", args=[slug]))]
        if not pages:
            return [*above, (_("出しあい"), "")]
        return [
            *above,
            (_("出しあい"), reverse("contributions:overview", args=[slug])),
            *((page, "") for page in pages),
        ]


def place_of(request: Request, slug: str) -> Place:
    """Return where the request stands; 404 before there is an agreement. Costs two queries and `held_by`."""
    held = held_by(request.user)
    found = by_slug({one.party.id for one in held}, slug)
    if found is None or found.collaboration.status not in queries.RUNNING:
        raise Http404
    seated = {seat.party_id: seat.party.name for seat in found.seats if seat.seat == Seat.SEATED}
    own = [one for one in held if one.party.id in seated]
    writing = {one.party.id: one.party.name for one in own if one.role in WRITES}
    mine = {one.party.id: one.party.name for one in own}
    return Place(found.collaboration, seated, mine, writing, _acting(request, mine))


def insider(request: Request, slug: str) -> Place:
    """Like `place_of`, but only for the parties at the table; 404 for everybody else."""
    place = place_of(request, slug)
    if not place.mine:
        raise Http404
    return place


def _acting(request: Request, mine: dict[int, str]) -> Actor:
    """Return the actor: the party named in the form, or the only one there is."""
    typed = request.POST.get("as_party", "")
    if typed.isascii() and typed.isdigit() and len(typed) < 19:
        return Actor(request.user.pk, int(typed))
    return Actor(request.user.pk, next(iter(mine)) if len(mine) == 1 else None)
