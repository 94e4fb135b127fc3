"""What becomes of a person's words when she is erased: her own listings, her hands, what she said in a pledge."""

from contextlib import suppress

from django.utils.translation import gettext as _

from wanowa.exchange.models import Hand, Listing, Pledge
from wanowa.exchange.queries import locked
from wanowa.exchange.rules import HandStatus, Move, PledgeStatus, Words
from wanowa.exchange.services.hands import lower
from wanowa.exchange.services.listing import SETTLED, discard, let_go, settle
from wanowa.exchange.services.matching import forget_matches
from wanowa.exchange.verbs import FORGOTTEN, TAKEN_BACK, WITHDRAWN
from wanowa.kernel.actors import Actor
from wanowa.kernel.errors import Refused
from wanowa.kernel.languages import in_japanese
from wanowa.parties.rules import ALONE
from wanowa.people.models import User
from wanowa.record.services import write
from wanowa.record.services.unrecorded import unrecorded


@unrecorded("runs inside the erasure, which is recorded; what is erased here is recorded too")
def forget_person(person: User, *, by: Actor) -> None:
    """Erase the words of a person's own listings, her hands, and what she said for herself in pledges."""
    own = Listing.objects.filter(person=person, party__kind__in=ALONE, forgotten_at__isnull=True)
    for found in own.order_by("id"):
        _forget_listing(locked(found), by)
    _forget_hands(person, by)
    said = Pledge.objects.filter(person=person, party__kind__in=ALONE)
    for pledge in said.select_related("listing").order_by("id"):
        _forget_word(pledge, by)


def _forget_listing(listing: Listing, by: Actor) -> None:
    acting = Actor(by.person, listing.party_id)
    if listing.status not in SETTLED:
        settle(listing, Move.WITHDRAW, write(WITHDRAWN, listing, by=acting))
        let_go(listing, acting, PledgeStatus.RAISED, PledgeStatus.AGREED)
    for picture in listing.pictures.all():
        discard(picture)
    with in_japanese():
        empty = Words(listing.side, listing.resource, _("消したもの"), "")
    for name in ("title", "text", "unit", "place", "bring", "people", "pay", "cost", "safety", "search_key"):
        setattr(listing, name, getattr(empty, name, ""))
    listing.forgotten_at = write(FORGOTTEN, listing, by=acting, text=listing.words.digest()).at
    listing.save()
    forget_matches(listing)
    for pledge in listing.pledges.all():
        pledge.reply = pledge.owner_thanks = ""
        pledge.save()


def _forget_hands(person: User, by: Actor) -> None:
    """Delete the hands raised with her address; who waited moves up."""
    for hand in Hand.objects.filter(email=person.email).select_related("listing").order_by("id"):
        if hand.status != HandStatus.LOWERED:
            with suppress(Refused):  # when it has taken place, the hand only goes
                lower(hand, by=by)
        Hand.objects.filter(pk=hand.pk).delete()


def _forget_word(pledge: Pledge, by: Actor) -> None:
    pledge.word = pledge.other_thanks = ""
    if pledge.status in {PledgeStatus.RAISED, PledgeStatus.AGREED}:
        told = write(TAKEN_BACK, pledge, by=Actor(by.person, pledge.party_id))
        pledge.status, pledge.settled_at = PledgeStatus.WITHDRAWN, told.at
    pledge.save()
