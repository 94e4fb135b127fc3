"""Reading rounds: everybody sees that one is held, the table sees who has sealed, nobody what, until all see it."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime

from django.db.models import QuerySet
from django.utils import timezone

from wanowa.collaborations.models import Collaboration
from wanowa.evaluations.models import Agreement, Evaluation, Round, Writer, Yardstick
from wanowa.evaluations.rules import RUNNING, Answer, Question, Status, answers_in
from wanowa.kernel.rows import only
from wanowa.parties.queries import PartyName, names


@dataclass(frozen=True, slots=True)
class Side:
    """What one party answered, as everybody at the table may read it after the reveal."""

    party: PartyName
    answers: Mapping[str, Answer]
    """By the key of the question; empty when it is missing or erased."""
    sealed_at: datetime | None
    """None: 未提出. It cannot be handed in afterwards."""
    forgotten: bool = False
    """The words were erased at the person's own wish."""

    @property
    def missing(self) -> bool:
        """Whether this party sealed nothing in time."""
        return self.sealed_at is None


@dataclass(frozen=True, slots=True)
class Revealed:
    """A round whose envelopes are open: what was asked, and the sides in the order of their party ids."""

    round: Round
    questions: tuple[Question, ...]
    sides: tuple[Side, ...]


@dataclass(frozen=True, slots=True)
class Segment:
    """One party's part of the ring of a round: filled when it has agreed, or sealed."""

    party: int
    name: str
    kind: str
    slug: str
    given: bool


def ring_of(found: Round, done: Collection[int]) -> list[Segment]:
    """Return the ring of a round; `done` are the parties whose segment is filled. Costs one query."""
    called = names(found.concerned)
    return [
        Segment(party, called[party].name, called[party].kind, called[party].slug, party in done)
        for party in found.concerned
    ]


def is_late(found: Round) -> bool:
    """Whether the last day of a round is over in Japan. No query."""
    return timezone.localdate() > found.deadline


def revealed(found: Round) -> Revealed | None:
    """Return what all sides answered; None before the reveal, whoever asks. Costs two queries.

    Whether this reader may see it is `may_read`: before the publication only the table.
    """
    if not found.is_told:
        return None
    handed_in = {one.party_id: one for one in Evaluation.objects.filter(round=found)}
    called = names(found.concerned)
    sides = []
    for party in sorted(found.concerned):
        one = handed_in.get(party)
        sides.append(
            Side(
                party=called[party],
                answers=answers_in(one.content) if one and one.content else {},
                sealed_at=one.sealed_at if one else None,
                forgotten=bool(one and one.forgotten_at),
            )
        )
    return Revealed(found, found.asked, tuple(sides))


def may_read(found: Round, mine: Collection[int]) -> bool:
    """Whether a reader who belongs to the parties `mine` may read the answers of a round. No query."""
    if found.status == Status.PUBLISHED:
        return True
    return found.is_told and not set(found.concerned).isdisjoint(mine)


def rounds_of(collaboration: Collaboration) -> QuerySet[Round]:
    """Return the rounds of a collaboration, newest first. Costs one query."""
    return Round.objects.filter(collaboration=collaboration).select_related("proposed_by").order_by("-number")


def round_at(collaboration: Collaboration, number: int) -> Round | None:
    """Return one round by its number. Costs one query."""
    found = only(rounds_of(collaboration).filter(number=number))
    if found is not None:
        found.collaboration = collaboration
    return found


def running_round(collaboration: Collaboration) -> Round | None:
    """Return the round that awaits agreement or is being filled in. Costs one query."""
    return Round.objects.filter(collaboration=collaboration, status__in=RUNNING).first()


def yardstick_of(collaboration: Collaboration) -> Yardstick | None:
    """Return the criteria a collaboration keeps. Costs one query."""
    return Yardstick.objects.filter(collaboration=collaboration).first()


def agreed_in(found: Round) -> frozenset[int]:
    """Return the parties that agreed to how a round goes. Costs one query."""
    return frozenset(Agreement.objects.filter(round=found).values_list("party_id", flat=True))


def sealed_in(found: Round) -> dict[int, datetime]:
    """Return which parties have sealed, and when: all that anybody learns before the reveal. Costs one query."""
    return dict(Evaluation.objects.filter(round=found).values_list("party_id", "sealed_at"))


def writer_in(found: Round, person: int | None) -> int | None:
    """Return the party for which a person writes in a round, once it is settled. Costs one query."""
    return Writer.objects.filter(round=found, person=person).values_list("party_id", flat=True).first()


def overdue_rounds() -> QuerySet[Round]:
    """Return the open rounds whose last day is over. Costs one query."""
    return Round.objects.filter(status=Status.OPEN, deadline__lt=timezone.localdate()).order_by("id")
