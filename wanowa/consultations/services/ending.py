"""How a case ends, with what came of it; how it is four weeks later; and counts of what people thought."""

from django.db import transaction
from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext as _

from wanowa.collaborations.models import Collaboration
from wanowa.consultations.models import Case, Satisfied
from wanowa.consultations.queries import practice
from wanowa.consultations.rules import LEADS, Help, Kind, Move, Outcome, Passing, Rating, Status, follow_up_on
from wanowa.consultations.services.authority import held, locked, moved, seal
from wanowa.consultations.services.letters import address_of, tell_person
from wanowa.consultations.services.talking import reopen_locked, say
from wanowa.consultations.verbs import CLOSED, FOLLOWED_UP, HELPED
from wanowa.kernel.actors import SYSTEM, Actor
from wanowa.kernel.errors import Invalid, Refused
from wanowa.record.services import records, write
from wanowa.record.services.unrecorded import unrecorded


@records(CLOSED)
def close(
    case: Case,
    *,
    outcome: Outcome,
    words: str,
    lead: int | None = None,
    collaboration: Collaboration | None = None,
    by: Actor,
) -> Case:
    """End a case with what came of it and words for the person; what could not be done has its reason in them.

    `lead` is the id of the introduction or proposal that came of it. Hand-overs that wait are withdrawn.
    Raises Forbidden, Invalid, Refused.
    """
    case, actor = held(case, by)
    moved(case, Move.CLOSE)
    if not words.strip():
        raise Invalid(_("終わりのことばを書いてください。できなかったときは、わけを書きます。"))
    if (lead or collaboration) and outcome not in LEADS:
        raise Invalid(_("つながった先は、引き合わせ、提案、協働の取組のときだけ書けます。"))
    now = timezone.now()
    case.answered_at = case.answered_at or now
    case.closed_at, case.outcome, case.lead, case.collaboration = now, outcome, lead, collaboration
    case.due, case.due_on = "", None
    seal(case, case, closing=words, next_action="")
    case.save()
    case.handovers.filter(status=Passing.OFFERED).update(status=Passing.WITHDRAWN, answered_at=now)
    write(CLOSED, case, by=actor, outcome=outcome)
    tell_person("closed", case)
    return case


@unrecorded("each case that is asked about leaves its own entry")
def ask_follow_ups() -> int:
    """Ask how it is, once, four weeks after the end; return of how many cases. Can run twice."""
    today, count = timezone.localdate(), 0
    waiting = Case.objects.filter(status=Status.CLOSED, asked_at__isnull=True).order_by("pk")
    for found in waiting:
        if follow_up_on(timezone.localdate(found.closed_at), practice().follow_up_weeks) <= today:
            count += _asked(found, by=SYSTEM)
    return count


def _asked(found: Case, *, by: Actor) -> int:
    with transaction.atomic():
        case = locked(found)
        if case.status != Status.CLOSED or case.asked_at is not None:
            return 0
        ask(case, by=by)
    return 1


@records(FOLLOWED_UP)
def ask(case: Case, *, by: Actor) -> None:
    """Ask one person how it is: by mail, and on her page; who has no mail stands on the list of the owner."""
    case.asked_at = timezone.now()
    case.save(update_fields=["asked_at", "updated_at"])
    write(FOLLOWED_UP, case, by=by)
    if address_of(case):
        tell_person("follow_up", case)


@records(HELPED)
def tell_how_it_is(case: Case, *, helped: Help, words: str = "", by: Actor) -> Case:
    """Keep how it is now, told by the person or written down for her; who is still stuck has her case open again.

    Raises Refused unless the case is closed.
    """
    case = locked(case)
    if case.status != Status.CLOSED:
        raise Refused(_("相談は、まだつづいています。下の「書く」で伝えてください。"))
    case.helped = helped
    case.save(update_fields=["helped", "updated_at"])
    if words.strip():
        say(case, Kind.CITIZEN, words, by=Actor(by.person))
    write(HELPED, case, by=by, solved=helped == Help.SOLVED)
    if helped == Help.STUCK:
        reopen_locked(case, by=by)
    return case


@records(HELPED)
def write_down_after(case: Case, *, helped: Help, words: str = "", by: Actor) -> Case:
    """Write down how it is, asked on the telephone by who held the case. Raises Forbidden, Refused."""
    case, actor = held(case, by)
    return tell_how_it_is(case, helped=helped, words=words, by=actor)


@unrecorded("a count that leads to nobody")
@transaction.atomic
def rate(case: Case, rating: Rating) -> None:
    """Count what somebody thought of the desk, once a case; with which answer is kept nowhere beside her name.

    Refused the second time.
    """
    case = locked(case)
    if case.rated:
        raise Refused(_("感想は、もうもらいました。ありがとうございます。"))
    case.rated = True
    case.save(update_fields=["rated"])
    month = timezone.localdate().replace(day=1)
    Satisfied.objects.get_or_create(month=month, rating=rating)
    Satisfied.objects.filter(month=month, rating=rating).update(count=F("count") + 1)
