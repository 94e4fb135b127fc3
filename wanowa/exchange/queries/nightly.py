"""What falls due by itself: ends of terms, first steps that took place, reminders, and hands to forget."""

from datetime import timedelta

from django.db.models import QuerySet
from django.utils import timezone

from wanowa.exchange.models import Hand, Listing
from wanowa.exchange.rules import ERASED_AFTER, REMIND_BEFORE, HandStatus, Status

GOING = (Status.OPEN, Status.PAUSED, Status.MET)


def past_steps() -> list[Listing]:
    """Return the first steps whose day has passed and which still go on. Costs one query."""
    return list(
        Listing.objects.filter(first_step=True, status__in=GOING, day__lt=timezone.localdate()).order_by("id")
    )


def overdue() -> list[Listing]:
    """Return the other listings whose term is over. Costs one query."""
    today = timezone.localdate()
    return list(
        Listing.objects.filter(first_step=False, status__in=GOING, expires_on__lt=today).order_by("id")
    )


def to_ask() -> list[Listing]:
    """Return the listings that end soon and whose party has not been asked yet. Costs one query."""
    today = timezone.localdate()
    found = Listing.objects.filter(
        first_step=False,
        status=Status.OPEN,
        reminded_on__isnull=True,
        expires_on__range=(today, today + timedelta(days=REMIND_BEFORE)),
        kept_days__gt=REMIND_BEFORE,
        party__closed_at__isnull=True,
    )
    return list(found.select_related("party", "person").order_by("id"))


def to_remind() -> QuerySet[Hand]:
    """Return the hands of those who come tomorrow and have not been reminded. Costs one query."""
    tomorrow = timezone.localdate() + timedelta(days=1)
    found = Hand.objects.filter(
        listing__day=tomorrow, listing__status=Status.OPEN, status=HandStatus.HELD, reminded_at__isnull=True
    )
    return found.exclude(email="").select_related("listing__party").order_by("id")


def to_follow_up() -> QuerySet[Hand]:
    """Return the hands of those who came in the last week and have not been asked how it was. Costs one query."""
    today = timezone.localdate()
    found = Hand.objects.filter(
        listing__day__range=(today - timedelta(days=7), today - timedelta(days=1)),
        listing__status=Status.DONE,
        status=HandStatus.HELD,
        asked_at__isnull=True,
    )
    return found.exclude(email="").select_related("listing__party").order_by("id")


def to_forget() -> QuerySet[Hand]:
    """Return the hands whose day is 90 days past. Costs one query."""
    return Hand.objects.filter(listing__day__lt=timezone.localdate() - timedelta(days=ERASED_AFTER))
