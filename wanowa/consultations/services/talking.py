"""What is said in the room of a case, how it is sorted and planned, and which others it belongs with."""

from collections.abc import Sequence
from datetime import date

from django.utils import timezone
from django.utils.translation import gettext as _

from wanowa.consultations.models import Case, Message
from wanowa.consultations.queries import practice, reader_of, visible_to
from wanowa.consultations.rules import LONGEST_TEXT, Due, Kind, Move, Status, planned_for
from wanowa.consultations.services.authority import add_sealed, due_in, held, locked, moved, seal
from wanowa.consultations.services.keeping import keep_files
from wanowa.consultations.services.letters import tell_person, tell_staff
from wanowa.consultations.services.passing import settled_owner
from wanowa.consultations.verbs import ANSWERED, LINKED, NOTED, PLANNED, REOPENED, SORTED, SPOKE, UNLINKED
from wanowa.guideline.queries import pack
from wanowa.kernel.actors import Actor
from wanowa.kernel.errors import Forbidden, Invalid, Refused
from wanowa.kernel.files import Accepted
from wanowa.record.services import records, write


@records(ANSWERED)
def answer(
    case: Case,
    *,
    body: str,
    next_action: str = "",
    due_on: date | None = None,
    files: Sequence[Accepted] = (),
    by: Actor,
) -> Message:
    """Answer the person, and say what comes next until when; the desk's own days, when no day is given.

    Raises Forbidden, Invalid, Refused when the case is closed.
    """
    case, actor = held(case, by)
    words = _words(body)
    first = case.answered_at is None
    moved(case, Move.ANSWER)
    case.answered_at = case.answered_at or timezone.now()
    _next(case, next_action, due_on)
    message = say(case, Kind.STAFF, words, by=actor)
    keep_files(case, files, message)
    write(ANSWERED, case, by=actor, first=first, due=case.due_on)
    tell_person("moved", case)
    return message


@records(PLANNED)
def plan(case: Case, *, next_action: str, due_on: date | None = None, by: Actor) -> Case:
    """Say what comes next until when; both sides see it. Forbidden, Invalid, Refused while she waits for an answer."""
    case, actor = held(case, by)
    if case.status == Status.RECEIVED:
        raise Refused(_("先に、はじめての返事を書いてください。予定は、そのあとで決められます。"))
    if case.due == Due.ANSWER:
        raise Refused(_("相談した人が、返事を待っています。次にすることは、返事といっしょに書けます。"))
    moved(case, Move.PLAN)
    if not next_action.strip():
        raise Invalid(_("次にすることを書いてください。相談した人も読みます。"))
    _next(case, next_action, due_on)
    write(PLANNED, case, by=actor, due=case.due_on)
    return case


def _next(case: Case, next_action: str, due_on: date | None) -> None:
    due_in(case, Due.NEXT_ACTION)
    if due_on is not None:
        longest, closing = practice().longest_action, pack().closing_days
        case.due_on = planned_for(due_on, today=timezone.localdate(), longest=longest, closing=closing)
    seal(case, case, next_action=next_action)
    case.save(update_fields=["status", "answered_at", "due", "due_on", "next_action", "updated_at"])


@records(SPOKE, REOPENED)
def speak(case: Case, *, body: str, files: Sequence[Accepted] = (), by: Actor) -> Message:
    """Keep what the person writes, who has shown account, link or passphrase. A closed case opens again.

    Her answer is due as the first one was, or earlier when something was due earlier. Raises Invalid.
    """
    case = locked(case)
    words = _words(body)
    message = say(case, Kind.CITIZEN, words, by=by)
    keep_files(case, files, message)
    write(SPOKE, case, by=by)
    if case.status == Status.CLOSED:
        reopen_locked(case, by=by)
    elif case.due == Due.NEXT_ACTION:
        _await_answer(case)
    tell_staff("waits", [case.owner])
    return message


def _await_answer(case: Case) -> None:
    """Let an answer be due; a day that is nearer, or over, stays."""
    before = case.due_on
    due_in(case, Due.ANSWER)
    case.due_on = min(before, case.due_on) if before and case.due_on else case.due_on
    case.save(update_fields=["due", "due_on", "updated_at"])


def reopen_locked(case: Case, *, by: Actor) -> None:
    """Open a locked case again: with its owner while she can hold it, else with the desk."""
    moved(case, Move.REOPEN)
    case.closed_at, case.outcome, case.lead, case.collaboration = None, "", None, None
    case.asked_at, case.helped, case.calls, case.called_at = None, "", 0, None
    settled_owner(case)
    due_in(case, Due.ANSWER)
    case.save()
    write(REOPENED, case, by=by, due=case.due_on)


@records(NOTED)
def note(case: Case, *, body: str, by: Actor) -> Message:
    """Keep a note for those who hold the case; the person never reads it. Raises Forbidden, Invalid."""
    case, actor = held(case, by)
    message = say(case, Kind.NOTE, _words(body), by=actor)
    write(NOTED, case, by=actor)
    return message


def say(case: Case, kind: Kind, words: str, *, by: Actor) -> Message:
    """Add sealed words to the room of a locked case."""
    message = Message(
        case=case,
        kind=kind,
        author_id=by.person if kind is not Kind.CITIZEN else None,
        party_id=by.party,
        said_at=timezone.now(),
    )
    add_sealed(case, message, body=words)
    return message


def _words(body: str) -> str:
    if not body.strip():
        raise Invalid(_("文を書いてから、押してください。"))
    if len(body) > LONGEST_TEXT:
        raise Invalid(_("長すぎます。%(most)s字までで書いてください。") % {"most": LONGEST_TEXT})
    return body.strip()


@records(SORTED)
def sort(case: Case, *, category: str, by: Actor) -> Case:
    """Say what kind of worry it is. Raises Forbidden, Invalid."""
    case, actor = held(case, by)
    if practice().category(category) is None:
        raise Invalid(_("相談の種類を、えらびなおしてください。"))
    case.category = category
    case.save(update_fields=["category", "updated_at"])
    write(SORTED, case, by=actor, category=category)
    return case


@records(LINKED)
def link(case: Case, other: Case, *, by: Actor) -> None:
    """Say that two cases belong together; only somebody who may read both can. Raises Forbidden, Invalid."""
    case, actor = held(case, by)
    if case.pk == other.pk:
        raise Invalid(_("同じ相談です。ほかの受付番号を書いてください。"))
    _both(other, by)
    case.links.add(other)
    write(LINKED, case, by=actor)


@records(UNLINKED)
def unlink(case: Case, other: Case, *, by: Actor) -> None:
    """Say that two cases do not belong together after all. Raises Forbidden."""
    case, actor = held(case, by)
    _both(other, by)
    case.links.remove(other)
    write(UNLINKED, case, by=actor)


def _both(other: Case, by: Actor) -> None:
    reader = reader_of(by.required_person)
    if reader is None or not visible_to(reader).filter(pk=other.pk).exists():
        raise Forbidden(_("つなげられるのは、自分が担当する相談だけです。受付番号を確かめてください。"))
