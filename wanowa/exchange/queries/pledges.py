"""Reading pledges: who may read one, which wait for whom, and the thanks that both sides show."""

from collections.abc import Collection

from django.db.models import Q, Sum

from wanowa.exchange.models import Listing, Pledge
from wanowa.exchange.rules import PledgeStatus
from wanowa.kernel.rows import only

_SIDES = ("listing__party", "listing__collaboration", "party")
THANKS = 6


def pledge_at(pk: int, mine: Collection[int]) -> Pledge | None:
    """Return a pledge to those on its two sides; for all others there is none. Costs one query."""
    sides = Q(listing__party__in=mine) | Q(party__in=mine)
    return only(Pledge.objects.filter(sides, pk=pk).select_related(*_SIDES, "entry"))


def pledge_locked(pledge: Pledge) -> Pledge:
    """Return the row, fresh and locked; its listing is locked before. Costs one query."""
    return Pledge.objects.select_for_update(of=("self",)).select_related(*_SIDES).get(pk=pledge.pk)


def pledges_about(listing: Listing, mine: Collection[int]) -> list[Pledge]:
    """Return the pledges that the reader may know of, newest first. Costs one query, none for the public."""
    if not mine:
        return []
    own = Q(listing__party__in=mine) | Q(party__in=mine)
    return list(Pledge.objects.filter(own, listing=listing).select_related(*_SIDES).order_by("-id"))


def waiting_for(mine: Collection[int]) -> list[Pledge]:
    """Return the pledges that await an answer of these parties, oldest first. Costs one query."""
    if not mine:
        return []
    found = Pledge.objects.filter(status=PledgeStatus.RAISED, listing__party__in=mine)
    return list(found.select_related(*_SIDES).order_by("id"))


def pledges_of(mine: Collection[int]) -> list[Pledge]:
    """Return the pledges that go on around these parties, oldest first. Costs one query, none for no party."""
    if not mine:
        return []
    sides = Q(listing__party__in=mine) | Q(party__in=mine)
    going = Pledge.objects.filter(sides, status__in=[PledgeStatus.RAISED, PledgeStatus.AGREED])
    return list(going.select_related(*_SIDES).order_by("id"))


def thanks_of(listing: Listing) -> list[Pledge]:
    """Return what was done and thanked for, as far as both sides show it, newest first. Costs one query."""
    shown = Pledge.objects.filter(
        listing=listing, status=PledgeStatus.DONE, owner_shows=True, other_shows=True
    )
    return list(shown.select_related("party").order_by("-settled_at")[:THANKS])


def minutes_of(listing: Listing) -> int:
    """Return how many minutes were given to a listing by those who helped. Costs one query."""
    done = Pledge.objects.filter(listing=listing, status=PledgeStatus.DONE)
    return int(done.aggregate(sum=Sum("minutes"))["sum"] or 0)
