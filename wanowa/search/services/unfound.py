"""Keeping what was looked for in vain: words and days, nobody's name, nobody's number."""

from datetime import timedelta

from django.db import transaction
from django.db.models import F
from django.utils import timezone

from wanowa.kernel.actors import PUBLIC
from wanowa.record.services.unrecorded import unrecorded
from wanowa.search.models import Unfound
from wanowa.search.queries import is_found, read, reader_of
from wanowa.search.rules import asked, may_be_kept
from wanowa.search.rules.unfound import KEPT_DAYS
from wanowa.search.services.analysing import names_a_person

MOST = 500
"""Different queries kept of one day: more is a machine at play."""


@unrecorded("nobody's deed: who typed it is not kept")
def note_unfound(typed: str) -> bool:
    """Count a query for which the public finds nothing. Returns whether it was counted. Costs ≤ six queries.

    What could tell about a person is not kept at all; names are sifted out by the worker within a minute, and
    only what was sifted is ever shown.
    """
    text = asked(typed).text
    if not may_be_kept(text) or is_found(read(typed), reader_of(PUBLIC)):
        return False
    today = timezone.localdate()
    with transaction.atomic():
        known = Unfound.objects.filter(text=text, day=today)
        if not known.update(count=F("count") + 1):
            if Unfound.objects.filter(day=today).count() >= MOST:
                return False
            row, new = Unfound.objects.get_or_create(text=text, day=today)
            if not new:
                known.filter(pk=row.pk).update(count=F("count") + 1)
    return True


@unrecorded("housekeeping: what may not be kept goes")
def sift_unfound() -> int:
    """Delete queries with the name of a person in them, and clear the others to be shown. Returns how many went."""
    gone = 0
    for row in Unfound.objects.filter(sifted=False).order_by("pk"):
        if names_a_person(row.text):
            gone += row.delete()[0]
        else:
            Unfound.objects.filter(pk=row.pk).update(sifted=True)
    return gone


@unrecorded("housekeeping: what is old goes")
def forget_unfound() -> int:
    """Delete what nobody looked for lately. Returns how many rows went."""
    return Unfound.objects.filter(day__lt=timezone.localdate() - timedelta(days=KEPT_DAYS)).delete()[0]
