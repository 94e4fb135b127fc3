"""Mails of the desk: a link and a sentence that says nothing of anybody's worry (T23)."""

from collections.abc import Iterable

from django.conf import settings
from django.core.mail import EmailMessage
from django.db import transaction
from django.template.loader import render_to_string
from django.urls import reverse

from wanowa.consultations.models import Case
from wanowa.consultations.queries import link_of, own
from wanowa.kernel.languages import speaking
from wanowa.people.models import User
from wanowa.people.queries import language_at
from wanowa.people.rules import MailUnavailable, Purpose
from wanowa.people.services import deliver

LETTERS = ("code", "link", "moved", "closed", "follow_up", "read", "waits", "offered", "overtaken", "glass")
"""Every mail there is: a template of the name, whose first line is the subject."""


def letter(name: str, to: str, language: str = "", **context: str) -> EmailMessage:
    """Return consultations/mail/<name>.txt. Its context is links, codes and numbers of digits, never words.

    It speaks the language of the account, else `language`.
    """
    with speaking(language_at(to, reader=name == "code") or language):
        text = render_to_string(f"consultations/mail/{name}.txt", context)
    subject, _line, body = text.strip().partition("\n")
    return EmailMessage(subject, f"{body.strip()}\n", to=[to])


def tell_person(name: str, case: Case) -> None:
    """Mail the person when it is committed, where she reads mail; her page says everything anyway."""
    link = link_for(case)
    transaction.on_commit(lambda: _send(name, address_of(case), link, str(case.language)))


def link_for(case: Case) -> str:
    """Return the whole address that a mail carries: it opens this case alone, for some weeks."""
    return f"{settings.PUBLIC_URL}{link_of(case)}"


def tell_staff(name: str, people: Iterable[User]) -> None:
    """Mail people of the city when it is committed; their list says everything anyway."""
    addresses = sorted({person.email for person in people if person.is_active})
    link = f"{settings.PUBLIC_URL}{reverse('consultations:desk')}"

    def send() -> None:
        for address in addresses:
            _send(name, address, link)

    transaction.on_commit(send)


def address_of(case: Case) -> str:
    """Return where a person reads mail: her confirmed address, or that of her account; else nothing."""
    if case.email:
        return own(case).read(case, "email")
    return case.person.email if case.person and case.person.is_active else ""


def _send(name: str, address: str, link: str, language: str = "") -> None:
    """Send one mail. What it tells of is done already, so a mail server that is down undoes nothing."""
    if not address:
        return
    try:
        deliver(letter(name, address, language, link=link), purpose=Purpose.NOTICE)
    except MailUnavailable:
        return
