"""Where a request stands: the proposal of the address, and what the reader may do there for which party."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _

from wanowa.kernel.actors import Actor
from wanowa.kernel.errors import Forbidden
from wanowa.parties.queries import Held, held_by
from wanowa.parties.rules import WRITES
from wanowa.people.models import User
from wanowa.proposals.models import Partner, Proposal
from wanowa.proposals.queries.proposals import (
    partners_of,
    proposal_at,
    public_proposals,
    readers_of,
    writers_of,
)
from wanowa.web.requests import Request


@dataclass(frozen=True, slots=True)
class Place:
    """One proposal, its partners, and for whom the reader acts."""

    proposal: Proposal
    partners: Sequence[Partner]
    person: int | None
    held: tuple[Held, ...]
    coordinator: bool

    @property
    def writing(self) -> dict[int, str]:
        """The parties (id → name) for which the reader may write."""
        return {one.party.id: one.party.name for one in self.held if one.role in WRITES}

    @property
    def mine(self) -> frozenset[int]:
        """The parties that the reader acts for in any role."""
        return frozenset(one.party.id for one in self.held)

    @property
    def reads(self) -> bool:
        """Whether the reader reads the whole proposal."""
        return self.coordinator or not readers_of(self.proposal, self.partners).isdisjoint(self.mine)

    @property
    def speaks_for(self) -> dict[int, str]:
        """The parties around the proposal for which the reader may speak."""
        around = readers_of(self.proposal, self.partners)
        return {party: name for party, name in self.writing.items() if party in around}

    @property
    def writes_for(self) -> dict[int, str]:
        """The parties that write the proposal and for which the reader may write."""
        together = writers_of(self.proposal, self.partners)
        return {party: name for party, name in self.writing.items() if party in together}

    @property
    def proposer(self) -> bool:
        """Whether the reader writes for the proposing party."""
        return self.proposal.party_id in self.writing

    @property
    def as_proposer(self) -> Actor:
        """The reader, acting for the proposing party."""
        return Actor(self.person, self.proposal.party_id)

    def trail(self, *pages: str) -> list[tuple[str, str]]:
        """Return the breadcrumb down to a page of the proposal."""
        above = [
            (_("協働事業提案"), reverse("proposals:overview")),
            (self.proposal.round.title, self.proposal.round.get_absolute_url()),
            (str(self.proposal), self.proposal.get_absolute_url()),
        ]
        return above + [(page, "") for page in pages]

    def back(self) -> HttpResponse:
        """Lead back to the proposal's own page."""
        return redirect(self.proposal)


def place_of(request: Request, pk: int) -> Place:
    """Return where the request stands; 404 where the reader may know nothing. Costs ≤ three queries and `held_by`."""
    found = proposal_at(pk)
    if found is None:
        raise Http404
    place = Place(found, partners_of(found), request.user.pk, held_by(request.user), is_desk(request))
    if not place.reads and not public_proposals().filter(pk=pk).exists():
        raise Http404
    return place


def writer(request: Request, pk: int) -> Place:
    """Like `place_of`, for those who write the proposal; Forbidden for everybody else who may read it."""
    place = place_of(request, pk)
    if not place.writes_for:
        raise Forbidden(_("この提案を書けるのは、提案する主体と、いっしょにする主体の人です。"))
    return place


def is_desk(request: Request) -> bool:
    """Say whether a coordinator reads. No query."""
    return isinstance(request.user, User) and request.user.is_coordinator


def acting(request: Request, able: dict[int, str]) -> Actor:
    """Return the actor: the party named in the form, or the first that can be meant."""
    typed = request.POST.get("as_party", "")
    if typed.isascii() and typed.isdigit() and len(typed) < 18 and int(typed) in able:
        return Actor(request.user.pk, int(typed))
    return Actor(request.user.pk, next(iter(able), None))
