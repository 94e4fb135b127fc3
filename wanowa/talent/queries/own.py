"""What a person sees of herself: everything she told, who may see it, who read it, and what was asked of her."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from wanowa.people.models import User
from wanowa.talent.models import Access, Consent, Profile, Request
from wanowa.talent.queries.sight import Seen, said
from wanowa.talent.queries.vault import opened
from wanowa.talent.rules import SERVES, Field, Purpose, Tier, digest_of


def own_profile(person: int | None) -> Profile | None:
    """Return the profile of a person with an account. Costs one query, none for the public."""
    return None if person is None else Profile.objects.filter(person_id=person).first()


def everything(profile: Profile) -> Seen:
    """Return all that the person told: for her own page, her export and the paper she signs. No query."""
    return opened(profile, Field)


def current(profile: Profile, now: datetime | None = None) -> list[Consent]:
    """Return the consents that count now, whether or not she hides. Costs one query."""
    moment = now or timezone.now()
    found = Consent.objects.filter(
        profile=profile, withdrawn_at__isnull=True, given_at__lte=moment, expires_at__gt=moment
    )
    return [one for one in found.order_by("id") if one.text == digest_of(Purpose(one.purpose))]


def tiers_of(consents: Sequence[Consent]) -> dict[Field, Tier]:
    """Return how widely each field is seen by these consents. No query."""
    found = dict.fromkeys(Field, Tier.V0)
    steps = {purpose: tier for tier, purpose in SERVES.items()}
    for consent in consents:
        if (tier := steps.get(Purpose(consent.purpose))) is not None:
            field = Field(consent.field)
            found[field] = max(found[field], tier)
    return found


@dataclass(frozen=True, slots=True)
class Row:
    """One field on a person's own page."""

    field: Field
    value: str
    tier: Tier


def rows_of(profile: Profile, consents: Sequence[Consent]) -> list[Row]:
    """Return every field with what she told and who may see it. No query."""
    tiers = tiers_of(consents)
    told = dict(said(everything(profile)))
    return [Row(field, told.get(field, ""), tiers[field]) for field in Field]


@dataclass(frozen=True, slots=True)
class Reading:
    """One line of the log of reads: when, by whom in plain words, what, why."""

    at: datetime
    who: str
    what: str
    why: str


def readings_of(profile: Profile, limit: int = 50) -> list[Reading]:
    """Return who read what of a person, newest first; people of the city are named by their role. One query."""
    found = Access.objects.filter(profile=profile).select_related("party").order_by("-at", "-id")[:limit]
    return [
        Reading(
            one.at, reader_of(one), _("、").join(str(Field(field).label) for field in one.fields), one.purpose
        )
        for one in found
    ]


def reader_of(access: Access) -> str:
    """Return who read, as the person is told: a party by its name, the desk by its role. No query."""
    return access.party.name if access.party else _("協働推進員")


def requests_to(profile: Profile) -> QuerySet[Request]:
    """Return what was asked of a person and reached her, newest first, each with its party. Costs one query."""
    return (
        Request.objects.filter(profile=profile)
        .exclude(status="checking")
        .select_related("party")
        .order_by("-sent_at", "-id")
    )


def handed_over(profile: Profile) -> list[Consent]:
    """Return what was handed over and can still be read, each with its request and party. Costs one query."""
    found = Consent.objects.filter(
        profile=profile,
        purpose=Purpose.HANDOVER,
        withdrawn_at__isnull=True,
        expires_at__gt=timezone.now(),
    )
    return list(found.select_related("request__party").order_by("id"))


def export_of(person: User) -> dict[str, object]:
    """Return what the bank holds about a person, opened, for her export. Costs five queries."""
    profile = own_profile(person.pk)
    if profile is None:
        return {}
    return {
        "told": {field.value: value for field, value in everything(profile).items()},
        "consents": [
            {
                "purpose": one.purpose,
                "field": one.field,
                "channel": one.channel,
                "given_at": one.given_at.isoformat(),
                "expires_at": one.expires_at.isoformat(),
                "withdrawn_at": one.withdrawn_at.isoformat() if one.withdrawn_at else None,
            }
            for one in profile.consents.order_by("id")
        ],
        "read_by": [
            {"at": one.at.isoformat(), "who": one.who, "what": one.what, "why": one.why}
            for one in readings_of(profile, limit=10_000)
        ],
        "asked_by": [
            {
                "party": one.party.name,
                "at": one.sent_at.isoformat(),
                "purpose": one.purpose,
                "status": one.status,
                "messages": [message.body for message in one.messages.all()],
            }
            for one in requests_to(profile).prefetch_related("messages")
        ],
    }
