"""What the bank does by itself as time passes: remind, hide, delete (trust.md §4.6). Each can run twice."""

from datetime import timedelta

from django.db import transaction
from django.utils import timezone

from wanowa.kernel import keyrings
from wanowa.kernel.actors import SYSTEM, Actor
from wanowa.record.services import records, write
from wanowa.record.services.unrecorded import unrecorded
from wanowa.talent.models import Access, Consent, Export, Look, Message, Profile, Request
from wanowa.talent.queries import lapsing
from wanowa.talent.rules import (
    ACCESS_YEARS,
    DELETE_AFTER,
    REMINDERS,
    THREAD_DAYS,
    UNANSWERED_DAYS,
    Status,
)
from wanowa.talent.services.asking import lapse
from wanowa.talent.services.authority import locked
from wanowa.talent.services.consenting import refresh
from wanowa.talent.services.mailing import remind
from wanowa.talent.services.registering import forget_overdue
from wanowa.talent.verbs import OVERDUE

A_DAY = timedelta(days=1)


@unrecorded("each request that lapses leaves its own entry")
def lapse_requests() -> int:
    """Free the place of every request whose days are over; return how many."""
    due = list(lapsing())
    for request in due:
        lapse(request, by=SYSTEM)
    return len(due)


@unrecorded("a reminder changes nothing")
def remind_of_confirmation() -> int:
    """Mail those whose confirmation is due in 60, 30 or 7 days, each once; return how many mails went out."""
    today, sent = timezone.localdate(), 0
    last = today + timedelta(days=max(REMINDERS))
    for profile in Profile.objects.filter(confirm_by__gte=today, confirm_by__lte=last).order_by("pk"):
        left = (profile.confirm_by - today).days
        step = min(days for days in REMINDERS if left <= days)
        if (profile.reminded is None or step < profile.reminded) and remind(profile, left):
            Profile.objects.filter(pk=profile.pk).update(reminded=step)
            sent += 1
    return sent


@unrecorded("each profile that is hidden leaves its own entry")
def hide_unconfirmed() -> int:
    """Mark those whose confirmation did not come; pages hide them by the clock already. Returns how many."""
    due = list(Profile.objects.filter(confirm_by__lt=timezone.localdate(), overdue_at__isnull=True))
    for profile in due:
        become_overdue(profile, by=SYSTEM)
    return len(due)


@records(OVERDUE)
def become_overdue(profile: Profile, *, by: Actor) -> Profile:
    """Hide one profile for want of a confirmation."""
    profile = locked(profile)
    profile.overdue_at = timezone.now()
    profile.save(update_fields=["overdue_at", "updated_at"])
    write(OVERDUE, profile, by=by)
    refresh(profile)
    return profile


@unrecorded("each profile that is deleted leaves its own entry")
def delete_unconfirmed() -> int:
    """Delete those that were hidden for want of a confirmation for 90 days; return how many."""
    due = list(Profile.objects.filter(confirm_by__lt=timezone.localdate() - DELETE_AFTER))
    for profile in due:
        forget_overdue(profile, by=SYSTEM)
    return len(due)


@unrecorded("that texts go after their time is written in the privacy page; counts stay")
@transaction.atomic
def forget_texts() -> int:
    """Delete the texts of threads a year after the last word, and of requests that came to nothing after 90 days."""
    now, count = timezone.now(), 0
    vain = Request.objects.exclude(status=Status.ACCEPTED).filter(
        expires_at__lt=now - UNANSWERED_DAYS, forgotten_at__isnull=True
    )
    quiet = Request.objects.filter(
        status=Status.ACCEPTED, answered_at__lt=now - THREAD_DAYS, forgotten_at__isnull=True
    ).exclude(messages__said_at__gte=now - THREAD_DAYS)
    for request in [*vain, *quiet]:
        Message.objects.filter(request=request).update(body="")
        request.purpose = request.dates = request.place = request.reward = request.report = ""
        request.forgotten_at = now
        request.save()
        count += 1
    return count


@unrecorded("the log of reads is kept three years, as the privacy page says")
def forget_accesses() -> int:
    """Delete reads older than three years, and the looks behind them; return how many reads went."""
    before = timezone.now() - ACCESS_YEARS
    count = Access.objects.filter(at__lt=before).delete()[0]
    Look.objects.filter(at__lt=before).delete()
    return count


@unrecorded("a list that nobody can take any more")
def forget_exports() -> int:
    """Forget why lists were wanted a year after they could last be taken; return how many rows went."""
    return Export.objects.filter(expires_at__lt=timezone.now() - THREAD_DAYS).delete()[0]


@unrecorded("consents are recorded when given and withdrawn; the record keeps that")
def forget_consents() -> int:
    """Delete consents that ended more than three years ago; return how many."""
    before = timezone.now() - ACCESS_YEARS
    return Consent.objects.filter(withdrawn_at__lt=before).delete()[0]


@unrecorded("a key without a row closes nothing")
def sweep_keys() -> int:
    """Destroy the keys that no row of any app needs and that are older than a day; return how many.

    A crash may leave one. Costs what `keyrings.needed` states.
    """
    known = keyrings.needed()
    stray = [name for name, made in keyrings.kept() if name not in known and made < timezone.now() - A_DAY]
    for name in stray:
        keyrings.destroy(name)
    return len(stray)
