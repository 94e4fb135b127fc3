"""Where a request stands: the collaboration in force at the address, and what the reader may write there."""

from dataclasses import dataclass

from django.http import Http404
from django.urls import reverse
from django.utils.translation import gettext as _

from wanowa.collaborations.models import Collaboration
from wanowa.collaborations.queries import Table, by_slug
from wanowa.collaborations.rules import Seat
from wanowa.kernel.actors import Actor
from wanowa.kernel.errors import Forbidden
from wanowa.parties.queries import held_by
from wanowa.parties.rules import WRITES
from wanowa.record.queries import case_of
from wanowa.web.requests import Request


@dataclass(frozen=True, slots=True)
class Place:
    """One collaboration with a version in force, and the reader's own parties that sit at its table."""

    table: Table
    person: int | None
    inside: bool
    """Whether the reader belongs to a party that sits at the table."""
    writers: dict[int, str]
    """The parties (id → name) for which the reader may write."""

    @property
    def collaboration(self) -> Collaboration:
        """What the address names."""
        return self.table.collaboration

    @property
    def case(self) -> str:
        """The name of the collaboration's case on record."""
        return case_of(self.collaboration)

    @property
    def names(self) -> dict[int, str]:
        """What the parties at the table are called."""
        return {seat.party_id: seat.party.name for seat in self.table.seats}

    def trail(self, *pages: str) -> list[tuple[str, str]]:
        """Return the breadcrumb down to a page of the collaboration's progress."""
        slug = self.collaboration.slug
        above = [
            (self.collaboration.title, reverse("collaborations:collaboration", args=[slug])),
            (_("進みぐあい"), reverse("progress:board", args=[slug])),
        ]
        return above + [(page, "") for page in pages]

    def actor(self, request: Request) -> Actor:
        """Return who writes: for the party named in the form, or the only one that can be meant. Forbidden."""
        if not self.writers:
            raise Forbidden(
                _(
                    "書けるのは、この取組の主体の、代表か担当の人です。サインインしているかも確かめてください。"
                )
            )
        typed = request.POST.get("as_party", "")
        if typed.isascii() and typed.isdigit() and int(typed) in self.writers:
            return Actor(self.person, int(typed))
        return Actor(self.person, next(iter(self.writers)) if len(self.writers) == 1 else None)


def place_of(request: Request, slug: str) -> Place:
    """Return where the request stands; 404 before anything is in force. Costs two queries and `held_by`."""
    held = held_by(request.user)
    found = by_slug([one.party.id for one in held], slug)
    if found is None or found.collaboration.in_force is None:
        raise Http404
    seated = {seat.party_id for seat in found.seats if seat.seat == Seat.SEATED}
    own = [one for one in held if one.party.id in seated]
    writers = {one.party.id: one.party.name for one in own if one.role in WRITES}
    return Place(found, request.user.pk, bool(own), writers)
