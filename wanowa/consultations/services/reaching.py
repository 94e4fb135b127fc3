"""How the desk reaches somebody: her address and number, shown to be hers; links that end; calls nobody answered."""

import secrets

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from wanowa.consultations.models import Case
from wanowa.consultations.queries import contact_print_of
from wanowa.consultations.rules import Status, checked_address, checked_contact
from wanowa.consultations.services.authority import held, locked, seal
from wanowa.consultations.services.letters import address_of, link_for
from wanowa.consultations.verbs import ADDRESS_CONFIRMED, CONTACT_CHANGED, NOT_REACHED
from wanowa.kernel.actors import Actor
from wanowa.kernel.errors import Refused
from wanowa.people.rules import Purpose
from wanowa.people.rules.receipts import mail_code
from wanowa.people.services import deliver, letter
from wanowa.record.services import records, write
from wanowa.record.services.unrecorded import unrecorded


@unrecorded("as long as the address is not confirmed, nobody is written to")
def send_code(*, email: str) -> str:
    """Mail a code to an address and return it. Nothing is stored. Raises Invalid, Refused, MailUnavailable (503)."""
    code = mail_code(secrets.randbelow)
    message = letter("consultations/mail/code.txt", checked_address(email), {"code": code})
    if not deliver(message, purpose=Purpose.CONFIRM):
        raise Refused(_("このアドレスには、今日はもう送れません。受付番号とあいことばで見られます。"))
    return code


@records(ADDRESS_CONFIRMED)
def confirm_address(case: Case, *, email: str, shown: bool = True, by: Actor) -> Case:
    """Write to this address from now on. Links to the address of before open nothing any more.

    `shown`: its owner typed the code. Else she only said it to who wrote it down, and its first link asks for the
    words of the receipt, so that a typing error lets nobody in. Raises Invalid.
    """
    case = locked(case)
    address = checked_address(email)
    seal(case, case, email=address)
    case.contact_print = contact_print_of(address)
    case.email_confirmed_at = timezone.now() if shown else None
    case.save(update_fields=["email", "email_confirmed_at", "contact_print", "updated_at"])
    write(ADDRESS_CONFIRMED, case, by=by)
    return case


@unrecorded("that she came with link and words changes nothing but that the next link needs no words")
@transaction.atomic
def confirm_by_words(case: Case) -> None:
    """Note that whoever reads mail at the address of a case also knows the words of its receipt."""
    case = locked(case)
    if case.email and case.email_confirmed_at is None:
        case.email_confirmed_at = timezone.now()
        case.save(update_fields=["email_confirmed_at", "updated_at"])


@records(CONTACT_CHANGED)
def change_contact(case: Case, *, contact: str, by: Actor) -> Case:
    """Keep another telephone number of the person, or none: then no print of the old one stays. Raises Invalid."""
    case = locked(case)
    number = checked_contact(contact)
    seal(case, case, contact=number)
    case.contact_print = contact_print_of(number or (address_of(case) if case.email else ""))
    case.save(update_fields=["contact", "contact_print", "updated_at"])
    write(CONTACT_CHANGED, case, by=by)
    return case


@unrecorded("a mail to the address that is known already")
def send_link(case: Case) -> None:
    """Mail a new link to where the person reads mail, as often a day as codes. Raises Refused, MailUnavailable."""
    address = address_of(case)
    template, context = "consultations/mail/link.txt", {"link": link_for(case)}
    message = letter(template, address, context, language=str(case.language)) if address else None
    if message is None or not deliver(message, purpose=Purpose.CONFIRM):
        raise Refused(_("このアドレスには、今日はもう送れません。受付番号とあいことばで見られます。"))


@records(NOT_REACHED)
def note_unreached(case: Case, *, by: Actor) -> Case:
    """Write down that nobody answered the telephone, once a day; after a few times nobody calls any more.

    Raises Forbidden, Refused.
    """
    case, actor = held(case, by)
    if case.status != Status.CLOSED or case.asked_at is None or case.helped:
        raise Refused(_("いまは、電話でようすを聞くときではありません。ページをひらき直してください。"))
    if case.called_at and timezone.localdate(case.called_at) == timezone.localdate():
        raise Refused(_("きょうの電話は、もう書きとめました。べつの日に、もう一度かけてください。"))
    case.calls, case.called_at = case.calls + 1, timezone.now()
    case.save(update_fields=["calls", "called_at", "updated_at"])
    write(NOT_REACHED, case, by=actor, tries=case.calls)
    return case
