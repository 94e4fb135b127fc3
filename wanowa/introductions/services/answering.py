"""What a side answers: yes with what it gives, or no, of which nobody learns; and what it tells the desk."""

from datetime import date

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from wanowa.introductions import queries
from wanowa.introductions.models import Introduction, Remark, Side
from wanowa.introductions.rules import (
    LIFECYCLE,
    MAY,
    Afterwards,
    Given,
    Move,
    Reply,
    Status,
    due_on,
    follow_up_on,
    is_over,
)
from wanowa.introductions.services.authority import side_of
from wanowa.introductions.services.giving import forget_given, say_yes
from wanowa.introductions.verbs import ACCEPTED, DECLINED, LOOKED_BACK, MET, REPORTED, TAKEN_BACK
from wanowa.kernel.actors import Actor
from wanowa.kernel.errors import Forbidden, Invalid, Refused
from wanowa.record.services import records, write


@records(ACCEPTED)
def accept(introduction: Introduction, *, given: Given, until: date | None = None, by: Actor) -> Introduction:
    """Say yes for one side and choose what the other gets when it says yes too. Invalid, Forbidden, Refused."""
    introduction, mine, other = _answerable(introduction, by)
    if other.reply == Reply.YES and other.person_id == by.person:
        raise Refused(_("ひとりで両方の側にはなれません。ほかの人が返事をしてください。"))
    today = timezone.localdate()
    given.check(until, today)
    status = LIFECYCLE.after(Status(introduction.status), Move.ACCEPT)
    say_yes(mine, given, until, by=by)
    introduction.status = status
    if status is Status.MET:
        told = write(MET, introduction, by=by, first=introduction.first_id, second=introduction.second_id)
        introduction.met_at = told.at
        introduction.follow_up_on = follow_up_on(today)
        introduction.due = due_on(status, answer_by=introduction.answer_by, since=today, trial_on=None)
        introduction.next_action = ""
    introduction.save()
    return introduction


@records(DECLINED)
def decline(introduction: Introduction, *, by: Actor) -> Introduction:
    """Say no for one side. Only its own row and its own case know: for all others nothing has happened.

    Recorded without the party, so that a party that says no is as silent on record as one that says nothing.
    """
    introduction, mine, _other = _answerable(introduction, by)
    mine.reply, mine.replied_at, mine.person_id = Reply.NO, timezone.now(), by.required_person
    mine.save()
    write(DECLINED, mine, by=Actor(by.person))
    return introduction


def _answerable(introduction: Introduction, by: Actor) -> tuple[Introduction, Side, Side]:
    """Return the introduction, locked, with the actor's side and the other, if the actor's can answer now."""
    introduction = queries.locked(introduction)
    mine, other = side_of(introduction, by)
    if MAY[Move.ACCEPT].isdisjoint(queries.roles_of(introduction, by.party, desk=False)):
        raise Forbidden(_("あなたの主体がたのみました。相手の返事を待ってください。"))
    if mine.reply:
        raise Refused(_("あなたの主体は、もう返事をしています。"))
    LIFECYCLE.after(Status(introduction.status), Move.ACCEPT)
    if is_over(introduction.answer_by, timezone.localdate()):
        raise Refused(_("返事の期限がすぎました。何もしなくてだいじょうぶです。"))
    return introduction, mine, other


@records(TAKEN_BACK)
def take_back(introduction: Introduction, *, by: Actor) -> Introduction:
    """Take away what one's own side gave, at once. The other side sees that nothing is there. Forbidden, Refused."""
    introduction = queries.locked(introduction)
    mine, _other = side_of(introduction, by)
    if not forget_given(mine):
        raise Refused(_("渡したことは、もう消えています。"))
    write(TAKEN_BACK, mine, by=by)
    return introduction


@records(REPORTED)
def report(introduction: Introduction, *, words: str, by: Actor) -> Remark:
    """Tell the desk of an introduction that is not as it should be; the other side does not learn of it."""
    introduction = queries.locked(introduction)
    mine, _other = side_of(introduction, by)
    if not words.strip():
        raise Invalid(_("何に困っているかを書いてください。協働推進員だけが読みます。"))
    remark = _remark(mine, Remark.Kind.REPORT, words, by)
    write(REPORTED, mine, by=Actor(by.person))
    return remark


@records(LOOKED_BACK)
def look_back(introduction: Introduction, *, afterwards: str, words: str = "", by: Actor) -> Remark:
    """Say for one side how it went on, once, after it was asked; the desk reads it. Invalid, Forbidden, Refused."""
    introduction = queries.locked(introduction)
    mine, _other = side_of(introduction, by)
    if introduction.followed_up_at is None:
        raise Refused(_("まだ、たずねていません。4週間あとに、お知らせします。"))
    if afterwards not in Afterwards.values:
        raise Invalid(_("そのあと、どうなったかをえらんでください。"))
    remark = _remark(mine, Remark.Kind.AFTERWARDS, words, by, afterwards)
    write(LOOKED_BACK, mine, by=by, afterwards=Afterwards(afterwards))
    return remark


def _remark(side: Side, kind: Remark.Kind, words: str, by: Actor, afterwards: str = "") -> Remark:
    try:
        with transaction.atomic():
            return Remark.objects.create(
                side=side,
                kind=kind,
                person_id=by.required_person,
                afterwards=afterwards,
                body=words.strip(),
                said_at=timezone.now(),
            )
    except IntegrityError:
        raise Refused(_("あなたの主体は、もう知らせています。")) from None
