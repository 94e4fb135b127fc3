"""Joining, changing one's settings, the demo's doors, and forgetting who never confirmed an address."""

from typing import TypedDict, Unpack

from allauth.account.models import EmailAddress
from django.conf import settings
from django.contrib.sessions.backends.base import SessionBase
from django.core import signing
from django.db import transaction
from django.db.models import Exists, OuterRef
from django.urls import reverse
from django.utils import timezone

from wanowa.kernel.actors import Actor
from wanowa.people.models import Session, User
from wanowa.people.rules import UNCONFIRMED_LIFETIME
from wanowa.people.verbs import JOINED
from wanowa.record.services import records, write

_DEMO = "people.demo"


class Settings(TypedDict, total=False):
    """What a person chooses about themselves."""

    name: str
    reading: str
    language: str
    text_size: str
    theme: str
    reduced_motion: bool


@records(JOINED)
def join(person: User, *, by: Actor) -> User:
    """Make `person` (saved or not) a person with a confirmed address, and record it.

    Unsaved persons must be valid (`full_clean` is called): ValidationError otherwise.
    """
    if person.pk is None:
        person.email = person.email.strip().lower()
        person.set_unusable_password()
        person.full_clean()
        person.save()
    EmailAddress.objects.update_or_create(
        user=person, email=person.email, defaults={"verified": True, "primary": True}
    )
    write(JOINED, person, by=Actor(person=person.pk) if by.person is None else by)
    return person


def change_settings(person: User, *, by: Actor, **chosen: Unpack[Settings]) -> User:
    """Keep what the person chose. Only the person may: Forbidden. Not recorded: it concerns nobody else."""
    if by.required_person != person.pk:
        raise PermissionError("settings belong to the person")
    for name, value in chosen.items():
        setattr(person, name, value)
    person.full_clean()
    person.save(update_fields=[*chosen, "updated_at"])
    return person


def demo_link(person: User) -> str:
    """Return the address under which this computer's visitor can become `person`; it works only in the demo."""
    return reverse("people:demo", kwargs={"token": signing.dumps(person.pk, salt=_DEMO)})


def demo_person(token: str) -> User | None:
    """Return the person a demo link leads to; nobody when the link is wrong or this is no demo. ≤ 1 query."""
    if not settings.DEMO:
        return None
    try:
        return User.objects.filter(pk=signing.loads(token, salt=_DEMO), is_active=True).first()
    except signing.BadSignature:
        return None


def end_sessions(person: User, *, except_for: SessionBase | None = None) -> int:
    """Sign `person` out everywhere (except in one browser). Returns how many sessions ended."""
    theirs = Session.objects.filter(person=person.pk)
    if except_for is not None:
        theirs = theirs.exclude(session_key=except_for.session_key)
    return theirs.delete()[0]


@transaction.atomic
def forget_unconfirmed() -> int:
    """Delete sign-ups whose address nobody confirmed within a day, so that nobody can reserve an address.

    Returns how many. They have no entry on record: the record begins with the confirmation.
    """
    confirmed = EmailAddress.objects.filter(user=OuterRef("pk"), verified=True)
    stale = User.objects.filter(
        ~Exists(confirmed),
        created_at__lt=timezone.now() - UNCONFIRMED_LIFETIME,
        last_login__isnull=True,
        erased_at__isnull=True,
        is_staff=False,
        is_coordinator=False,
    )
    count = stale.count()
    stale.delete()
    return count
