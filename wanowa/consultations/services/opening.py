"""A worry comes to the desk, and belongs to somebody by name in the same moment; the ways back to it."""

import hashlib
import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext as _

from wanowa.consultations.models import Case
from wanowa.consultations.queries import contact_print_of, practice, prints_of, reader_of
from wanowa.consultations.rules import (
    BY_HAND,
    CROWD,
    TRIES,
    TRIES_MINUTES,
    Channel,
    Due,
    Told,
)
from wanowa.consultations.services.authority import add_sealed, desk, due_in, held, locked
from wanowa.consultations.services.keeping import keep_files
from wanowa.consultations.services.letters import tell_staff
from wanowa.consultations.verbs import OPENED, PASSPHRASE_CHANGED
from wanowa.kernel import keyrings
from wanowa.kernel.actors import Actor
from wanowa.kernel.errors import Forbidden, Refused
from wanowa.kernel.files import Accepted
from wanowa.people.rules.receipts import passphrase, plain_words, receipt_number
from wanowa.record.services import records, write
from wanowa.record.services.unrecorded import unrecorded

_COST = {"n": 2**14, "r": 8, "p": 1}


@dataclass(frozen=True, slots=True)
class Receipt:
    """A case that was just opened, and the passphrase, which is said once and kept nowhere."""

    case: Case
    passphrase: str


@records(OPENED)
def open_case(
    told: Told,
    *,
    channel: Channel = Channel.WEB,
    consented: bool = False,
    files: Sequence[Accepted] = (),
    demonstration: bool = False,
    by: Actor,
) -> Receipt:
    """Take a worry in, sealed, and give it at once to the coordinator on duty.

    On the counter and on the telephone somebody of the city (`by`) writes down what she is told, with consent. Raises
    Invalid, Forbidden, Refused while the desk has nobody, Unopened when there can be no key.
    """
    if channel in BY_HAND:
        _require_staff(by)
    told.check(frozenset(one.key for one in practice().categories), channel=channel, consented=consented)
    if by.person is None and not demonstration:
        _refuse_a_crowd()
    words, now, owner = passphrase(secrets.randbelow), timezone.now(), desk()
    case = Case(
        key=keyrings.make(),
        passphrase=_hashed(words),
        person_id=None if channel in BY_HAND else by.person,
        language=told.language,
        channel=channel,
        entered_by_id=by.person if channel in BY_HAND else None,
        consented_at=now if consented else None,
        category=told.category,
        owner=owner,
        owned_since=now,
        prints=prints_of(told.text),
        contact_print=contact_print_of(told.contact),
        demonstration=demonstration,
    )
    due_in(case, Due.FIRST_ANSWER)
    _numbered(case, told)
    keep_files(case, files)
    write(
        OPENED,
        case,
        by=by,
        channel=channel,
        due=case.due_on,
        files=len(files),
        personal={"owner": str(owner.pk)},
    )
    tell_staff("waits", [owner])
    return Receipt(case, words)


def _require_staff(by: Actor) -> None:
    if reader_of(by.required_person) is None:
        raise Forbidden(_("窓口と電話の相談は、協働推進員か、市の課の人が書きとめます。"))


def _refuse_a_crowd() -> None:
    """Raise Refused when a machine seems to fill the desk: people with an account and at the counter still come in."""
    hour = timezone.now() - timedelta(hours=1)
    lately = Case.objects.filter(person__isnull=True, entered_by__isnull=True, created_at__gt=hour)
    if lately.count() >= CROWD:
        raise Refused(_("いま、とても混んでいます。少し待って送るか、サインインして送ってください。"))


def _numbered(case: Case, told: Told) -> None:
    """Save the case under a number that nobody has, drawn anew in the rare case that somebody does."""
    for attempt in range(5):
        case.number = receipt_number(secrets.randbelow)
        try:
            with transaction.atomic():
                add_sealed(case, case, text=told.text, name=told.name, contact=told.contact)
                return
        except IntegrityError:
            if attempt == 4 or not Case.objects.filter(number=case.number).exists():
                keyrings.destroy(case.key)
                raise


@unrecorded("knocking at one's own case changes nothing but the count of wrong tries")
@transaction.atomic
def knock(case: Case | None, typed: str) -> bool:
    """Tell whether a passphrase opens a case; after five wrong ones its number rests for 15 minutes.

    A number that does not exist costs the same work and gets the same answer.
    """
    given = plain_words(typed)
    if case is None:
        _matches(given, _hashed(given))
        return False
    case = locked(case)
    now = timezone.now()
    rests = case.tried_at is not None and case.tried_at > now - timedelta(minutes=TRIES_MINUTES)
    tries = case.tries if rests else 0
    if tries >= TRIES:
        return False
    right = _matches(given, case.passphrase)
    case.tries, case.tried_at = (0, None) if right else (tries + 1, now)
    case.save(update_fields=["tries", "tried_at"])
    return right


@records(PASSPHRASE_CHANGED)
def change_passphrase(case: Case, *, by: Actor) -> Receipt:
    """Make a new passphrase for somebody who lost hers, by who holds the case and knows her. Forbidden."""
    case, actor = held(case, by)
    words = passphrase(secrets.randbelow)
    case.passphrase, case.tries, case.tried_at = _hashed(words), 0, None
    case.save(update_fields=["passphrase", "tries", "tried_at", "updated_at"])
    write(PASSPHRASE_CHANGED, case, by=actor)
    return Receipt(case, words)


def _hashed(words: str, salt: str = "") -> str:
    """Return salt and hash: scrypt of what our secret makes of the words, so the table alone gives nothing away."""
    salt = salt or secrets.token_hex(16)
    peppered = salted_hmac("consultations.passphrase", plain_words(words), algorithm="sha256").digest()
    return f"{salt}${hashlib.scrypt(peppered, salt=bytes.fromhex(salt), **_COST).hex()}"


def _matches(typed: str, kept: str) -> bool:
    return secrets.compare_digest(_hashed(typed, kept.partition("$")[0]), kept)
