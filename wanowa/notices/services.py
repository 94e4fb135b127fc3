"""Delivering what the record tells, mailing it, and choosing how to be told."""

from datetime import timedelta

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.db import transaction
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.translation import gettext as _

from wanowa.kernel.actors import Actor
from wanowa.kernel.languages import speaking
from wanowa.notices.models import Notice, OwedReceipt, Position, Preference
from wanowa.notices.queries import (
    Ready,
    audience,
    grouped,
    off_address,
    owed_to,
    ready,
    receivers,
    to_mail,
)
from wanowa.notices.rules import KEPT_DAYS
from wanowa.notices.verbs import CHOSEN
from wanowa.people.models import User
from wanowa.people.rules import MailUnavailable, Purpose
from wanowa.people.services import deliver as deliver_mail
from wanowa.record.queries import after
from wanowa.record.services import records, write
from wanowa.record.services.unrecorded import unrecorded

READER = "notices"


@unrecorded("a notice repeats what is on record")
def deliver(limit: int = 500) -> int:
    """Read the record from where we stopped and make the notices it calls for. Returns how many entries were read.

    Position and notices commit together, so a crash repeats nothing and loses nothing; two workers take turns.
    """
    with transaction.atomic():
        Position.objects.get_or_create(reader=READER)
        position = Position.objects.select_for_update().get(reader=READER)
        entries = after(position.entry, limit)
        for entry in entries:
            muted = set(
                Preference.objects.filter(muted__contains=[entry.case]).values_list("person_id", flat=True)
            )
            Notice.objects.bulk_create(
                [
                    Notice(person_id=person, case=entry.case, entry=entry.pk, at=entry.at)
                    for person in sorted(audience(entry) - muted)
                ],
                ignore_conflicts=True,
            )
            OwedReceipt.objects.bulk_create(
                [
                    OwedReceipt(person_id=person, entry=entry.pk, at=entry.at)
                    for person in sorted(receivers(entry))
                ],
                ignore_conflicts=True,
            )
        if entries:
            position.entry = entries[-1].pk
            position.save()
    return len(entries)


@unrecorded("a notice repeats what is on record")
def mail_waiting() -> int:
    """Mail each person once about everything that waits. Returns the number of mails sent.

    A mail that the server does not take is tried again at the next run; the page shows everything meanwhile.
    """
    sent = 0
    for person, notices in to_mail().items():
        try:
            with speaking(person.language):
                letter = _mail(person, notices)
            sent += deliver_mail(letter, purpose=Purpose.NOTICE)
        except MailUnavailable:
            break
        Notice.objects.filter(pk__in=[notice.pk for notice in notices]).update(mailed_at=timezone.now())
    return sent


def _mail(person: User, notices: list[Notice]) -> EmailMultiAlternatives:
    """Return one mail: what happened, where to read it, and one tap to have no more."""
    off = f"{settings.PUBLIC_URL}{off_address(person.pk)}"
    context = {"person": person, "groups": grouped(notices), "site": settings.PUBLIC_URL, "off": off}
    message = EmailMultiAlternatives(
        subject=_("わのわ：あなたの協働に新しいことがあります"),
        body=render_to_string("notices/mail.txt", context),
        to=[person.email],
        headers={"List-Unsubscribe": f"<{off}>", "List-Unsubscribe-Post": "List-Unsubscribe=One-Click"},
    )
    message.attach_alternative(render_to_string("notices/mail.html", context), "text/html")
    return message


@unrecorded("a receipt repeats what is on record")
def mail_receipts() -> int:
    """Mail each person, in one mail, the receipts owed to her that a checkpoint covers. Returns the mails sent.

    Two workers never mail one receipt twice: whoever finds a row locked leaves it. What the server does not
    take, or the day's allowance does not allow, is tried again at the next run; the page of the record hands
    the same receipts out meanwhile.
    """
    sent = 0
    for person in owed_to():
        try:
            sent += _mail_receipts_to(person)
        except MailUnavailable:
            break
    return sent


def _mail_receipts_to(person: int) -> bool:
    with transaction.atomic():
        waiting = OwedReceipt.objects.filter(person_id=person, mailed_at__isnull=True)
        receipts = ready(list(waiting.select_for_update(skip_locked=True)))
        if not receipts:
            return False
        receiver = User.objects.get(pk=person)
        with speaking(receiver.language):
            letter = _receipts_mail(receiver, receipts)
        if not deliver_mail(letter, purpose=Purpose.RECEIPT):
            return False
        OwedReceipt.objects.filter(pk__in=[one.owed for one in receipts]).update(mailed_at=timezone.now())
    return True


def _receipts_mail(person: User, receipts: list[Ready]) -> EmailMultiAlternatives:
    """Return one mail with each receipt as a file, and its words in the text."""
    off = f"{settings.PUBLIC_URL}{off_address(person.pk)}"
    context = {"person": person, "receipts": receipts, "site": settings.PUBLIC_URL, "off": off}
    message = EmailMultiAlternatives(
        subject=_("わのわ：同意の控えです"),
        body=render_to_string("notices/receipts.txt", context),
        to=[person.email],
        headers={"List-Unsubscribe": f"<{off}>", "List-Unsubscribe-Post": "List-Unsubscribe=One-Click"},
    )
    for one in receipts:
        name = f"wanowa-receipt-{one.receipt.case.rpartition('/')[2]}-{one.receipt.number}.txt"
        message.attach(name, one.receipt.text, "text/plain")
    return message


@unrecorded("reading is nobody else's business")
def see_all(*, by: Actor) -> None:
    """Remember that a person has seen her notices."""
    Notice.objects.filter(person_id=by.required_person, seen_at__isnull=True).update(seen_at=timezone.now())


@records(CHOSEN)
def choose(*, by_mail: bool, by: Actor) -> Preference:
    """Turn mail on or off. The page always shows everything."""
    preference, _new = Preference.objects.update_or_create(
        person_id=by.required_person, defaults={"by_mail": by_mail}
    )
    write(CHOSEN, preference, by=by, by_mail=by_mail)
    return preference


@records(CHOSEN)
def mute(case: str, *, on: bool, by: Actor) -> Preference:
    """Hear nothing more about one case, or hear of it again."""
    preference, _new = Preference.objects.get_or_create(person_id=by.required_person)
    preference = Preference.objects.select_for_update().get(pk=preference.pk)
    preference.muted = (
        sorted({*preference.muted, case}) if on else [one for one in preference.muted if one != case]
    )
    preference.save()
    write(CHOSEN, preference, by=by, by_mail=preference.by_mail)
    return preference


@unrecorded("a notice repeats what is on record")
def forget_old() -> int:
    """Delete notices older than the days we keep them; the record keeps the steps. Returns how many went."""
    oldest = timezone.now() - timedelta(days=KEPT_DAYS)
    OwedReceipt.objects.filter(at__lt=oldest).delete()
    return Notice.objects.filter(at__lt=oldest).delete()[0]


@unrecorded("part of an erasure, which people records")
def forget_person(person: User, *, by: Actor) -> None:
    """Delete what was kept to tell somebody something, when she is erased."""
    Notice.objects.filter(person=person).delete()
    OwedReceipt.objects.filter(person=person).delete()
    Preference.objects.filter(person=person).delete()
