"""Telling a party, once a day at most, that somebody new may fit what it has put."""

import logging

from django.utils import timezone

from wanowa.exchange import queries
from wanowa.exchange.models import Listing
from wanowa.exchange.rules import Status
from wanowa.exchange.verbs import SUGGESTED
from wanowa.kernel.actors import SYSTEM, Actor
from wanowa.kernel.errors import Refused
from wanowa.parties.models import Party
from wanowa.record.services import records, write
from wanowa.record.services.unrecorded import unrecorded

log = logging.getLogger(__name__)


@unrecorded("only looks; what a party is told is recorded by tell_suggested")
def tell_of_suggestions() -> int:
    """Tell every party of partners that it has not heard of. Each in a transaction of its own; returns how many."""
    told = 0
    for party in Party.objects.filter(pk__in=queries.unheard()).order_by("pk"):
        try:
            tell_suggested(party, by=SYSTEM)
        except Refused:
            log.info("party %s has been told today", party.pk)
        else:
            told += 1
    return told


@records(SUGGESTED)
def tell_suggested(party: Party, *, by: Actor) -> None:
    """Put on record, for each listing of a party, how many new partners were found: one transaction, so one mail.

    The entry tells a number and nothing of the others. Raises Refused when the party was told today, or knows all.
    """
    today = timezone.localdate()
    open_ones = Listing.objects.select_for_update().filter(party=party, status=Status.OPEN)
    listings = {one.pk: one for one in open_ones.order_by("pk")}
    if any(one.heard_on == today for one in listings.values()):
        raise Refused("told today")
    news = {pk: found for pk, found in queries.unheard(party.pk).get(party.pk, {}).items() if pk in listings}
    if not news:
        raise Refused("nothing new")
    for pk, found in sorted(news.items()):
        listing = listings[pk]
        write(SUGGESTED, listing, by=by, count=len(found))
        # not `save`: a listing that is only heard of has not changed, and is not compared again
        Listing.objects.filter(pk=pk).update(heard=[*listing.heard, *sorted(found)], heard_on=today)
