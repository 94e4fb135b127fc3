"""Offer, consent, take back, send back; and what happens in the moment the last consent arrives (G-22f)."""

from datetime import date

from django.db import IntegrityError
from django.utils.translation import gettext as _

from wanowa.collaborations.models import Collaboration, Consent, Draft, JoinRequest, Participation, Version
from wanowa.collaborations.queries import (
    Step,
    draft_locked,
    follow_up,
    locked,
    open_version,
    open_version_locked,
    refuse,
    require_seat,
)
from wanowa.collaborations.rules import (
    CHANGES_FROM,
    EFFECT,
    LIFECYCLE,
    Change,
    Move,
    Seat,
    Status,
    Terms,
    awaiting,
    concerned,
    fingerprint,
    problems,
    two_persons,
)
from wanowa.collaborations.verbs import CONSENTED, OFFERED, RETRACTED, SENT_BACK, TOOK_EFFECT
from wanowa.kernel.actors import Actor
from wanowa.kernel.errors import Conflict, Forbidden, Invalid, Refused
from wanowa.kernel.languages import in_japanese
from wanowa.kernel.text import search_key
from wanowa.parties.queries import require
from wanowa.parties.rules import SPEAKS
from wanowa.record.models import Entry
from wanowa.record.services import records, write


@records(OFFERED)
def offer(collaboration: Collaboration, *, revision: int, reason: str = "", by: Actor) -> Version:
    """Put the draft before everybody concerned. Offering is the offering party's own consent.

    `revision` is the one the actor saw. Raises Conflict when the draft moved, Refused with the first thing missing.
    """
    collaboration = locked(collaboration)
    require_seat(collaboration, by, SPEAKS)
    draft = draft_locked(collaboration)
    if draft.revision != revision:
        raise Conflict(
            _("あなたが読んだあとに、内容が変わりました。新しい内容を確かめてから、提案してください。")
        )
    missing = problems(draft.terms)
    if missing:
        raise Invalid(missing[0].sentence)
    if collaboration.status == Status.IDEA:
        raise Refused(_("招いた相手の返事を待っています。全員がそろうと、提案できます。"))
    change = Change(draft.change)
    if change is not Change.START and change not in CHANGES_FROM[Status(collaboration.status)]:
        raise Refused(_("休止中は、この変更を提案できません。先に「再開」を提案してください。"))
    return put_before_all(collaboration, change, draft.terms, reason, by=by)


@records(OFFERED)
def put_before_all(
    collaboration: Collaboration, change: Change, terms: Terms, reason: str, *, by: Actor
) -> Version:
    """Make the next version of a locked collaboration and give the offering party's consent to it."""
    if open_version(collaboration) is not None:
        raise Refused(_("いま、別の提案が同意を待っています。先にその結果を出してください。"))
    _refuse_what_must_wait(collaboration, change, terms)
    if change is Change.START:
        _move(collaboration, Move.OFFER)
    collaboration.latest_number += 1
    collaboration.save()
    bound = collaboration.in_force.terms.parties if collaboration.in_force else ()
    circle = sorted(concerned(terms.parties, bound))
    content, number = terms.content(), collaboration.latest_number
    digest = fingerprint(collaboration.pk, number, change, circle, reason, content)
    told = write(OFFERED, collaboration, by=by, number=number, change=change, fingerprint=digest)
    version = Version.objects.create(
        collaboration=collaboration,
        number=number,
        change=change,
        content=content,
        concerned=circle,
        reason=reason,
        fingerprint=digest,
        offered_by_id=by.required_party,
        offered_at=told.at,
    )
    _give(collaboration, version, by)
    return version


@records(CONSENTED)
def consent(collaboration: Collaboration, *, seen: str, by: Actor) -> Version:
    """Give one party's consent to the version it has read; the last consent brings it into force.

    `seen` is the fingerprint on the reader's page; another open version raises Conflict. Consenting twice is refused.
    """
    collaboration = locked(collaboration)
    version = _version_to_answer(collaboration, by)
    if version.fingerprint != seen:
        raise Conflict(_("あなたが読んだあとに、内容が変わりました。変わったところを確かめてください。"))
    if version.consents.filter(party_id=by.required_party, withdrawn_at__isnull=True).exists():
        raise Refused(_("この版には、もう同意しています。ほかの主体の同意を待ってください。"))
    _refuse_what_must_wait(collaboration, Change(version.change), version.terms)
    _give(collaboration, version, by)
    return version


@records(RETRACTED)
def retract(collaboration: Collaboration, *, by: Actor) -> Version:
    """Take the party's own consent back while others are still awaited. Without the offerer's, the offer is closed."""
    collaboration = locked(collaboration)
    version = _version_to_answer(collaboration, by)
    taken = version.consents.filter(party_id=by.required_party, withdrawn_at__isnull=True)
    if not taken.exists():
        raise Refused(_("この版には、まだ同意していません。取り下げるものはありません。"))
    told = write(RETRACTED, collaboration, by=by, number=version.number)
    taken.update(withdrawn_at=told.at)
    if version.offered_by_id == by.required_party:
        _close(collaboration, version, told)
    return version


@records(SENT_BACK)
def send_back(collaboration: Collaboration, *, reason: str, by: Actor) -> Version:
    """Close the offer and go on talking. The reason goes to the room and, as a commitment, on record."""
    collaboration = locked(collaboration)
    version = _version_to_answer(collaboration, by)
    if not reason.strip():
        raise Invalid(_("どこを直したいかを書いてください。相手が読みます。"))
    told = write(SENT_BACK, collaboration, by=by, number=version.number, personal={"reason": reason})
    _close(collaboration, version, told)
    return version


def _refuse_what_must_wait(collaboration: Collaboration, change: Change, terms: Terms) -> None:
    """Raise Refused while an app above has something that comes before the end, or before other goals."""
    if change is Change.END:
        refuse(Step.END, collaboration)
    running = collaboration.in_force.terms if collaboration.in_force else terms
    if (terms.goals, terms.outcomes) != (running.goals, running.outcomes):
        refuse(Step.NEW_GOALS, collaboration)


def _version_to_answer(collaboration: Collaboration, by: Actor) -> Version:
    version = open_version_locked(collaboration)
    if by.required_party not in version.concerned:
        raise Forbidden(_("この提案に同意できるのは、関わる主体だけです。"))
    require(by, SPEAKS)
    return version


def _give(collaboration: Collaboration, version: Version, by: Actor) -> None:
    told = write(CONSENTED, collaboration, by=by, number=version.number, fingerprint=version.fingerprint)
    try:
        Consent.objects.create(
            version=version,
            party_id=by.required_party,
            person_id=by.required_person,
            fingerprint=version.fingerprint,
            given_at=told.at,
        )
    except IntegrityError:
        raise Refused(
            _("ひとりで2つの主体の同意はできません。もう一方の主体は、別の代表の人が同意してください。")
        ) from None
    given = list(
        version.consents.filter(withdrawn_at__isnull=True).values_list("party_id", "person_id", "fingerprint")
    )
    complete = not awaiting(
        version.concerned, [(party, mark) for party, _who, mark in given], version.fingerprint
    )
    if complete and two_persons((party, person) for party, person, _mark in given):
        _take_effect(collaboration, version, by)


def _take_effect(collaboration: Collaboration, version: Version, by: Actor) -> None:
    """Bring the version into force and let the rows that repeat it follow."""
    terms, change = version.terms, Change(version.change)
    told = write(
        TOOK_EFFECT,
        collaboration,
        by=by,
        number=version.number,
        change=change,
        fingerprint=version.fingerprint,
    )
    version.in_force_at = told.at
    version.save(update_fields=["in_force_at"])
    collaboration.in_force = version
    collaboration.title, collaboration.summary = terms.title, terms.summary
    collaboration.area, collaboration.form, collaboration.ownership = terms.area, terms.form, terms.ownership
    collaboration.starts = date.fromisoformat(terms.starts)
    collaboration.ends = date.fromisoformat(terms.ends)
    collaboration.search_key = search_key(f"{terms.title} {terms.summary} {terms.purpose}")
    _move(collaboration, EFFECT[change])
    collaboration.save()
    for party in terms.parties:
        Participation.objects.update_or_create(
            collaboration=collaboration,
            party_id=party,
            defaults={"seat": Seat.SEATED, "until": None},
            create_defaults={"seat": Seat.SEATED, "since": told.at},
        )
    collaboration.participations.filter(seat=Seat.SEATED).exclude(party_id__in=terms.parties).update(
        seat=Seat.LEFT, until=told.at
    )
    collaboration.participations.filter(seat=Seat.INVITED).update(seat=Seat.DECLINED)
    collaboration.join_requests.filter(state=JoinRequest.State.ACCEPTED, party_id__in=terms.parties).update(
        state=JoinRequest.State.JOINED
    )
    if change is Change.END:
        with in_japanese():
            answer = _("この取組は終わりました。")
        collaboration.join_requests.filter(state__in=JoinRequest.OPEN).update(
            state=JoinRequest.State.DECLINED, answer=answer
        )
    if change not in {Change.SUSPEND, Change.RESUME}:
        Draft.objects.filter(collaboration=collaboration).delete()
    follow_up(change, collaboration)


def _close(collaboration: Collaboration, version: Version, told: Entry) -> None:
    """Close an offer as `told` on record."""
    version.closed_at, version.closed_by_id = told.at, told.party
    version.save(update_fields=["closed_at", "closed_by"])
    if version.change == Change.START:
        _move(collaboration, Move.CLOSE_OFFER)
        collaboration.save()


def _move(collaboration: Collaboration, move: Move) -> None:
    collaboration.status = LIFECYCLE.after(Status(collaboration.status), move)
