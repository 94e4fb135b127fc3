"""Raising a hand for a first step, by whoever wants, without an account; and lowering it again."""

import secrets

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from wanowa.exchange.models import Hand, Listing
from wanowa.exchange.queries import hands_taken, locked, still_open
from wanowa.exchange.rules import (
    MOST_PLACES,
    AgeBand,
    Channel,
    HandStatus,
    Status,
    Verdict,
    free_seat,
)
from wanowa.exchange.services.letters import letter, tell
from wanowa.exchange.verbs import LOWERED, MOVED_UP, QUEUED, RAISED
from wanowa.kernel.actors import SYSTEM, Actor
from wanowa.kernel.errors import Forbidden, Invalid, Refused
from wanowa.parties.queries import require
from wanowa.parties.rules import WRITES
from wanowa.people.models import User
from wanowa.people.rules import Purpose
from wanowa.people.rules.receipts import mail_code
from wanowa.people.services import deliver
from wanowa.record.services import records, write
from wanowa.record.services.unrecorded import unrecorded

UNDER_WAY = (HandStatus.HELD, HandStatus.QUEUED)


@unrecorded("as long as the address is not confirmed, nobody has raised a hand")
def send_code(listing: Listing, *, email: str) -> str:
    """Mail a code to an address and return it. Nothing is stored. Raises Refused, MailUnavailable (503)."""
    still_open(listing)
    code = mail_code(secrets.randbelow)
    if not deliver(letter("code", email, listing, code=code), purpose=Purpose.CONFIRM):
        raise Refused(
            _("このアドレスには、今日はもう送れません。前のメールを見るか、窓口に電話してください。")
        )
    return code


@records(RAISED, QUEUED)
def raise_hand(
    listing: Listing, *, name: str, email: str = "", channel: Channel = Channel.WEB, by: Actor
) -> Hand:
    """Give somebody the lowest free place, or the end of the line; she gets a mail with the date.

    The address, where there is one, has been confirmed before. At the counter and by phone a coordinator or the
    host does it for her (`by`). Raises Invalid, Forbidden, Refused.
    """
    listing = locked(listing)
    still_open(listing)
    if channel is not Channel.WEB:
        _may_enter(listing, by)
    if not name.strip():
        raise Invalid(_("呼び名を書いてください。あだ名で大丈夫です。"))
    email = email.strip().lower()
    waiting = Hand.objects.filter(listing=listing, status__in=UNDER_WAY)
    if email and waiting.filter(email=email).exists():
        raise Refused(_("このアドレスでは、もう手があがっています。メールのリンクから見られます。"))
    seat = free_seat(hands_taken(listing), listing.capacity or 0)
    if seat is None and waiting.filter(status=HandStatus.QUEUED).count() >= MOST_PLACES:
        raise Refused(_("待っている人も、いっぱいです。ほかの「はじめての一歩」を見てください。"))
    told = write(QUEUED if seat is None else RAISED, listing, by=by, channel=channel)
    hand = Hand.objects.create(
        listing=listing,
        name=name.strip(),
        email=email,
        channel=channel,
        status=HandStatus.QUEUED if seat is None else HandStatus.HELD,
        seat=seat,
        entered_by_id=by.person if channel is not Channel.WEB else None,
        raised_at=told.at,
    )
    _tell_later("raised", hand)
    return hand


def _may_enter(listing: Listing, by: Actor) -> None:
    """Raise Forbidden unless the actor is a coordinator or writes for the host."""
    if User.objects.filter(pk=by.required_person, is_coordinator=True, is_active=True).exists():
        return
    if by.party != listing.party_id:
        raise Forbidden(_("受けつけられるのは、のせた主体と、協働推進員です。"))
    require(by, WRITES)


@records(LOWERED)
def lower(hand: Hand, *, by: Actor) -> Hand:
    """Do not come after all: by the person herself with the link of her mail. Who waited first moves up.

    Raises Refused.
    """
    listing = locked(hand.listing)
    hand = Hand.objects.select_for_update().get(pk=hand.pk)
    if hand.status == HandStatus.LOWERED:
        raise Refused(_("もう、取りやめています。"))
    if listing.begins is None or listing.begins <= timezone.now():
        raise Refused(_("始まったあとは、取りやめられません。来られなかったときは、感想で教えてください。"))
    hand.status, hand.seat = HandStatus.LOWERED, None
    hand.lowered_at = write(LOWERED, listing, by=by).at
    hand.save()
    if listing.status == Status.OPEN:
        _move_up(listing)
    return hand


def _move_up(listing: Listing) -> None:
    seat = free_seat(hands_taken(listing), listing.capacity or 0)
    first = Hand.objects.filter(listing=listing, status=HandStatus.QUEUED).order_by("raised_at", "id").first()
    if seat is None or first is None:
        return
    write(MOVED_UP, listing, by=SYSTEM)
    first.status, first.seat = HandStatus.HELD, seat
    first.save()
    first.listing = listing
    _tell_later("moved_up", first)


def _tell_later(name: str, hand: Hand) -> None:
    """Mail when it is committed: a mail about something that did not happen cannot be called back."""
    transaction.on_commit(lambda: tell(name, hand, with_calendar=True))


@unrecorded("how somebody liked it is hers; nothing follows from it for others")
def look_back(hand: Hand, *, verdict: Verdict, comment: str = "", age_band: str = "") -> Hand:
    """Keep how the first time was. Raises Invalid, Refused before it has taken place."""
    if hand.status != HandStatus.HELD or hand.listing.ends is None or hand.listing.ends > timezone.now():
        raise Refused(_("感想は、終わったあとに書けます。"))
    if age_band and age_band not in AgeBand.values:
        raise Invalid(_("年代を選びなおしてください。"))
    hand.verdict, hand.comment, hand.age_band = verdict, comment, age_band
    hand.save(update_fields=["verdict", "comment", "age_band"])
    return hand
