"""The one door: what a viewer may see of people at this second. Every page, list and file asks here."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Q, QuerySet
from django.utils import timezone
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext as _

from wanowa.guideline.queries import pack
from wanowa.talent.models import Consent, Profile
from wanowa.talent.queries.vault import opened
from wanowa.talent.rules import AgeBand, Field, Method, Purpose, Reward, Skills, Times, digest_of, skills_of

type Seen = dict[Field, str]
"""Values as they are kept; `said` makes them readable."""


@dataclass(frozen=True, slots=True)
class Viewer:
    """For what somebody looks: the purposes that her class serves, and the request whose handover she reads."""

    purposes: frozenset[Purpose]
    request: int | None = None


DESK = Viewer(frozenset({Purpose.DESK}))
CALLER = Viewer(frozenset({Purpose.DESK, Purpose.CALL}))
"""A coordinator who passes a request on."""
PARTY = Viewer(frozenset({Purpose.PARTIES}))
PUBLIC = Viewer(frozenset({Purpose.PUBLIC}))


def receiver_of(request: int) -> Viewer:
    """Return the viewer who reads what was handed over to one request."""
    return Viewer(frozenset({Purpose.HANDOVER}), request)


def live(viewer: Viewer, now: datetime) -> QuerySet[Consent]:
    """Return the consents that count for a viewer at a moment, of people who hide nothing. Costs one query.

    To today's text, neither withdrawn nor expired; nobody hidden, nobody whose yearly confirmation is due, and
    of minors only what the desk needs.
    """
    return Consent.objects.filter(
        Q(purpose=Purpose.HANDOVER, request_id=viewer.request) | ~Q(purpose=Purpose.HANDOVER),
        Q(profile__is_minor=False) | Q(purpose__in=[Purpose.DESK, Purpose.CALL]),
        purpose__in=viewer.purposes,
        text__in=[digest_of(purpose) for purpose in viewer.purposes],
        given_at__lte=now,
        expires_at__gt=now,
        withdrawn_at__isnull=True,
        profile__hidden_at__isnull=True,
        profile__overdue_at__isnull=True,
        profile__confirm_by__gte=timezone.localdate(now),
    )


def fields_shown(
    profiles: Collection[Profile], viewer: Viewer, now: datetime | None = None
) -> dict[int, frozenset[Field]]:
    """Return which fields of each profile (id) a viewer may see now. Costs one query for all of them."""
    found: dict[int, set[Field]] = {profile.pk: set() for profile in profiles}
    rows = live(viewer, now or timezone.now()).filter(profile__in=list(found))
    for pk, field in rows.values_list("profile_id", "field"):
        found[pk].add(Field(field))
    if Purpose.DESK not in viewer.purposes:
        for profile in profiles:
            if profile.reviewed_at is None:
                found[profile.pk].discard(Field.EXPERIENCE)
    return {pk: frozenset(fields) for pk, fields in found.items()}


def seen(profiles: Iterable[Profile], viewer: Viewer, now: datetime | None = None) -> dict[int, Seen]:
    """Return what a viewer may read of each profile now, opened. Costs one query, and one key file a profile."""
    wanted = list(profiles)
    shown = fields_shown(wanted, viewer, now)
    return {profile.pk: opened(profile, shown[profile.pk]) for profile in wanted}


def pseudonym(profile: int, party: int | None) -> str:
    """Return what a party calls a person: eight digits that no other party shares. No query."""
    digest = salted_hmac("talent.pseudonym", f"{party}/{profile}", algorithm="sha256").digest()
    digits = f"{int.from_bytes(digest[:8]) % 10**8:08d}"
    return f"{digits[:4]}-{digits[4:]}"


def taxonomy() -> Skills:
    """Return the skills and blocks of the city's pack. No query."""
    return skills_of(pack().skills)


def said(values: Seen) -> list[tuple[Field, str]]:
    """Return values as people read them, in the order of the fields. No query."""
    return [(field, _said(field, values[field])) for field in Field if values.get(field)]


def _said(field: Field, value: str) -> str:
    known = taxonomy()
    match field:
        case Field.SKILLS:
            return _("、").join(known.labels(value.split(",")))
        case Field.TIMES:
            return _("、").join(str(Times(key).label) for key in value.split(","))
        case Field.AREA:
            return known.block_label(value)
        case Field.REWARD:
            return str(Reward(value).label)
        case Field.AGE_BAND:
            return str(AgeBand(value).label)
        case Field.METHOD:
            return str(Method(value).label)
        case _:
            return value
