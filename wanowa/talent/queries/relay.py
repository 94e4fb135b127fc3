"""Reading requests: for the party that asked, for the person who was asked, and by the token of a mail."""

import hashlib
from collections.abc import Collection
from datetime import datetime

from django.db.models import QuerySet
from django.utils import timezone

from wanowa.kernel.rows import only
from wanowa.talent.models import Access, Freeze, Message, Profile, Request
from wanowa.talent.queries.sight import Seen, fields_shown, receiver_of, seen
from wanowa.talent.rules import BLOCKED_AFTER, Field, Shown, Status, shown_to_sender


def digest_of_token(token: str) -> str:
    """Return under which digest a token is kept: hexadecimal SHA-256."""
    return hashlib.sha256(token.encode()).hexdigest()


def by_token(token: str) -> Request | None:
    """Return the request that a token of a mail answers, while it can be answered. Costs one query."""
    return (
        Request.objects.filter(
            token_digest=digest_of_token(token), status=Status.SENT, expires_at__gt=timezone.now()
        )
        .select_related("party", "profile", "collaboration")
        .first()
    )


def request_of(pk: int, person: int | None, parties: Collection[int]) -> tuple[Request, bool] | None:
    """Return a request and whether the reader is who was asked; nothing for everybody else. Costs one query.

    Who was asked sees it from the moment it was passed on.
    """
    if person is None:
        return None
    found = only(Request.objects.filter(pk=pk).select_related("party", "profile", "collaboration"))
    if found is None:
        return None
    if found.profile.person_id == person and found.status != Status.CHECKING:
        return found, True
    return (found, False) if found.party_id in parties else None


def shown(request: Request, now: datetime | None = None) -> Shown:
    """Return how a request stands for its sender. No query."""
    return shown_to_sender(Status(request.status), request.expires_at, now or timezone.now())


def requests_from(parties: Collection[int]) -> QuerySet[Request]:
    """Return what parties have asked, newest first. Costs one query."""
    return Request.objects.filter(party__in=parties).select_related("party").order_by("-sent_at", "-id")


def said_about(request: Request) -> QuerySet[Message]:
    """Return what both sides said, oldest first. Costs one query."""
    return Message.objects.filter(request=request).order_by("said_at", "id")


def handed_fields(request: Request) -> frozenset[Field]:
    """Return what can be read now because the person handed it to this request. Costs one query."""
    return fields_shown([request.profile], receiver_of(request.pk))[request.profile_id]


def handed_values(request: Request, reader: int) -> Seen | None:
    """Return what was handed over to a reader who has opened it within the hour; None to others. ≤ three queries."""
    opened = Access.objects.filter(request=request, person_id=reader, until__gt=timezone.now())
    if not opened.exists():
        return None
    return seen([request.profile], receiver_of(request.pk))[request.profile_id]


def is_frozen(party: int) -> bool:
    """Tell whether a coordinator has stopped a party's requests. Costs one query."""
    return Freeze.objects.filter(party_id=party).exists()


def open_between(profile: Profile, party: int, now: datetime | None = None) -> bool:
    """Tell whether a party has asked a person and her days are not over. Costs one query.

    What was taken back still counts, so that nobody can be asked again and again.
    """
    moment = now or timezone.now()
    asked = Request.objects.filter(profile=profile, party_id=party, expires_at__gt=moment)
    return asked.exclude(status=Status.ACCEPTED).exists()


def is_blocked(profile: Profile, party: int, now: datetime | None = None) -> bool:
    """Tell whether a party has asked a person in vain too often. Costs one query.

    A no counts only when its days are over, like silence: else the block would tell one from the other.
    """
    moment = now or timezone.now()
    vain = Request.objects.filter(
        profile=profile,
        party_id=party,
        expires_at__lte=moment,
    ).exclude(status=Status.ACCEPTED)
    return vain.count() >= BLOCKED_AFTER


def to_mail() -> QuerySet[Request]:
    """Return the requests that wait to be mailed to somebody who reads mail, oldest first. Costs one query."""
    return (
        Request.objects.filter(status=Status.SENT, mailed_at__isnull=True, expires_at__gt=timezone.now())
        .select_related("profile__person", "party")
        .order_by("id")
    )


def lapsing() -> QuerySet[Request]:
    """Return the requests whose days are over and that still hold a place. Costs one query."""
    return Request.objects.filter(settled=False, expires_at__lte=timezone.now()).exclude(
        status=Status.ACCEPTED
    )
