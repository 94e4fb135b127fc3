"""What comes of a meeting: something to try on a day, a collaboration, help for once, or nothing."""

from datetime import date

from django.utils import timezone
from django.utils.translation import gettext as _

from wanowa.collaborations.services import start
from wanowa.introductions.models import Introduction
from wanowa.introductions.rules import LIFECYCLE, LONGEST_GIVING, Move, Status, due_on, follow_up_on
from wanowa.introductions.services.authority import taken
from wanowa.introductions.verbs import ENDED, HELPED, JOINED, TRIED
from wanowa.kernel.actors import Actor
from wanowa.kernel.errors import Invalid
from wanowa.record.services import records, write


@records(TRIED)
def try_out(introduction: Introduction, *, what: str, day: date, by: Actor) -> Introduction:
    """Agree on something small to try on a day; may be said anew. By either side or the desk.

    Raises Invalid, Forbidden, Refused.
    """
    introduction = taken(introduction, Move.TRY, by)
    today = timezone.localdate()
    if not what.strip():
        raise Invalid(_("何をためすかを書いてください。"))
    if not today <= day <= today + LONGEST_GIVING:
        raise Invalid(_("ためす日は、今日から1年のあいだでえらんでください。"))
    introduction.status = LIFECYCLE.after(Status(introduction.status), Move.TRY)
    introduction.trial, introduction.trial_on, introduction.next_action = what.strip(), day, ""
    introduction.due = due_on(
        Status.TRIAL, answer_by=introduction.answer_by, since=today, trial_on=introduction.trial_on
    )
    introduction.save()
    write(TRIED, introduction, by=by, day=day)
    return introduction


@records(JOINED)
def join(introduction: Introduction, *, title: str, summary: str, by: Actor) -> Introduction:
    """Go on as a collaboration: a draft that the other side is invited to, linked both ways. By one of the sides.

    Raises Invalid, Forbidden, Refused.
    """
    introduction = taken(introduction, Move.COLLABORATE, by)
    other = introduction.second_id if by.party == introduction.first_id else introduction.first_id
    introduction.collaboration = start(
        title=title,
        summary=summary,
        purpose="\n\n".join(filter(None, [introduction.purpose, introduction.hope])),
        invited=[other],
        demonstration=introduction.demonstration,
        by=by,
    )
    _ended(introduction, Move.COLLABORATE)
    write(JOINED, introduction, by=by, first=introduction.first_id, second=introduction.second_id)
    return introduction


@records(HELPED)
def help_once(introduction: Introduction, *, by: Actor) -> Introduction:
    """Say that one helped the other, this once. By either side or the desk. Raises Forbidden, Refused."""
    introduction = taken(introduction, Move.HELP, by)
    _ended(introduction, Move.HELP)
    write(HELPED, introduction, by=by, first=introduction.first_id, second=introduction.second_id)
    return introduction


@records(ENDED)
def end(introduction: Introduction, *, by: Actor) -> Introduction:
    """Say that nothing comes of it; no reason is asked for. By either side or the desk. Forbidden, Refused."""
    introduction = taken(introduction, Move.END, by)
    _ended(introduction, Move.END)
    write(ENDED, introduction, by=by)
    return introduction


def _ended(introduction: Introduction, move: Move) -> None:
    today = timezone.localdate()
    introduction.status = LIFECYCLE.after(Status(introduction.status), move)
    introduction.ended_on, introduction.due, introduction.next_action = today, None, ""
    if introduction.followed_up_at is None:
        introduction.follow_up_on = follow_up_on(today)
    introduction.save()
