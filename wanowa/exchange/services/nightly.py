"""What happens to listings and hands by itself: ends, reminders, questions, and forgetting."""

from django.conf import settings
from django.db import transaction
from django.db.models import QuerySet
from django.urls import reverse
from django.utils import timezone

from wanowa.exchange import queries
from wanowa.exchange.models import Hand, Listing
from wanowa.exchange.queries import keep_token, locked
from wanowa.exchange.rules import HandStatus, Move, PledgeStatus
from wanowa.exchange.services.letters import letter, tell
from wanowa.exchange.services.listing import let_go, settle
from wanowa.exchange.verbs import EXPIRED, HELD
from wanowa.kernel.actors import Actor
from wanowa.kernel.errors import Refused
from wanowa.people.rules import Purpose
from wanowa.people.services import deliver
from wanowa.record.services import records, write
from wanowa.record.services.unrecorded import unrecorded


@records(HELD, EXPIRED)
def close(listing: Listing, *, by: Actor) -> Listing:
    """End what is past: a first step to which somebody came was held, everything else has expired.

    Raises Refused when it has been ended or kept meanwhile.
    """
    listing = locked(listing)
    today = timezone.localdate()
    last = listing.day if listing.first_step else listing.expires_on
    if listing.status not in queries.GOING or last is None or last >= today:
        raise Refused("not due any more")
    came = Hand.objects.filter(listing=listing, status=HandStatus.HELD).count()
    if listing.first_step and came:
        told = write(HELD, listing, by=by, day=last, people=came, minutes=came * (listing.minutes or 0))
        settle(listing, Move.FINISH, told)
    else:
        settle(listing, Move.EXPIRE, write(EXPIRED, listing, by=by, until=last))
    let_go(listing, by, PledgeStatus.RAISED)
    return listing


@unrecorded("a mail that asks; the answer is recorded")
def ask_whether_it_holds(listing: Listing) -> bool:
    """Ask the person who put a listing whether it still holds, with a link that answers. Raises MailUnavailable."""
    with transaction.atomic():
        listing = locked(listing)
        if listing.reminded_on is not None:
            return False
        token = keep_token(listing)
        link = f"{settings.PUBLIC_URL}{reverse('exchange:keep', args=[token])}"
        listing.reminded_on = timezone.localdate()
        listing.save(update_fields=["reminded_on", "updated_at"])
        if not listing.person.is_active:
            return False
        return deliver(letter("keep", listing.person.email, listing, link=link), purpose=Purpose.NOTICE)


@unrecorded("mails to those who asked for them")
def remind_and_follow_up() -> int:
    """Remind those who come tomorrow, and ask those who came how it was. Returns the mails sent.

    Whoever could not be reached is tried again at the next run. Two workers never mail the same person twice.
    """
    return _tell_each(queries.to_remind(), "tomorrow", "reminded_at") + _tell_each(
        queries.to_follow_up(), "afterwards", "asked_at"
    )


def _tell_each(waiting: QuerySet[Hand], name: str, stamp: str) -> int:
    sent = 0
    for pk in list(waiting.values_list("pk", flat=True)):
        with transaction.atomic():
            free = waiting.select_for_update(of=("self",), skip_locked=True)
            hand = free.filter(pk=pk).first()
            if hand is None or not tell(name, hand, with_calendar=name == "tomorrow"):
                continue
            setattr(hand, stamp, timezone.now())
            hand.save(update_fields=[stamp])
            sent += 1
    return sent


@unrecorded("the entry of the day itself keeps how many came")
def forget_hands() -> int:
    """Delete the hands of first steps that are 90 days past. Returns how many went."""
    return queries.to_forget().delete()[0]
