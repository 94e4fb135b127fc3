"""What happens by itself: silence ends, four weeks later both sides are asked, what is over is forgotten."""

from collections.abc import Callable, Iterable
from contextlib import suppress

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from wanowa.introductions import queries
from wanowa.introductions.models import Introduction, Remark, Side
from wanowa.introductions.rules import ENDED, TOGETHER
from wanowa.introductions.services.giving import forget_given
from wanowa.introductions.services.introducing import lapse
from wanowa.introductions.verbs import FOLLOWED_UP, FORGOTTEN, HANDED_OVER
from wanowa.kernel.actors import SYSTEM, Actor
from wanowa.kernel.errors import Refused
from wanowa.parties.models import Membership
from wanowa.parties.rules import ALONE
from wanowa.people.models import User
from wanowa.people.queries import least_busy
from wanowa.record.services import records, write
from wanowa.record.services.unrecorded import unrecorded


@unrecorded("each introduction that lapses leaves its own entry")
def lapse_silent() -> int:
    """Close every introduction whose last day has passed; return how many."""
    return _each(queries.lapsing(), lapse)


@unrecorded("each question leaves its own entry")
def ask_afterwards() -> int:
    """Ask both sides of everything that is four weeks old how it went on; return how many introductions."""
    return _each(queries.to_follow_up(), follow_up)


def _each(due: Iterable[Introduction], act: Callable[..., Introduction]) -> int:
    count = 0
    for one in list(due):
        with suppress(Refused):  # somebody was faster
            act(one, by=SYSTEM)
            count += 1
    return count


@records(FOLLOWED_UP)
def follow_up(introduction: Introduction, *, by: Actor) -> Introduction:
    """Ask both sides once how it went on. Refused when it is not the day, or they were asked."""
    introduction = queries.locked(introduction)
    asked_on = introduction.follow_up_on
    due = asked_on is not None and asked_on <= timezone.localdate()
    if introduction.followed_up_at is not None or not due or introduction.status not in TOGETHER | ENDED:
        raise Refused("not due any more")
    introduction.followed_up_at = write(FOLLOWED_UP, introduction, by=by).at
    introduction.save()
    return introduction


@unrecorded("each gift that goes leaves its own entry")
def forget_gifts() -> int:
    """Destroy what was given and can be read by nobody any more; return how many sides."""
    due = list(queries.to_forget_given())
    for side in due:
        forget_gift(side, by=SYSTEM)
    return len(due)


@records(FORGOTTEN)
def forget_gift(side: Side, *, by: Actor) -> Side:
    """Destroy what one side gave, because its time is over."""
    queries.locked(side.introduction)
    side = Side.objects.get(pk=side.pk)
    forget_given(side)
    write(FORGOTTEN, side, by=by)
    return side


@unrecorded("that words go after their time is written in the privacy page; the steps stay on record")
@transaction.atomic
def forget_words() -> int:
    """Delete the words of what came to nothing 90 days ago, and of the rest after a year; return how many."""
    due = list(queries.to_forget_words().select_for_update())
    for introduction in due:
        _empty(introduction)
        Remark.objects.filter(side__introduction=introduction).update(body="")
    return len(due)


def _empty(introduction: Introduction) -> None:
    introduction.purpose = introduction.hope = introduction.dates = ""
    introduction.trial = introduction.next_action = ""
    introduction.forgotten_at = timezone.now()
    introduction.save()


@unrecorded("runs inside the erasure, which is recorded; what is handed over is recorded here")
def forget_person(person: User, *, by: Actor) -> None:
    """Destroy what a person gave, her own words, and let somebody else look after what she looked after.

    What was written between her own party of one and another was for these two only: both sides' words go.
    """
    for side in Side.objects.filter(person=person).exclude(key="").order_by("id"):
        forget_gift(side, by=by)
    Remark.objects.filter(person=person).update(body="")
    own = Membership.objects.filter(person=person, party__kind__in=ALONE).values("party")
    between = Introduction.objects.filter(Q(first__in=own) | Q(second__in=own), forgotten_at__isnull=True)
    for introduction in between.select_for_update().order_by("id"):
        _empty(introduction)
    for introduction in queries.open_for(person).select_for_update(of=("self",)):
        introduction.owner = least_busy(queries.open_for(), without=person.pk)
        introduction.save()
        write(HANDED_OVER, introduction, by=by)
