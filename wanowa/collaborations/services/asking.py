"""Questions that must be answered: ask, answer, decline with a reason, withdraw; and reminders of what still waits."""

from django.utils import timezone
from django.utils.translation import gettext as _

from wanowa.collaborations.models import Collaboration, Message, Question
from wanowa.collaborations.queries import around, declined_by, locked, require_seat
from wanowa.collaborations.rules import QUESTION, QuestionMove, QuestionStatus, all_replied, reminder_due
from wanowa.collaborations.services.room import said
from wanowa.collaborations.verbs import (
    ANSWERED,
    ASKED,
    QUESTION_DECLINED,
    QUESTION_WAITS,
    QUESTION_WITHDRAWN,
)
from wanowa.kernel.actors import Actor
from wanowa.kernel.errors import Forbidden, Invalid, Refused
from wanowa.parties.rules import WRITES
from wanowa.record.models import Entry
from wanowa.record.services import records, write


@records(ASKED)
def ask(collaboration: Collaboration, *, body: str, to: int | None = None, by: Actor) -> Message:
    """Ask the party `to`, or (None) every other party around; it must be answered or declined. Raises Invalid."""
    collaboration = locked(collaboration)
    require_seat(collaboration, by, WRITES)
    others = around(collaboration) - {by.required_party}
    if to is not None and to not in others:
        raise Invalid(_("聞く相手は、この取組のほかの主体から選んでください。"))
    if not others:
        raise Refused(_("まだ、聞く相手がいません。ほかの主体を招いてから質問してください。"))
    message = said(collaboration, Message.Kind.QUESTION, body=body, by=by)
    Question.objects.create(message=message, asked=sorted(others) if to is None else [to])
    write(ASKED, collaboration, by=by, message=message.pk, to=to)
    return message


@records(ANSWERED)
def answer(asked: Message, *, body: str, by: Actor) -> Message:
    """Answer a question for a party that was asked. The first answer settles it; more may be added. Raises Refused."""
    question, collaboration = _to_settle(asked, by)
    _require_asked(question, by)
    status = QUESTION.after(QuestionStatus(question.status), QuestionMove.ANSWER)
    message = said(collaboration, Message.Kind.ANSWER, body=body, answers=asked, by=by)
    told = write(ANSWERED, collaboration, by=by, message=message.pk, question=asked.pk)
    if question.status == QuestionStatus.OPEN:
        _settle(question, status, told)
    return message


@records(QUESTION_DECLINED)
def decline_question(asked: Message, *, reason: str, by: Actor) -> Message:
    """Say for a party that was asked why it does not answer; when all of them do, the question is declined."""
    question, collaboration = _to_settle(asked, by)
    _require_asked(question, by)
    status = QUESTION.after(QuestionStatus(question.status), QuestionMove.DECLINE)
    given = declined_by(asked)
    if by.required_party in given:
        raise Refused(
            _("この質問には、もう「答えない」と返事をしています。ほかの主体の返事を待ってください。")
        )
    message = said(collaboration, Message.Kind.DECLINED, body=reason, answers=asked, by=by)
    told = write(QUESTION_DECLINED, collaboration, by=by, message=message.pk, question=asked.pk)
    if all_replied(set(question.asked) & around(collaboration), given | {by.required_party}):
        _settle(question, status, told)
    return message


@records(QUESTION_WITHDRAWN)
def withdraw_question(asked: Message, *, by: Actor) -> Question:
    """Take the own party's question back while it waits. What was said stays readable."""
    question, collaboration = _to_settle(asked, by)
    if question.message.party_id != by.required_party:
        raise Forbidden(_("取り下げられるのは、質問した主体だけです。"))
    status = QUESTION.after(QuestionStatus(question.status), QuestionMove.WITHDRAW)
    return _settle(question, status, write(QUESTION_WITHDRAWN, collaboration, by=by, question=asked.pk))


@records(QUESTION_WAITS)
def remind_of_question(asked: Message, *, by: Actor) -> Question:
    """Put on record, once for each number of business days, that a question still waits. Raises Refused."""
    collaboration = locked(asked.collaboration)
    question = _locked(asked)
    asked_on = timezone.localdate(question.message.created_at)
    days = reminder_due(asked_on, timezone.localdate(), question.reminded)
    if question.status != QuestionStatus.OPEN or not days:
        raise Refused(_("この質問のことは、いまはお知らせしません。"))
    question.reminded = days
    question.save(update_fields=["reminded"])
    write(QUESTION_WAITS, collaboration, by=by, question=asked.pk, days=days)
    return question


def _to_settle(asked: Message, by: Actor) -> tuple[Question, Collaboration]:
    """Return a question and its collaboration, both locked, for somebody who writes at its table."""
    collaboration = locked(asked.collaboration)
    require_seat(collaboration, by, WRITES)
    return _locked(asked), collaboration


def _locked(asked: Message) -> Question:
    return Question.objects.select_for_update(of=("self",)).select_related("message").get(pk=asked.pk)


def _require_asked(question: Question, by: Actor) -> None:
    if by.required_party not in question.asked:
        raise Forbidden(
            _("返事ができるのは、聞かれた主体だけです。知っていることは、話として書いてください。")
        )


def _settle(question: Question, status: QuestionStatus, told: Entry) -> Question:
    """Settle a question as `told` on record."""
    question.status, question.settled_at, question.settled_by_id = status, told.at, told.party
    question.save(update_fields=["status", "settled_at", "settled_by"])
    return question
