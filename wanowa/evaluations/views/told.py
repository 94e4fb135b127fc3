"""Where a request stands after the reveal: the round of the address, and for which of its parties the reader acts."""

from dataclasses import dataclass

from django.http import Http404, HttpResponse
from django.shortcuts import redirect

from wanowa.collaborations.models import Collaboration
from wanowa.collaborations.queries import by_slug
from wanowa.evaluations.models import Round
from wanowa.evaluations.queries import may_read, round_at
from wanowa.kernel.actors import Actor
from wanowa.parties.queries import held_by
from wanowa.parties.rules import ALONE
from wanowa.record.queries import case_of
from wanowa.web.requests import Request


@dataclass(frozen=True, slots=True)
class Told:
    """One round with open envelopes, the reader, and the reader's own parties that looked back in it."""

    round: Round
    actor: Actor
    mine: dict[int, str]
    alone: frozenset[int]
    """Which of these are one person."""

    @property
    def collaboration(self) -> Collaboration:
        """What was looked back upon."""
        return self.round.collaboration

    @property
    def cases(self) -> list[str]:
        """The cases on record whose change changes the pages of this round."""
        return [case_of(self.collaboration), "parties"]

    def back(self) -> HttpResponse:
        """Lead back to the results."""
        return self.to("results")

    def to(self, page: str, *more: str) -> HttpResponse:
        """Lead to another page of this round."""
        return redirect(f"evaluations:{page}", self.collaboration.slug, self.round.number, *more)


def told(request: Request, slug: str, number: int) -> Told:
    """Return where the request stands; 404 for what this reader may not know. Costs three queries and `held_by`."""
    held = {one.party.id: one.party for one in held_by(request.user)}
    table = by_slug(held, slug)
    found = round_at(table.collaboration, number) if table else None
    if found is None or not may_read(found, held):
        raise Http404
    mine = {party: one.name for party, one in held.items() if party in found.concerned}
    alone = frozenset(party for party in mine if held[party].kind in ALONE)
    return Told(found, Actor(request.user.pk, _acting(request, mine)), mine, alone)


def insider(request: Request, slug: str, number: int) -> Told:
    """Like `told`, but only for the parties that looked back; 404 for everybody else."""
    place = told(request, slug, number)
    if not place.mine:
        raise Http404
    return place


def _acting(request: Request, mine: dict[int, str]) -> int | None:
    """Return the party named in the form, or the only one there is."""
    typed = request.POST.get("as_party", "")
    if typed.isascii() and typed.isdigit() and len(typed) < 19:
        return int(typed)
    return next(iter(mine)) if len(mine) == 1 else None
