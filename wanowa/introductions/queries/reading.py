"""Reading one introduction and those of some parties: who stands how before it, and what each may see of it."""

from collections.abc import Collection
from dataclasses import dataclass

from django.db.models import Exists, OuterRef, Q
from django.utils import timezone

from wanowa.introductions.models import Introduction, Remark, Side
from wanowa.introductions.rules import OPEN, WAITING, Status, Who, as_seen
from wanowa.kernel.rows import only
from wanowa.parties.models import Party

_ROWS = ("first", "second", "owner", "need", "offer", "collaboration")


def locked(introduction: Introduction) -> Introduction:
    """Return the row, fresh and locked until commit: what happens to one introduction happens in turn."""
    found = Introduction.objects.select_for_update(of=("self",)).select_related("first", "second")
    return found.get(pk=introduction.pk)


def introduction_at(pk: int, mine: Collection[int], *, desk: bool) -> Introduction | None:
    """Return an introduction to its two sides and to coordinators; for all others there is none. Costs one query."""
    found = only(Introduction.objects.filter(pk=pk).select_related(*_ROWS))
    if found is None or not (desk or {found.first_id, found.second_id} & set(mine)):
        return None
    return found


def sides_of(introduction: Introduction) -> dict[int, Side]:
    """Return the two sides by their parties. Costs one query."""
    return {side.party_id: side for side in Side.objects.filter(introduction=introduction).order_by("id")}


def roles_of(introduction: Introduction, party: int | None, *, desk: bool) -> frozenset[Who]:
    """Return as what somebody stands who acts for a party, or for the desk. No query."""
    roles = set()
    if party in {introduction.first_id, introduction.second_id}:
        asking = not introduction.by_desk and party == introduction.first_id
        roles |= {Who.SIDE, Who.MAKER if asking else Who.ASKED}
    if desk:
        roles |= {Who.DESK, *([Who.MAKER] if introduction.by_desk else [])}
    return frozenset(roles)


@dataclass(frozen=True, slots=True)
class Shown:
    """An introduction as one side reads it."""

    introduction: Introduction
    other: Party
    status: Status
    mine: Side

    @property
    def awaits(self) -> bool:
        """Whether this side has still to answer."""
        return self.status is Status.ASKED and not self.mine.reply


def shown(introduction: Introduction, mine: Side) -> Shown:
    """Return what a side sees of it: never what the other has said, before both have. No query."""
    other = introduction.second if mine.party_id == introduction.first_id else introduction.first
    status = as_seen(Status(introduction.status), introduction.answer_by, timezone.localdate())
    return Shown(introduction, other, status, mine)


def introductions_of(parties: Collection[int]) -> list[Shown]:
    """Return the introductions of these parties: those to answer, those that go on, the newest. Costs one query."""
    if not parties:
        return []
    found = Side.objects.filter(party__in=parties).select_related(
        "introduction__first", "introduction__second"
    )
    told = [shown(one.introduction, one) for one in found.order_by("-introduction_id", "id")]
    return sorted(told, key=lambda one: (not one.awaits, one.status not in OPEN))


def waiting_for(parties: Collection[int]) -> list[Shown]:
    """Return the introductions that wait for a word of these parties, oldest first. Costs one query.

    A word is an answer, or how it went on after four weeks.
    """
    if not parties:
        return []
    told = Remark.objects.filter(side=OuterRef("pk"), kind=Remark.Kind.AFTERWARDS)
    answers = Q(
        reply="",
        introduction__status__in=sorted(WAITING),
        introduction__answer_by__gte=timezone.localdate(),
    )
    afterwards = Q(introduction__followed_up_at__isnull=False) & ~Q(Exists(told))
    found = Side.objects.filter(answers | afterwards, party__in=parties)
    found = found.select_related("introduction__first", "introduction__second").order_by("introduction_id")
    return [shown(one.introduction, one) for one in found]
