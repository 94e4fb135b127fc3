"""Mails about ideas: plain text, one purpose each, a link and never a word of the idea."""

from django.conf import settings
from django.core.mail import EmailMessage
from django.template.loader import render_to_string

from wanowa.kernel.languages import speaking
from wanowa.people.queries import language_at
from wanowa.people.rules import MailUnavailable, Purpose
from wanowa.people.services import deliver
from wanowa.proposals.models import Seed
from wanowa.proposals.queries.seeds import address_of


def letter(name: str, to: str, **context: object) -> EmailMessage:
    """Return proposals/mail/<name>.txt, whose first line is the subject."""
    with speaking(language_at(to, reader=name == "code")):
        text = render_to_string(f"proposals/mail/{name}.txt", context)
    subject, _line, body = text.strip().partition("\n")
    return EmailMessage(subject, f"{body.strip()}\n", to=[to])


def tell(name: str, seed: Seed) -> bool:
    """Tell the author of an idea; True when the mail went out. A mail server that is down undoes nothing."""
    if not seed.email:
        return False
    message = letter(name, seed.email, seed=seed, page=f"{settings.PUBLIC_URL}{address_of(seed)}")
    try:
        return deliver(message, purpose=Purpose.NOTICE)
    except MailUnavailable:
        return False
