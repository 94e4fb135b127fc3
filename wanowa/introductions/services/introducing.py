"""Bringing two parties before each other, taking it back, and letting it lapse in silence."""

from datetime import date, timedelta

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from wanowa.exchange.models import Listing
from wanowa.exchange.rules import Side as ListingSide
from wanowa.introductions import queries
from wanowa.introductions.models import Introduction, Side
from wanowa.introductions.rules import (
    ANSWER_DAYS,
    LIFECYCLE,
    Given,
    Move,
    Origin,
    Status,
    due_on,
    is_over,
)
from wanowa.introductions.services.authority import taken
from wanowa.introductions.services.giving import forget_given, say_yes
from wanowa.introductions.verbs import ASKED, LAPSED, WITHDRAWN
from wanowa.kernel.actors import SYSTEM, Actor
from wanowa.kernel.errors import Forbidden, Invalid, Refused
from wanowa.parties.models import Party
from wanowa.parties.queries import answerable, require
from wanowa.parties.rules import WRITES
from wanowa.people.queries import least_busy
from wanowa.record.services import records, write
from wanowa.talent.queries import is_frozen
from wanowa.talent.services.authority import require_coordinator

NOTHING = Given()


@records(ASKED)
def introduce(
    *,
    first: Party,
    second: Party,
    purpose: str,
    hope: str = "",
    dates: str = "",
    need: Listing | None = None,
    offer: Listing | None = None,
    origin: str,
    given: Given = NOTHING,
    until: date | None = None,
    demonstration: bool = False,
    by: Actor,
) -> Introduction:
    """Ask two parties whether they want to meet: a coordinator asks both, the first party asks the second.

    `origin` is an `Origin`. A party that asks has said yes, and chooses what it gives until a day. Raises Invalid,
    Forbidden, and Refused while the pair is under way, has to wait, or the asking party was stopped.
    """
    by_desk = by.party is None
    if by_desk:
        require_coordinator(by)
    elif by.party != first.pk:
        raise Forbidden(_("引き合わせをたのめるのは、たのむ主体の代表か担当の人です。"))
    _check(first, second, purpose, need, offer, origin)
    given.check(until, timezone.localdate())
    _lock(first, second)
    if not by_desk:
        require(by, WRITES)
        if is_frozen(first.pk):
            raise Refused(_("いま、この主体からは引き合わせをたのめません。協働推進員に相談してください。"))
    for old in queries.overdue_of(first.pk, second.pk):
        lapse(old, by=SYSTEM)
    if (hindrance := queries.hinders(first.pk, second.pk, by_desk=by_desk)) is not None:
        raise Refused(hindrance)
    today = timezone.localdate()
    answer_by = today + timedelta(days=ANSWER_DAYS)
    owner = by.person if by_desk else getattr(least_busy(queries.open_for()), "pk", None)
    status = Status.ASKED if by_desk else Status.HALF
    try:
        with transaction.atomic():
            introduction = Introduction.objects.create(
                first=first,
                second=second,
                person_id=by.required_person,
                by_desk=by_desk,
                origin=origin,
                owner_id=owner,
                purpose=purpose.strip(),
                hope=hope.strip(),
                dates=dates.strip(),
                need=need,
                offer=offer,
                status=status,
                asked_on=today,
                answer_by=answer_by,
                due=due_on(status, answer_by=answer_by, since=today, trial_on=None),
                demonstration=demonstration,
            )
    except IntegrityError:
        raise Refused(
            _("この2つの主体の引き合わせは、いま進んでいます。マイページを見てください。")
        ) from None
    sides = [
        Side.objects.create(introduction=introduction, party=party, asked=by_desk or party == second)
        for party in (first, second)
    ]
    write(ASKED, introduction, by=by, first=first.pk, second=second.pk, origin=origin, answer_by=answer_by)
    if not by_desk:
        say_yes(sides[0], given, until, by=by)
    return introduction


def _check(
    first: Party, second: Party, purpose: str, need: Listing | None, offer: Listing | None, origin: str
) -> None:
    if origin not in Origin.values:
        raise Invalid(_("どこから始めたのかが、わかりません。ページをひらき直してください。"))
    if first.pk == second.pk:
        raise Invalid(_("ちがう2つの主体をえらんでください。"))
    if not purpose.strip():
        raise Invalid(_("会いたいわけを書いてください。相手が読みます。"))
    if answerable().filter(pk__in=[first.pk, second.pk]).count() != 2:
        raise Invalid(_("いまは答えられない主体があります。えらびなおしてください。"))
    named = [
        (listing, side) for listing, side in ((need, ListingSide.NEED), (offer, ListingSide.OFFER)) if listing
    ]
    if any(one.party_id not in {first.pk, second.pk} or one.side != side for one, side in named):
        raise Invalid(_("この2つの主体がのせたものを、えらんでください。"))


def _lock(first: Party, second: Party) -> None:
    """Let introductions of one pair happen in turn, whichever side asks."""
    pair = sorted([first.pk, second.pk])
    list(Party.objects.select_for_update(no_key=True).filter(pk__in=pair).order_by("pk"))


@records(WITHDRAWN)
def withdraw(introduction: Introduction, *, by: Actor) -> Introduction:
    """Take an introduction back while an answer is awaited: who asked. Raises Forbidden, Refused."""
    introduction = taken(introduction, Move.WITHDRAW, by)
    if is_over(introduction.answer_by, timezone.localdate()):
        raise Refused(_("返事の期限がすぎました。何もしなくてだいじょうぶです。"))
    return _over(introduction, Move.WITHDRAW, by)


@records(LAPSED)
def lapse(introduction: Introduction, *, by: Actor) -> Introduction:
    """Close what was not answered by both with a yes; by the clock. A no inside looks like silence. Refused."""
    introduction = queries.locked(introduction)
    if not is_over(introduction.answer_by, timezone.localdate()):
        raise Refused("not due yet")
    return _over(introduction, Move.LAPSE, by)


def _over(introduction: Introduction, move: Move, by: Actor) -> Introduction:
    introduction.status = LIFECYCLE.after(Status(introduction.status), move)
    introduction.ended_on, introduction.due, introduction.next_action = timezone.localdate(), None, ""
    introduction.save()
    for side in queries.sides_of(introduction).values():
        forget_given(side)
    write(WITHDRAWN if move is Move.WITHDRAW else LAPSED, introduction, by=by)
    return introduction
