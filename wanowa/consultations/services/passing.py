"""Handing a case over: with a reason, to whoever accepts. Until then the giver keeps it; when she goes, the desk."""

from collections.abc import Sequence

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from wanowa.consultations.models import Case, Handover
from wanowa.consultations.queries import able, deputy_of, in_hand, is_able, orphans
from wanowa.consultations.rules import Move, Passing, Status
from wanowa.consultations.services.authority import add_sealed, desk, held, locked, moved, seal
from wanowa.consultations.services.letters import tell_person, tell_staff
from wanowa.consultations.verbs import ACCEPTED, MOVED, OFFERED, REFUSED, WITHDRAWN
from wanowa.guideline.rules import Kind
from wanowa.kernel.actors import SYSTEM, Actor
from wanowa.kernel.errors import Conflict, Forbidden, Invalid, Refused
from wanowa.parties.models import Party
from wanowa.parties.queries import current_memberships, require
from wanowa.parties.rules import WRITES
from wanowa.people.models import User
from wanowa.record.services import records, write
from wanowa.record.services.unrecorded import unrecorded

MOST_RECEIVERS = 5


@records(OFFERED)
def offer(
    case: Case, *, to: Sequence[Party] = (), person: User | None = None, reason: str, by: Actor
) -> list[Handover]:
    """Ask departments, or one coordinator, to take a case over. Whoever accepts first has it. The person reads why.

    Raises Forbidden, Invalid, Refused.
    """
    case, actor = held(case, by)
    moved(case, Move.PASS)
    if not reason.strip():
        raise Invalid(_("渡すわけを書いてください。相談した人も読みます。"))
    if not 1 <= len(to) + (person is not None) <= MOST_RECEIVERS:
        raise Invalid(_("渡す先を、1つから5つまで、えらんでください。"))
    made = [_asked(case, party, None, reason, actor) for party in to]
    if person is not None:
        made.append(_asked(case, None, person, reason, actor))
    return made


def _asked(case: Case, party: Party | None, person: User | None, reason: str, by: Actor) -> Handover:
    """Ask one receiver, who is able to take it now and was not asked already."""
    if party is not None and (party.kind != Kind.CITY or not _members(party.pk)):
        raise Invalid(_("「%(name)s」には、いま受けられる人がいません。") % {"name": party.name})
    if person is not None and (person.pk == case.owner_id or not is_able(person.pk, None)):
        raise Invalid(_("いまの担当ではない、協働推進員をえらんでください。"))
    waiting = case.handovers.filter(to_party=party, to_person=person, status=Passing.OFFERED)
    if waiting.exists():
        raise Refused(_("もう、たのんでいます。返事を待ってください。"))
    handover = Handover(case=case, giver_id=by.required_person, to_party=party, to_person=person)
    add_sealed(case, handover, reason=reason)
    kept = {"receiver": str(person.pk)} if person else None
    write(OFFERED, case, by=by, to=party.pk if party else None, personal=kept)
    tell_staff("offered", _members(party.pk) if party else [person] if person else [])
    return handover


def _members(party: int) -> list[User]:
    """Return who may take a case for a department now."""
    terms = current_memberships().filter(party_id=party, role__in=WRITES, person__is_active=True)
    return [term.person for term in terms.select_related("person").order_by("id")]


def _answering(handover: Handover, by: Actor) -> tuple[Case, Handover, Actor]:
    """Return the locked case and hand-over, and who answers for which receiver. The term is locked before the case."""
    person = by.required_person
    if handover.to_party_id is not None:
        actor = Actor(person, handover.to_party_id)
        require(actor, WRITES)
    elif handover.to_person_id == person and is_able(person, None):
        actor = Actor(person)
    else:
        raise Forbidden(_("たのまれた人だけが返事できます。"))
    case = locked(handover.case)
    now = Handover.objects.select_for_update().get(pk=handover.pk)
    if now.status == Passing.OVERTAKEN:
        raise Conflict(_("この相談は、ほかの人が先に引き受けました。もう、何もしなくて大丈夫です。"))
    if now.status != Passing.OFFERED or case.status == Status.CLOSED:
        raise Conflict(_("この引き継ぎは、もう終わっています。一覧を見なおしてください。"))
    return case, now, actor


@records(ACCEPTED)
def accept(handover: Handover, *, by: Actor) -> Case:
    """Take a case over, and own it by name. Whoever else was asked is told. Raises Forbidden, Conflict."""
    case, handover, actor = _answering(handover, by)
    now = timezone.now()
    others = list(
        case.handovers.filter(status=Passing.OFFERED).exclude(pk=handover.pk).select_related("to_person")
    )
    _answered(handover, Passing.ACCEPTED, actor)
    case.owner_id, case.department_id, case.owned_since = actor.required_person, actor.party, now
    case.save(update_fields=["owner", "department", "owned_since", "updated_at"])
    for other in others:
        other.status, other.answered_at = Passing.OVERTAKEN, now
        other.save(update_fields=["status", "answered_at", "updated_at"])
        tell_staff("overtaken", _receivers(other))
    write(ACCEPTED, case, by=actor, to=actor.party)
    tell_person("moved", case)
    return case


def _receivers(handover: Handover) -> list[User]:
    if handover.to_party_id is not None:
        return _members(handover.to_party_id)
    return [handover.to_person] if handover.to_person else []


@records(REFUSED)
def refuse(handover: Handover, *, reason: str, by: Actor) -> Handover:
    """Say no; the person reads who said it and why. The giver keeps the case. Forbidden, Invalid, Conflict."""
    if not reason.strip():
        raise Invalid(_("引き受けられないわけを書いてください。相談した人も読みます。"))
    case, handover, actor = _answering(handover, by)
    _answered(handover, Passing.REFUSED, actor, reason)
    write(REFUSED, case, by=actor, to=actor.party)
    tell_person("moved", case)
    tell_staff("waits", [case.owner])
    return handover


def _answered(handover: Handover, status: Passing, by: Actor, words: str = "") -> None:
    seal(handover.case, handover, answer=words)
    handover.status, handover.answered_by_id, handover.answered_at = status, by.person, timezone.now()
    handover.save()


@records(WITHDRAWN)
def withdraw(handover: Handover, *, by: Actor) -> Handover:
    """Take back a hand-over that nobody answered. Raises Forbidden, Conflict."""
    case, actor = held(handover.case, by)
    now = Handover.objects.select_for_update().get(pk=handover.pk)
    if now.status != Passing.OFFERED:
        raise Conflict(_("この引き継ぎは、もう返事がありました。ページをひらき直してください。"))
    now.status, now.answered_at = Passing.WITHDRAWN, timezone.now()
    now.save(update_fields=["status", "answered_at", "updated_at"])
    write(WITHDRAWN, case, by=actor, to=now.to_party_id)
    return now


def settled_owner(case: Case, *, leaver: int | None = None) -> bool:
    """Give a locked case to who can hold it, when its owner cannot: her deputy in the department, else the desk.

    Sets the columns; the caller saves. True when the owner changed. Refused while the desk has nobody.
    """
    if leaver is None and is_able(case.owner_id, case.department_id):
        return False
    deputy = deputy_of(case.owner_id)
    if case.department_id and deputy and is_able(deputy.pk, case.department_id) and deputy.pk != leaver:
        case.owner = deputy
    else:
        case.owner, case.department = desk(without=case.owner_id), None
    case.owned_since = timezone.now()
    return True


@records(MOVED)
def take_in(case: Case, leaver: int | None) -> None:
    """Give a locked case to who can hold it, and tell her and the person. `leaver`: who goes though she still can."""
    before = case.owner_id
    settled_owner(case, leaver=leaver)
    case.save(update_fields=["owner", "department", "owned_since", "updated_at"])
    write(MOVED, case, by=SYSTEM, personal={"owner": str(case.owner_id)})
    tell_staff("waits", [case.owner])
    if case.owner_id != before:
        tell_person("moved", case)


@unrecorded("each case that moves leaves its own entry")
def take_in_from(party: int, person: int) -> None:
    """Take in what somebody holds for a department, in the transaction in which her term there ends (人事異動)."""
    if is_able(person, party):
        return
    held_there = in_hand().filter(owner_id=person, department_id=party)
    for case in held_there.select_for_update().order_by("pk"):
        take_in(case, None)


@unrecorded("each case that moves leaves its own entry")
def take_in_all_from(person: int) -> None:
    """Take in everything that somebody holds who is about to leave altogether."""
    all_held = in_hand().filter(owner_id=person)
    for case in all_held.select_for_update().order_by("pk"):
        take_in(case, person)


@unrecorded("each case that moves leaves its own entry")
def settle_owners() -> int:
    """Take in what is held by people whose term ended by the clock; return how many cases moved. Can run twice."""
    count = 0
    for found in orphans().order_by("pk"):
        count += _settle(found)
    return count


def _settle(found: Case) -> int:
    with transaction.atomic():
        case = in_hand().select_for_update(of=("self",)).filter(pk=found.pk).exclude(able()).first()
        if case is None:
            return 0
        take_in(case, None)
    return 1
