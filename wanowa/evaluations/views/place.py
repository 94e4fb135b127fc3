"""Where a request stands before the reveal: the collaboration or round of the address, and for whom the reader acts."""

from dataclasses import dataclass, field

from django.http import Http404, HttpResponse
from django.shortcuts import redirect

from wanowa.collaborations.models import Collaboration
from wanowa.collaborations.queries import by_slug
from wanowa.evaluations.models import Round
from wanowa.evaluations.queries import round_at, writer_in
from wanowa.kernel.actors import Actor
from wanowa.parties.queries import held_by
from wanowa.parties.rules import SPEAKS, WRITES, Role
from wanowa.web.requests import Request


@dataclass(frozen=True, slots=True)
class Table:
    """A collaboration, the reader, and the reader's own parties at its table (id → name)."""

    collaboration: Collaboration
    actor: Actor
    mine: dict[int, str]
    speaks: frozenset[int] = frozenset()
    """For which of them the reader may agree and seal."""

    def to(self, page: str, *more: object) -> HttpResponse:
        """Lead to a page about this collaboration."""
        return redirect(f"evaluations:{page}", self.collaboration.slug, *more)


@dataclass(frozen=True, slots=True)
class Side(Table):
    """One round, and the side on which the reader writes in it."""

    round: Round = field(default_factory=Round)
    side: int | None = None
    """The party for which the reader writes; None while she still has to choose."""
    writes: bool = False

    def back(self) -> HttpResponse:
        """Lead back to the round."""
        return self.to("round", self.round.number)


def table_of(request: Request, slug: str) -> Table:
    """Return where the request stands; 404 for everybody who does not sit at the table. Two queries and `held_by`."""
    held = {one.party.id: one for one in held_by(request.user)}
    table = by_slug(held, slug)
    seated = {seat.party_id for seat in table.seats} if table else set()
    mine = {party: one.party.name for party, one in held.items() if party in seated}
    if table is None or not mine or table.collaboration.in_force is None:
        raise Http404
    speaks = frozenset(party for party in mine if held[party].role in SPEAKS)
    return Table(table.collaboration, Actor(request.user.pk, _acting(request, mine)), mine, speaks)


def side_of(request: Request, slug: str, number: int) -> Side:
    """Return where the request stands; 404 for whom the round does not ask. Costs four queries and `held_by`."""
    held = {one.party.id: one for one in held_by(request.user)}
    table = by_slug(held, slug)
    found = round_at(table.collaboration, number) if table else None
    mine = {party: one.party.name for party, one in held.items() if found and party in found.concerned}
    if found is None or not mine:
        raise Http404
    side = writer_in(found, request.user.pk)
    if side is None and len(mine) == 1:
        side = next(iter(mine))
    speaks = frozenset(party for party in mine if held[party].role in SPEAKS)
    return Side(
        found.collaboration,
        Actor(request.user.pk, _acting(request, mine) or (side if side in mine else None)),
        mine,
        speaks,
        round=found,
        side=side if side in mine else None,
        writes=side in mine and _role(held, side) in WRITES,
    )


def _role(held: dict, side: int | None) -> Role | None:  # type: ignore[type-arg]
    return held[side].role if side in held else None


def _acting(request: Request, mine: dict[int, str]) -> int | None:
    """Return the party named in the form, or the only one there is."""
    typed = request.POST.get("as_party", "")
    if typed.isascii() and typed.isdigit() and len(typed) < 19:
        return int(typed)
    return next(iter(mine)) if len(mine) == 1 else None
