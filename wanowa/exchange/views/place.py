"""Where a request stands: the listing of the address, and what the reader may do there for which party."""

from dataclasses import dataclass

from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _

from wanowa.exchange import queries
from wanowa.exchange.models import Listing
from wanowa.exchange.rules import LIFECYCLE, Move, Status
from wanowa.kernel.actors import Actor
from wanowa.kernel.errors import Forbidden
from wanowa.parties.queries import Held, held_by
from wanowa.parties.rules import WRITES
from wanowa.record.queries import case_of
from wanowa.web.requests import Request


@dataclass(frozen=True, slots=True)
class Place:
    """One listing, and for whom the reader acts."""

    listing: Listing
    person: int | None
    held: tuple[Held, ...]
    coordinator: bool

    @property
    def case(self) -> str:
        """The name of the listing's case on record."""
        return case_of(self.listing)

    @property
    def mine(self) -> frozenset[int]:
        """The parties that the reader acts for in any role."""
        return frozenset(one.party.id for one in self.held)

    @property
    def writing(self) -> dict[int, str]:
        """The parties (id → name) for which the reader may write."""
        return {one.party.id: one.party.name for one in self.held if one.role in WRITES}

    @property
    def inside(self) -> bool:
        """Whether the reader belongs to the listing's party."""
        return self.listing.party_id in self.mine

    @property
    def host(self) -> bool:
        """Whether the reader receives guests: she writes for the party, or is a coordinator."""
        return self.listing.party_id in self.writing or self.coordinator

    @property
    def as_owner(self) -> Actor:
        """The reader, acting for the listing's party."""
        return Actor(self.person, self.listing.party_id)

    def back(self) -> HttpResponse:
        """Lead back to the listing's own page."""
        return redirect(self.listing)

    def trail(self, *pages: str) -> list[tuple[str, str]]:
        """Return the breadcrumb down to a page of the listing."""
        above = [
            (_("できること・してほしいこと"), reverse("exchange:directory")),
            (self.listing.title, self.listing.get_absolute_url()),
        ]
        return above + [(page, "") for page in pages]


def place_of(request: Request, pk: int) -> Place:
    """Return where the request stands; 404 where the reader may see no listing. Costs one query and `held_by`."""
    held = held_by(request.user)
    found = queries.listing_at(pk, {one.party.id for one in held})
    if found is None:
        raise Http404
    return Place(found, request.user.pk, held, getattr(request.user, "is_coordinator", False))


def owner(request: Request, pk: int, move: Move) -> Place:
    """Like `place_of`, for a page of the listing's own party; Forbidden for everybody else, Refused in vain."""
    place = place_of(request, pk)
    if place.listing.party_id not in place.writing:
        raise Forbidden(_("これは、のせた主体の代表か担当の人ができます。代表にたのんでください。"))
    LIFECYCLE.after(Status(place.listing.status), move)
    return place


def acting(request: Request, able: dict[int, str]) -> Actor:
    """Return the actor: the party named in the form, or the only one that can be meant."""
    typed = request.POST.get("as_party", "")
    if typed.isascii() and typed.isdigit() and int(typed) in able:
        return Actor(request.user.pk, int(typed))
    return Actor(request.user.pk, next(iter(able)) if len(able) == 1 else None)
