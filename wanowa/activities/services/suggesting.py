"""From area A to area B: one side suggests, the other accepts, and talks begin. Or nothing happens."""

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from wanowa.activities.models import Activity, Suggestion
from wanowa.activities.queries import locked, moved_on, require_possible, suggestion_locked
from wanowa.activities.rules import (
    Move,
    Stand,
    SuggestionMove,
    SuggestionStatus,
    awaited,
    roles_for,
    stand_of,
)
from wanowa.activities.services.keeping import settle
from wanowa.activities.verbs import AGREED, DECLINED, MOVED, RECOMMENDED, SUGGESTED, WITHDRAWN
from wanowa.collaborations.services import start
from wanowa.guideline.rules import Area, Kind
from wanowa.kernel.actors import Actor
from wanowa.kernel.errors import Forbidden, Invalid, Refused
from wanowa.kernel.text import truncated
from wanowa.parties.queries import answerable, require
from wanowa.parties.rules import SPEAKS, WRITES
from wanowa.people.models import User
from wanowa.record.services import records, write

SUMMARY = 300
"""Graphemes of the activity's text that become the summary of the collaboration."""


@records(SUGGESTED, RECOMMENDED)
def suggest(activity: Activity, *, department: int, wish: str, reason: str = "", by: Actor) -> Suggestion:
    """Suggest that the activity's party and a department go on together.

    By the party, by that department, or by a coordinator without a party (`by.party` is None), who counts for
    neither side. Only the two sides read it. Raises Forbidden, Invalid, Refused.
    """
    activity = locked(activity)
    require_possible(activity, Move.SUGGEST)
    if not answerable().filter(pk=department, kind=Kind.CITY).exists():
        raise Invalid(_("相手にする市の部署を選んでください。"))
    _may_suggest(activity, department, by)
    if not wish.strip():
        raise Invalid(_("手伝ってほしいこと、または手伝えることを書いてください。"))
    if any(one.department_id == department for one in moved_on(activity)):
        raise Refused(_("この部署とは、もう話し合いが始まっています。取組のページで続けてください。"))
    try:
        with transaction.atomic():
            suggestion = Suggestion.objects.create(
                activity=activity,
                department_id=department,
                suggested_by_id=by.party,
                person_id=by.required_person,
                wish=wish,
                reason=reason,
            )
    except IntegrityError:
        raise Refused(_("この部署への申し出は、いま返事を待っています。")) from None
    verb = RECOMMENDED if by.party is None else SUGGESTED
    told = write(verb, suggestion, by=by, department=department)
    suggestion.created_at = told.at
    if by.party == activity.party_id:
        suggestion.owner_agreed_at = told.at
    elif by.party == department:
        suggestion.department_agreed_at = told.at
    suggestion.save()
    return suggestion


def _may_suggest(activity: Activity, department: int, by: Actor) -> None:
    if by.party is None:
        coordinators = User.objects.filter(pk=by.required_person, is_coordinator=True, is_active=True)
        if not coordinators.exists():
            raise Forbidden(_("どの主体として申し出るかを選んでください。"))
        return
    if by.party not in {activity.party_id, department}:
        raise Forbidden(_("申し出られるのは、この活動の主体と、その部署と、協働推進員です。"))
    require(by, roles_for(Area.A, _stand(activity, by.party), Move.SUGGEST))


def _stand(activity: Activity, party: int) -> Stand:
    return stand_of(party, Kind.CITY, activity.party_id)


@records(AGREED)
def accept(suggestion: Suggestion, *, by: Actor) -> Suggestion:
    """Say yes for one side. When neither side is awaited any more, talks begin between the two.

    The actor's party sits at the new table; the other side is invited and sits down by itself, as always.
    Raises Forbidden, Refused.
    """
    activity, suggestion = _answerable(suggestion, by)
    told = write(AGREED, suggestion, by=by)
    if by.party == activity.party_id:
        suggestion.owner_agreed_at = told.at
    else:
        suggestion.department_agreed_at = told.at
    if awaited(activity.party_id, suggestion.department_id, suggestion.agreed):
        suggestion.agreed_by_id = by.person
        suggestion.save()
        return suggestion
    write(MOVED, activity, by=by, department=suggestion.department_id)
    other = activity.party_id if by.party == suggestion.department_id else suggestion.department_id
    suggestion.collaboration = start(
        title=activity.title,
        summary=truncated(activity.what, SUMMARY),
        purpose=f"{activity.what}\n\n{suggestion.wish}",
        invited=[other],
        area=Area.B,
        demonstration=activity.demonstration,
        by=by,
    )
    settle(suggestion, SuggestionMove.BEGIN, told)
    return suggestion


@records(DECLINED)
def decline(suggestion: Suggestion, *, by: Actor) -> Suggestion:
    """Say no for one side; no reason is asked for, and nobody else learns of it. Raises Forbidden, Refused."""
    _activity, suggestion = _answerable(suggestion, by)
    settle(suggestion, SuggestionMove.DECLINE, write(DECLINED, suggestion, by=by))
    return suggestion


@records(WITHDRAWN)
def withdraw(suggestion: Suggestion, *, by: Actor) -> Suggestion:
    """Take back what one's own side suggested, as long as the other has not answered. Raises Forbidden, Refused."""
    locked(suggestion.activity)
    suggestion = suggestion_locked(suggestion)
    if suggestion.suggested_by_id is None:
        own = suggestion.person_id == by.required_person
    else:
        own = suggestion.suggested_by_id == by.party
    if not own:
        raise Forbidden(_("取り下げられるのは、申し出た側だけです。"))
    if suggestion.suggested_by_id is not None:
        require(by, WRITES)
    _still_waiting(suggestion)
    acting = Actor(by.person, suggestion.suggested_by_id)
    settle(suggestion, SuggestionMove.WITHDRAW, write(WITHDRAWN, suggestion, by=acting))
    return suggestion


def _answerable(suggestion: Suggestion, by: Actor) -> tuple[Activity, Suggestion]:
    """Return activity and suggestion, locked, if the actor's side can still answer."""
    activity = locked(suggestion.activity)
    suggestion = suggestion_locked(suggestion)
    if by.required_party not in {activity.party_id, suggestion.department_id}:
        raise Forbidden(_("返事ができるのは、申し出を受けた側だけです。"))
    require(by, SPEAKS)
    _still_waiting(suggestion)
    if by.party not in awaited(activity.party_id, suggestion.department_id, suggestion.agreed):
        raise Refused(_("あなたの側の返事は、もうすんでいます。相手の返事を待ってください。"))
    spoken = suggestion.person_id if suggestion.suggested_by_id is not None else suggestion.agreed_by_id
    if spoken == by.person:
        raise Refused(_("ひとりで両方の側にはなれません。ほかの代表の人が返事をしてください。"))
    return activity, suggestion


def _still_waiting(suggestion: Suggestion) -> None:
    if suggestion.status != SuggestionStatus.WAITING:
        raise Refused(
            _("この申し出は、もう決まりました（%(status)s）。") % {"status": suggestion.get_status_display()}
        )
