"""Where a request stands: the activity of the address, and what the reader may do there for which party."""

from collections.abc import Collection
from dataclasses import dataclass

from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _

from wanowa.activities import queries
from wanowa.activities.models import Activity
from wanowa.activities.rules import Move, Stand
from wanowa.kernel.actors import Actor
from wanowa.kernel.errors import Forbidden
from wanowa.parties.queries import Held, held_by
from wanowa.record.queries import case_of
from wanowa.web.requests import Request


@dataclass(frozen=True, slots=True)
class Place:
    """One activity, the reader, and how each of the reader's parties stands to it."""

    activity: Activity
    person: int | None
    stands: list[tuple[Stand, Held]]

    @property
    def case(self) -> str:
        """The name of the activity's case on record."""
        return case_of(self.activity)

    @property
    def mine(self) -> frozenset[int]:
        """The parties that the reader acts for in any role."""
        return frozenset(held.party.id for _stand, held in self.stands)

    @property
    def inside(self) -> bool:
        """Whether the reader belongs to the activity's party."""
        return self.activity.party_id in self.mine

    def able(self, move: Move) -> dict[int, str]:
        """Return the parties (id → name) for which the reader may make a move now."""
        return {
            held.party.id: held.party.name
            for stand, held in self.stands
            if move in queries.possible(self.activity, stand, held)
        }

    def back(self) -> HttpResponse:
        """Lead back to the activity's own page."""
        return redirect(self.activity)

    def trail(self, *pages: str) -> list[tuple[str, str]]:
        """Return the breadcrumb down to a page of the activity."""
        above = [
            (_("活動"), reverse("activities:directory")),
            (self.activity.title, self.activity.get_absolute_url()),
        ]
        return above + [(page, "") for page in pages]


def place_of(request: Request, slug: str) -> Place:
    """Return where the request stands; 404 where there is no activity. Costs one query and `held_by`."""
    found = queries.by_slug(slug)
    if found is None:
        raise Http404
    return Place(found, request.user.pk, queries.stands(found, held_by(request.user)))


def owner(request: Request, slug: str, move: Move) -> Place:
    """Like `place_of`, for a page of the activity's own party; Forbidden for everybody else, Refused in vain."""
    place = place_of(request, slug)
    queries.require_possible(place.activity, move)
    if place.activity.party_id not in place.able(move):
        raise Forbidden(_("この操作は、この活動の主体の代表か担当の人ができます。代表にたのんでください。"))
    return place


def acting(request: Request, able: Collection[int], otherwise: int | None = None) -> Actor:
    """Return the actor: the party named in the form, or the only one that can be meant."""
    typed = request.POST.get("as_party", "")
    if typed.isascii() and typed.isdigit() and int(typed) in able:
        return Actor(request.user.pk, int(typed))
    return Actor(request.user.pk, next(iter(able)) if len(able) == 1 else otherwise)
