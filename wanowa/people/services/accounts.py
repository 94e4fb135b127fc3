"""Joining, changing one's settings, and forgetting who never confirmed an address."""

from typing import TypedDict, Unpack

from allauth.account.models import EmailAddress
from django.db import transaction
from django.db.models import Exists, OuterRef
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from wanowa.kernel.actors import Actor
from wanowa.kernel.errors import Forbidden
from wanowa.people.models import User
from wanowa.people.rules import UNCONFIRMED_LIFETIME
from wanowa.people.verbs import JOINED
from wanowa.record.services import records, write
from wanowa.record.services.unrecorded import unrecorded


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


@unrecorded("how pages look for one person concerns nobody else")
def change_settings(person: User, *, by: Actor, **chosen: Unpack[Settings]) -> User:
    """Keep what the person chose. Only the person may: Forbidden. ValidationError for what cannot be."""
    if by.required_person != person.pk:
        raise Forbidden(_("本人だけが変えられます。自分の設定のページを開いてください。"))
    for name, value in chosen.items():
        setattr(person, name, value)
    person.full_clean()
    person.save(update_fields=[*chosen, "updated_at"])
    return person


@unrecorded("the record of a person begins when the address is confirmed")
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
