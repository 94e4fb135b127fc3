"""Giving and withdrawing consent, and the index of what can be found, always in the same transaction."""

from collections.abc import Iterable, Mapping
from datetime import datetime

from django.utils import timezone

from wanowa.kernel.actors import Actor
from wanowa.record.services import write
from wanowa.record.services.unrecorded import unrecorded
from wanowa.talent.models import Consent, Listing, Profile, Request
from wanowa.talent.queries import Viewer, fields_shown, opened
from wanowa.talent.rules import (
    HIGHEST,
    LASTS,
    SERVES,
    Channel,
    Field,
    Purpose,
    Tier,
    digest_of,
    purposes_for,
)
from wanowa.talent.services.authority import writer
from wanowa.talent.verbs import GIVEN, WITHDRAWN

ANYBODY = Viewer(frozenset(SERVES.values()))
"""Every class of viewer at once: what none of them may see has no place in the index."""


def settle_consents(
    profile: Profile, tiers: Mapping[Field, Tier], *, may_call: bool, channel: Channel, by: Actor
) -> None:
    """Give what the chosen tiers lack and withdraw what goes beyond them; the caller holds the profile.

    A consent to an older text is withdrawn and given anew. Writes an entry for every change.
    """
    wanted = {
        (purpose, field)
        for field, tier in tiers.items()
        if field in HIGHEST
        for purpose in purposes_for(tier)
    }
    if may_call:
        wanted.add((Purpose.CALL, Field.CONTACT))
    now = timezone.now()
    kept: set[tuple[Purpose, Field]] = set()
    standing = profile.consents.filter(withdrawn_at__isnull=True).exclude(purpose=Purpose.HANDOVER)
    for consent in standing.order_by("id"):
        what = (Purpose(consent.purpose), Field(consent.field))
        if what in wanted and consent.text == digest_of(what[0]) and consent.expires_at > now:
            kept.add(what)
        else:
            withdraw_one(consent, now, channel=channel, by=by)
    for purpose, field in sorted(wanted - kept):
        give_one(profile, purpose, field, until=now + LASTS, channel=channel, by=by)


def give_one(
    profile: Profile,
    purpose: Purpose,
    field: Field,
    *,
    until: datetime,
    channel: Channel,
    request: Request | None = None,
    by: Actor,
) -> Consent:
    """Add one consent to today's text and record it."""
    consent = Consent.objects.create(
        profile=profile,
        purpose=purpose,
        field=field,
        text=digest_of(purpose),
        request=request,
        channel=channel,
        entered_by_id=writer(channel, by),
        given_at=timezone.now(),
        expires_at=until,
    )
    write(GIVEN, profile, by=by, purpose=purpose, field=field, channel=channel, text=consent.text)
    return consent


def withdraw_one(consent: Consent, now: datetime, *, channel: Channel, by: Actor) -> None:
    """Withdraw one consent: from this moment on nobody reads by it."""
    consent.withdrawn_at = now
    consent.save(update_fields=["withdrawn_at"])
    write(
        WITHDRAWN,
        consent.profile,
        by=by,
        purpose=Purpose(consent.purpose),
        field=Field(consent.field),
        channel=channel,
    )


def withdraw_all(consents: Iterable[Consent], *, channel: Channel, by: Actor) -> None:
    """Withdraw every one of these."""
    now = timezone.now()
    for consent in consents:
        withdraw_one(consent, now, channel=channel, by=by)


@unrecorded("an index of what consents say; the consents are recorded")
def refresh(profile: Profile) -> None:
    """Make the index say what anybody may search of a person now, or nothing at all. Costs three queries."""
    shown = fields_shown([profile], ANYBODY)[profile.pk]
    if Field.SKILLS not in shown:
        Listing.objects.filter(profile=profile).delete()
        return
    values = opened(profile, {Field.SKILLS, Field.AREA, Field.TIMES, Field.REWARD} & shown)
    Listing.objects.update_or_create(
        profile=profile,
        defaults={
            "skills": values.get(Field.SKILLS, "").split(","),
            "area": values.get(Field.AREA, ""),
            "times": [key for key in values.get(Field.TIMES, "").split(",") if key],
            "reward": values.get(Field.REWARD, ""),
        },
    )
