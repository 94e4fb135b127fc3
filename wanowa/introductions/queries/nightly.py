"""What falls due by itself: the question after four weeks, and words to forget."""

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils import timezone

from wanowa.introductions.models import Introduction, Remark
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
    told = Remark.objects.filter(side__introduction=OuterRef("pk")).exclude(body="")
    holds_words = Q(forgotten_at__isnull=True) | Q(Exists(told))
    return Introduction.objects.filter(past, holds_words).order_by("id")
