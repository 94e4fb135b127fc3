"""Mails of the desk: a link and a sentence that says nothing of anybody's worry (T23)."""

from collections.abc import Iterable

from django.conf import settings
from django.db import transaction
from django.urls import reverse

from wanowa.consultations.models import Case
from wanowa.consultations.queries import link_of, own
from wanowa.people.models import User
from wanowa.people.rules import MailUnavailable, Purpose
from wanowa.people.services import deliver, letter

LETTERS = ("code", "link", "moved", "closed", "follow_up", "read", "waits", "offered", "overtaken", "glass")
"""Every mail there is, a template of the name. Its context is links, codes and numbers of digits, never words."""


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
        message = letter(f"consultations/mail/{name}.txt", address, {"link": link}, language=language)
        deliver(message, purpose=Purpose.NOTICE)
    except MailUnavailable:
        return
