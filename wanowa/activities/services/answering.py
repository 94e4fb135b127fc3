"""The city answers the questions of area E, corrects an answer by the next one, and is reminded when days pass."""

from django.utils.translation import gettext as _

from wanowa.activities.models import Activity, Answer
from wanowa.activities.queries import (
    ANSWERS_IN,
    Subject,
    answered,
    answering,
    due_day,
    has_checklist,
    latest_number,
    locked,
    was_reminded,
)
from wanowa.activities.rules import Question, Reply, unanswered
from wanowa.activities.verbs import ANSWERED, OVERDUE
from wanowa.collaborations.models import Collaboration
from wanowa.collaborations.queries import locked as collaboration_locked
from wanowa.kernel.actors import Actor
from wanowa.kernel.errors import Conflict, Forbidden, Refused
from wanowa.parties.queries import require
from wanowa.record.services import records, write


@records(ANSWERED)
def answer(subject: Subject, question: Question, reply: Reply, *, seen: int, by: Actor) -> Answer:
    """Answer a question; an earlier answer stays readable.

    `seen` is the number of the answer on the writer's page (0: none); another one raises Conflict. Raises Forbidden
    for whoever does not answer for the subject, Refused outside of area E, Invalid.
    """
    subject = _locked(subject)
    if not has_checklist(subject):
        raise Refused(_("公開の質問に答えるのは、領域Eの活動だけです。"))
    if by.required_party not in answering(subject):
        raise Forbidden(_("答えられるのは、これを受けもつ市の部署だけです。"))
    require(by, ANSWERS_IN)
    reply.check()
    number = latest_number(subject, question)
    if number != seen:
        raise Conflict(
            _("書いているあいだに、ほかの人が答えました。いまの答えを見て、もう一度送ってください。")
        )
    told = write(ANSWERED, subject, by=by, question=question, number=number + 1, answer=reply.digest())
    return Answer.objects.create(
        activity=subject if isinstance(subject, Activity) else None,
        collaboration=subject if isinstance(subject, Collaboration) else None,
        question=question,
        number=number + 1,
        done=reply.done,
        where=reply.where,
        on=reply.on,
        reason=reply.reason,
        party_id=by.required_party,
        person_id=by.required_person,
        answered_at=told.at,
    )


def _locked(subject: Subject) -> Subject:
    return locked(subject) if isinstance(subject, Activity) else collaboration_locked(subject)


@records(OVERDUE)
def remind(subject: Subject, *, by: Actor) -> Subject:
    """Put on record that the last day passed with questions left: once for each such day. Raises Refused."""
    subject = _locked(subject)
    left, day = unanswered(answered(subject)), due_day(subject)
    if not left or was_reminded(subject):
        raise Refused(_("この日のことは、もうお知らせしました。"))
    write(OVERDUE, subject, by=by, day=day, missing=len(left))
    return subject
