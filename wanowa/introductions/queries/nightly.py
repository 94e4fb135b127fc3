"""What falls due by itself: the question after four weeks, and words to forget."""

from django.db.models import Q, QuerySet
from django.utils import timezone

from wanowa.introductions.models import Introduction
from wanowa.introductions.rules import ENDED, ENDED_KEPT, TOGETHER, VAIN, VAIN_KEPT


def to_follow_up() -> QuerySet[Introduction]:
    """Return the introductions whose two sides are to be asked how it went on. Costs one query."""
    found = Introduction.objects.filter(
        status__in=sorted(TOGETHER | ENDED),
        follow_up_on__lte=timezone.localdate(),
        followed_up_at__isnull=True,
    )
    return found.order_by("id")


def to_forget_words() -> QuerySet[Introduction]:
    """Return the introductions that ended long ago and still hold words. Costs one query."""
    today = timezone.localdate()
    past = Q(status__in=sorted(VAIN), ended_on__lt=today - VAIN_KEPT) | Q(
        status__in=sorted(ENDED), ended_on__lt=today - ENDED_KEPT
    )
    return Introduction.objects.filter(past, forgotten_at__isnull=True).order_by("id")
