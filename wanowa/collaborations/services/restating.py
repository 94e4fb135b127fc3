"""Saying how a message or a clause was understood; the others confirm it, or say what is different."""

from django.utils.translation import gettext as _

from wanowa.collaborations.models import Collaboration, Message, Restatement
from wanowa.collaborations.queries import draft_of, locked, names_in, require_seat, table
from wanowa.collaborations.rules import (
    FIELDS,
    RESTATEMENT,
    Clause,
    RestatementMove,
    RestatementStatus,
    Terms,
    all_replied,
    clause_text,
    mark,
)
from wanowa.collaborations.services.room import said
from wanowa.collaborations.verbs import CONFIRMED, DIFFERED, RESTATED, RESTATEMENT_WITHDRAWN
from wanowa.kernel.actors import Actor
from wanowa.kernel.errors import Conflict, Forbidden, Invalid, Refused
from wanowa.parties.rules import WRITES
from wanowa.record.models import Entry
from wanowa.record.services import records, write


@records(RESTATED)
def restate_message(about: Message, *, body: str, by: Actor) -> Message:
    """Say how the own party understood another party's message; that party is asked to confirm it. Raises Refused."""
    collaboration = locked(about.collaboration)
    require_seat(collaboration, by, WRITES)
    if about.party_id == by.required_party:
        raise Refused(_("自分の主体のことばです。受けとりは、ほかの主体のことばについて伝えます。"))
    if not about.has_words_of_its_own:
        raise Refused(_("返事や受けとりについては、話として書いてください。"))
    if about.party_id not in table(collaboration):
        raise Refused(_("このことばの主体は、いま席についていません。話として書いてください。"))
    message = said(collaboration, Message.Kind.RESTATED, body=body, by=by)
    Restatement.objects.create(message=message, about=about, asked=[about.party_id])
    write(RESTATED, collaboration, by=by, message=message.pk, about=about.pk, clause=None)
    return message


@records(RESTATED)
def restate_clause(
    collaboration: Collaboration, *, clause: Clause, draft: bool, seen: str, body: str, by: Actor
) -> Message:
    """Say how the own party understood a clause of the draft, or else of the text in force.

    All others at the table are asked to confirm. `seen` is the clause's mark on the writer's page; when the clause
    reads differently by now, Conflict is raised. Raises Invalid and Refused.
    """
    collaboration = locked(collaboration)
    require_seat(collaboration, by, WRITES)
    terms = _terms(collaboration, draft=draft)
    text = clause_text(terms, clause, names_in(terms)) if clause in FIELDS else ""
    if not text:
        raise Invalid(_("この条には、まだ何も書かれていません。書かれた条を選んでください。"))
    if mark(terms, clause) != seen:
        raise Conflict(
            _("あなたが読んだあとに、この条が変わりました。いまの文を読んで、もう一度伝えてください。")
        )
    asked = sorted(table(collaboration) - {by.required_party})
    if not asked:
        raise Refused(_("まだ、確かめる相手が席についていません。相手が加わってから伝えてください。"))
    message = said(collaboration, Message.Kind.RESTATED, body=body, by=by)
    Restatement.objects.create(message=message, clause=clause, mark=seen, text=text, asked=asked)
    write(RESTATED, collaboration, by=by, message=message.pk, about=None, clause=clause)
    return message


def _terms(collaboration: Collaboration, *, draft: bool) -> Terms:
    """Return the text in preparation or the one in force. Raises Refused when there is none. One query."""
    found = draft_of(collaboration) if draft else collaboration.in_force
    if found is None:
        raise Refused(_("その文は、もうありません。取組のページで、いまの内容を確かめてください。"))
    return found.terms


@records(CONFIRMED)
def confirm(restated: Message, *, by: Actor) -> Restatement:
    """Say for one party that it was meant like this; with the last one asked it is confirmed. Raises Refused."""
    restatement, collaboration = _to_reply(restated, by)
    status = RESTATEMENT.after(RestatementStatus(restatement.status), RestatementMove.CONFIRM)
    given = set(restated.replies.filter(kind=Message.Kind.CONFIRMED).values_list("party_id", flat=True))
    if by.required_party in given:
        raise Refused(_("もう確かめています。ほかの主体の返事を待ってください。"))
    if restatement.message.person_id == by.required_person:
        raise Refused(_("伝えた本人は、確かめられません。別の人が確かめてください。"))
    message = said(collaboration, Message.Kind.CONFIRMED, body="", answers=restated, by=by)
    told = write(CONFIRMED, collaboration, by=by, message=message.pk, restatement=restated.pk)
    if all_replied(set(restatement.asked) & table(collaboration), given | {by.required_party}):
        _settle(restatement, status, told)
    return restatement


@records(DIFFERED)
def differ(restated: Message, *, body: str, by: Actor) -> Message:
    """Say for one party what is different from how it was understood; that settles the restatement. Raises Refused."""
    restatement, collaboration = _to_reply(restated, by)
    status = RESTATEMENT.after(RestatementStatus(restatement.status), RestatementMove.DIFFER)
    if restated.replies.filter(party_id=by.required_party).exists():
        raise Refused(_("もう確かめています。ちがうところは、話として書いてください。"))
    message = said(collaboration, Message.Kind.DIFFERENT, body=body, answers=restated, by=by)
    _settle(
        restatement,
        status,
        write(DIFFERED, collaboration, by=by, message=message.pk, restatement=restated.pk),
    )
    return message


@records(RESTATEMENT_WITHDRAWN)
def withdraw_restatement(restated: Message, *, by: Actor) -> Restatement:
    """Take the own party's restatement back while it waits. What was said stays readable. Raises Refused."""
    restatement, collaboration = _locked(restated, by)
    if restatement.message.party_id != by.required_party:
        raise Forbidden(_("取り下げられるのは、伝えた主体だけです。"))
    status = RESTATEMENT.after(RestatementStatus(restatement.status), RestatementMove.WITHDRAW)
    told = write(RESTATEMENT_WITHDRAWN, collaboration, by=by, restatement=restated.pk)
    return _settle(restatement, status, told)


def _to_reply(restated: Message, by: Actor) -> tuple[Restatement, Collaboration]:
    restatement, collaboration = _locked(restated, by)
    if by.required_party not in restatement.asked:
        raise Forbidden(_("確かめられるのは、聞かれた主体だけです。気づいたことは、話として書いてください。"))
    return restatement, collaboration


def _locked(restated: Message, by: Actor) -> tuple[Restatement, Collaboration]:
    """Return a restatement and its collaboration, both locked, for somebody who writes at its table."""
    collaboration = locked(restated.collaboration)
    require_seat(collaboration, by, WRITES)
    found = Restatement.objects.select_for_update(of=("self",)).select_related("message")
    return found.get(pk=restated.pk), collaboration


def _settle(restatement: Restatement, status: RestatementStatus, told: Entry) -> Restatement:
    """Settle a restatement as `told` on record."""
    restatement.status, restatement.settled_at, restatement.settled_by_id = status, told.at, told.party
    restatement.save(update_fields=["status", "settled_at", "settled_by"])
    return restatement
