"""Mails to people who raised a hand, and to those who have something open: plain text, one purpose each."""

from django.conf import settings
from django.core.mail import EmailMessage

from wanowa.exchange.models import Hand, Listing
from wanowa.exchange.queries import address_of, quarters
from wanowa.exchange.rules import calendar_file
from wanowa.exchange.rules.calendar_file import Event
from wanowa.people.rules import MailUnavailable, Purpose
from wanowa.people.services import deliver
from wanowa.people.services import letter as mail


def letter(name: str, to: str, listing: Listing, **context: object) -> EmailMessage:
    """Return exchange/mail/<name>.txt, whose first line is the subject, about a listing."""
    told = {
        "listing": listing,
        "site": settings.PUBLIC_URL,
        "page": f"{settings.PUBLIC_URL}{listing.get_absolute_url()}",
        "quarter": quarters().get(listing.quarter, ""),
    }
    return mail(f"exchange/mail/{name}.txt", to, told | context)


def tell(name: str, hand: Hand, *, with_calendar: bool = False) -> bool:
    """Tell somebody with a raised hand; True when the mail went out, False when it cannot now or she has none.

    What it tells of is done already, so a mail server that is down undoes nothing.
    """
    if not hand.email:
        return False
    own = f"{settings.PUBLIC_URL}{address_of(hand)}"
    message = letter(name, hand.email, hand.listing, hand=hand, own=own)
    if with_calendar and (event := event_of(hand, own)):
        message.attach("wanowa.ics", calendar_file(event), "text/calendar")
    try:
        return deliver(message, purpose=Purpose.NOTICE)
    except MailUnavailable:
        return False


def event_of(hand: Hand, own: str) -> Event | None:
    """Return the first step as it stands in a calendar; `own` is the address of the person's page."""
    listing = hand.listing
    if listing.begins is None or listing.ends is None:
        return None
    parts = [listing.text, listing.bring, own]
    return Event(
        uid=f"hand-{hand.pk}@wanowa",
        title=listing.title,
        begins=listing.begins,
        ends=listing.ends,
        place=listing.place,
        text="\n".join(part for part in parts if part),
        address=own,
        stamp=hand.raised_at,
    )
