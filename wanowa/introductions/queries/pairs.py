"""Whether two parties can be introduced now: one at a time, and not again and again (trust.md T18)."""

from django.db.models import Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from wanowa.introductions.models import Introduction
from wanowa.introductions.rules import OPEN, VAIN, WAITING, Status, free_again
from wanowa.kernel.eras import era_date
from wanowa.kernel.errors import Sentence


def between(one: int, other: int) -> QuerySet[Introduction]:
    """Return every introduction of a pair, whoever asked. Costs one query."""
    return Introduction.objects.filter(Q(first=one, second=other) | Q(first=other, second=one))


def hinders(first: int, second: int, *, by_desk: bool) -> Sentence | None:
    """Say why the first cannot be introduced to the second now; None when it can. Costs one query.

    A no counts only when its days are over, like silence: else the pause would tell one from the other. What was
    taken back holds its place until then, so that nobody is asked again and again.
    """
    today = timezone.localdate()
    vain = []
    for one in between(first, second):
        over = one.answer_by < today
        if one.status in OPEN and not (one.status in WAITING and over):
            return _("この2つの主体の引き合わせは、いま進んでいます。終わってから、始めてください。")
        if one.status == Status.WITHDRAWN and not over and (one.by_desk, one.first_id) == (by_desk, first):
            return _("取り下げたばかりです。%(day)sのつぎの日から、また始められます。") % {
                "day": era_date(one.answer_by)
            }
        if one.status in VAIN or one.status in WAITING:
            vain.append(one.answer_by)
    again = free_again(vain)
    if again is None or again <= today:
        return None
    return _("この2つの主体は、3回とも見送りでした。%(day)sから、また始められます。") % {
        "day": era_date(again)
    }


def overdue_of(first: int, second: int) -> QuerySet[Introduction]:
    """Return what the nightly job would let lapse between two parties. Costs one query."""
    return lapsing().filter(Q(first=first, second=second) | Q(first=second, second=first))


def lapsing() -> QuerySet[Introduction]:
    """Return the introductions whose last day for an answer has passed. Costs one query."""
    found = Introduction.objects.filter(status__in=sorted(WAITING), answer_by__lt=timezone.localdate())
    return found.order_by("id")
