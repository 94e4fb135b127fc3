"""Where a listing meets the ledger of a collaboration: which tables it may name, what a promise gave, and back."""

from collections.abc import Collection

from django.utils import timezone

from wanowa.collaborations.models import Collaboration
from wanowa.collaborations.rules import Seat
from wanowa.contributions.models import Contribution
from wanowa.contributions.queries import RUNNING
from wanowa.contributions.rules import Gift
from wanowa.exchange.models import Pledge
from wanowa.exchange.rules import PledgeStatus
from wanowa.exchange.rules.giving import gift_of, giver_of


def tables_of(parties: Collection[int]) -> dict[int, str]:
    """Return the collaborations in whose ledger these parties may write: id → title. One query, none for nobody."""
    if not parties:
        return {}
    found = Collaboration.objects.filter(
        status__in=RUNNING, participations__party__in=parties, participations__seat=Seat.SEATED
    )
    return dict(found.order_by("-id").distinct().values_list("id", "title"))


def gift_in(pledge: Pledge) -> Gift | None:
    """Return what a fulfilled promise gave to the collaboration of its listing, if that is known. No query."""
    if pledge.status != PledgeStatus.DONE or pledge.settled_at is None:
        return None
    listing = pledge.listing
    return gift_of(
        listing.resource,
        giver=giver_of(listing.side, owner=listing.party_id, other=pledge.party_id),
        minutes=pledge.minutes,
        amount=pledge.amount,
        unit=listing.unit,
        on=timezone.localdate(pledge.settled_at),
    )


def origin_of(entry: Contribution) -> tuple[str, str] | None:
    """Return the listing from whose promise an entry came: title and address. Costs one query."""
    found = Pledge.objects.filter(entry=entry).select_related("listing").first()
    return (found.listing.title, found.listing.get_absolute_url()) if found else None
