"""Who is around a collaboration, and what they wrote: seats, invitations, requests, versions, the room."""

from collections.abc import Collection, Iterable

from django.db.models import OuterRef, QuerySet, Subquery
from django.db.models.functions import Coalesce

from wanowa.collaborations.models import (
    Collaboration,
    Consent,
    Draft,
    JoinRequest,
    Message,
    Participation,
    ReadMark,
    Version,
)
from wanowa.collaborations.rules import Seat
from wanowa.parties.models import Party
from wanowa.parties.queries import answerable

SAID = (
    *("collaboration_id", "kind", "body", "created_at", "party_id", "party__name", "party__kind"),
    *("answers_id", "answers__body", "answers__kind", "question__status"),
    *("restatement__status", "restatement__clause", "restatement__text", "restatement__about_id"),
    "restatement__about__body",
)
"""What pages show of a message."""


def around(collaboration: Collaboration) -> frozenset[int]:
    """Return every party that may read the text in preparation: seated, invited, newcomer. Costs two queries."""
    inside = Participation.objects.filter(collaboration=collaboration, seat__in=(Seat.SEATED, Seat.INVITED))
    newcomer = Draft.objects.filter(collaboration=collaboration, newcomer__isnull=False)
    return frozenset(inside.values_list("party_id", flat=True)) | frozenset(
        newcomer.values_list("newcomer_id", flat=True)
    )


def seats_of(collaboration: Collaboration, also: Version | None = None) -> list[Participation]:
    """Return the seats in the order of sitting down, with their parties; with `also`, a seat for each newcomer.

    Costs one query, and one more when there is a newcomer.
    """
    seats = list(
        collaboration.participations.filter(seat__in=(Seat.SEATED, Seat.INVITED))
        .select_related("party")
        .order_by("id")
    )
    if also is None:
        return seats
    seats = [seat for seat in seats if seat.party_id in also.concerned]
    missing = set(also.concerned) - {seat.party_id for seat in seats}
    newcomers = Party.objects.filter(pk__in=missing).order_by("id") if missing else ()
    return seats + [
        Participation(collaboration=collaboration, party=party, seat=Seat.INVITED) for party in newcomers
    ]


def invited_among(seats: Iterable[Participation], mine: Collection[int]) -> list[Participation]:
    """Return the reader's own seats that wait for an answer to an invitation. No query."""
    return [seat for seat in seats if seat.seat == Seat.INVITED and seat.party_id in mine]


def inviteable(taken: Collection[int]) -> list[tuple[int, str]]:
    """Return the parties that can be invited, by reading: (id, name). Costs one query."""
    found = answerable().exclude(pk__in=taken).order_by("reading", "name")
    return list(found.values_list("pk", "name"))


def draft_of(collaboration: Collaboration) -> Draft | None:
    """Return the text in preparation. Costs one query."""
    return Draft.objects.filter(collaboration=collaboration).select_related("edited_by", "newcomer").first()


def requests_to(*collaborations: Collaboration) -> QuerySet[JoinRequest]:
    """Return the requests that wait for an answer. Costs one query."""
    return (
        JoinRequest.objects.filter(collaboration__in=collaborations, state=JoinRequest.State.WAITING)
        .select_related("party", "collaboration")
        .order_by("id")
    )


def in_force_before(version: Version) -> Version | None:
    """Return the version that was in force before this one. Costs one query."""
    return (
        Version.objects.filter(
            collaboration_id=version.collaboration_id, number__lt=version.number, in_force_at__isnull=False
        )
        .order_by("-number")
        .first()
    )


def version_before(version: Version) -> Version | None:
    """Return the version offered before this one, whatever became of it. Costs one query."""
    return (
        Version.objects.filter(collaboration_id=version.collaboration_id, number__lt=version.number)
        .order_by("-number")
        .first()
    )


def consents_to(version: Version) -> QuerySet[Consent]:
    """Return the living consents to a version, with their parties, in the order in which they came. One query."""
    return (
        version.consents.filter(withdrawn_at__isnull=True).select_related("party").order_by("given_at", "id")
    )


def messages_in(collaboration: Collaboration) -> QuerySet[Message]:
    """Return what was said, newest first. Costs two queries for a page of any length."""
    return (
        Message.objects.filter(collaboration=collaboration)
        .select_related("party", "answers", "question", "restatement__about")
        .only(*SAID)
        .prefetch_related("attachments")
        .order_by("-id")
    )


def question_in(collaboration: Collaboration, number: str) -> Message | None:
    """Return the question with this number in this room; None for anything else typed. Costs one query."""
    if not (number.isascii() and number.isdigit() and len(number) < 19):
        return None
    asked = Message.objects.filter(collaboration=collaboration, question__isnull=False, pk=int(number))
    return asked.select_related("party").first()


def read_marks(collaboration: Collaboration) -> list[tuple[str, int]]:
    """Return how far each party has read: (name, message). Costs one query."""
    return list(
        ReadMark.objects.filter(collaboration=collaboration)
        .order_by("party__reading")
        .values_list("party__name", "message")
    )


def unread(collaboration: Collaboration, mine: Collection[int]) -> int:
    """Return how many messages none of the reader's parties has read yet. Costs one query."""
    marks = ReadMark.objects.filter(collaboration=OuterRef("collaboration"), party__in=mine).order_by(
        "-message"
    )
    read = Coalesce(Subquery(marks.values("message")[:1]), 0)
    said = Message.objects.filter(collaboration=collaboration).exclude(party__in=mine)
    return said.filter(pk__gt=read).count()
