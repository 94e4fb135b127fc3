"""Sending one mail to one person: never beyond the day's allowance, and a kind sentence when mail is down."""

import logging
import smtplib
from collections.abc import Mapping
from datetime import date, timedelta

from django.core.mail import EmailMessage
from django.db import transaction
from django.db.models import F
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from wanowa.kernel.languages import speaking
from wanowa.people.models import Allowance
from wanowa.people.queries import language_at, recipient_digest
from wanowa.people.rules import MAILS_A_DAY, MAILS_A_DAY_BY_PURPOSE, MailUnavailable, Purpose
from wanowa.record.services.unrecorded import unrecorded

log = logging.getLogger(__name__)


@unrecorded("a letter that is written is not sent yet")
def letter(template: str, to: str, context: Mapping[str, object], *, language: str = "") -> EmailMessage:
    """Return a mail from a template (app/mail/name.txt) whose first line is the subject.

    It speaks the language of the account; where there is none, of the reader who asked for this mail to bring a `code`
    herself, else `language`. Costs one query.
    """
    with speaking(language_at(to, reader="code" in context) or language):
        text = render_to_string(template, dict(context))
    subject, _line, body = text.strip().partition("\n")
    return EmailMessage(subject, f"{body.strip()}\n", to=[to])


@unrecorded("the act that wants the mail is recorded where it happens")
def deliver(message: EmailMessage, *, purpose: Purpose) -> bool:
    """Send `message` to its one recipient: True; or False when the day's allowance is used up.

    Raises MailUnavailable (503) when the mail server does not take it; the allowance is then given back.
    """
    (recipient,) = message.to
    today = timezone.localdate()
    digest = recipient_digest(recipient)
    if not _spend(digest, purpose, today):
        log.info("mail allowance used up: %s", purpose)
        return False
    try:
        message.send()
    except (smtplib.SMTPException, OSError) as error:
        _give_back(digest, purpose, today)
        log.warning("mail not sent: %s", type(error).__name__)
        raise MailUnavailable(
            _(
                "いま、メールを送れません。入力はそのまま残っています。少し待ってから、もう一度押してください。"
            )
        ) from error
    return True


def _spend(recipient: str, purpose: Purpose, day: date) -> bool:
    # The conditional UPDATE locks its row, so twenty requests at once still send three mails, not twenty.
    with transaction.atomic():
        for key, limit in (("", MAILS_A_DAY), (purpose.value, MAILS_A_DAY_BY_PURPOSE)):
            row, _made = Allowance.objects.get_or_create(recipient=recipient, purpose=key, day=day)
            if not Allowance.objects.filter(pk=row.pk, sent__lt=limit).update(sent=F("sent") + 1):
                transaction.set_rollback(True)
                return False
    return True


def _give_back(recipient: str, purpose: Purpose, day: date) -> None:
    counted = Allowance.objects.filter(recipient=recipient, day=day, purpose__in=["", purpose], sent__gt=0)
    counted.update(sent=F("sent") - 1)


@unrecorded("counts of mails are no history")
def forget_old_allowances() -> int:
    """Delete the counts of days before yesterday. Returns how many rows went."""
    return Allowance.objects.filter(day__lt=timezone.localdate() - timedelta(days=1)).delete()[0]
