"""Putting the joint text before everybody, consenting to it, and what the last consent does: it publishes."""

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from wanowa.collaborations.models import Collaboration
from wanowa.evaluations.models import Approval, Reflection, Round, Statement
from wanowa.evaluations.queries.reflecting import asked_in, open_statement, revealed_locked
from wanowa.evaluations.rules import LIFECYCLE, Move, Status
from wanowa.evaluations.rules.joint import fingerprint, missing, takes_effect
from wanowa.evaluations.verbs import (
    PUBLISHED,
    STATEMENT_APPROVED,
    STATEMENT_OFFERED,
    STATEMENT_RETRACTED,
    STATEMENT_SENT_BACK,
)
from wanowa.kernel.actors import Actor
from wanowa.kernel.errors import Conflict, Forbidden, Invalid, Refused
from wanowa.parties.models import Party
from wanowa.parties.rules import ALONE, SPEAKS
from wanowa.record.models import Entry
from wanowa.record.services import records, write


@records(STATEMENT_OFFERED)
def offer_statement(found: Round, *, revision: int, shows_own: bool = False, by: Actor) -> Statement:
    """Put the joint text before everybody; offering is the offering party's own consent.

    `revision` is the one the actor read. `shows_own` is asked of a party that is one person: whether its scores
    and words may be public. Raises Conflict when the text moved, Invalid with what is missing.
    """
    found, collaboration = revealed_locked(found, by, SPEAKS)
    reflection = Reflection.objects.select_for_update().filter(round=found).first()
    if reflection is None or (lacking := missing(reflection.joint)):
        raise Invalid(lacking if reflection else _("先に、まとめの文を書いてください。"))
    if reflection.revision != revision:
        raise Conflict(_("あなたが読んだあとに、まとめが変わりました。新しい文を確かめてください。"))
    if open_statement(found) is not None:
        raise Refused(_("いま、別のまとめが同意を待っています。先にその結果を出してください。"))
    number = found.statements.count() + 1
    concerned = asked_in(found)
    if len(concerned) < 2:
        raise Refused(_("いま答えられる主体が1つだけです。公開には、2つ以上の主体の同意がいります。"))
    digest = fingerprint(found.pk, number, concerned, reflection.content)
    told = write(
        STATEMENT_OFFERED, collaboration, by=by, number=found.number, draft=number, fingerprint=digest
    )
    statement = Statement.objects.create(
        round=found,
        number=number,
        content=reflection.content,
        concerned=concerned,
        fingerprint=digest,
        offered_by_id=by.required_party,
        offered_at=told.at,
    )
    _give(statement, found, collaboration, shows_own=shows_own, by=by)
    return statement


@records(STATEMENT_APPROVED)
def approve(found: Round, *, seen: str, shows_own: bool = False, by: Actor) -> Round:
    """Give one party's consent to the joint text it has read; the last consent publishes the evaluation.

    `seen` is the fingerprint on the reader's page; another open text raises Conflict.
    """
    found, collaboration, statement = _to_answer(found, by)
    if statement.fingerprint != seen:
        raise Conflict(_("あなたが読んだあとに、まとめが変わりました。変わったところを確かめてください。"))
    if statement.approvals.filter(party_id=by.required_party, withdrawn_at__isnull=True).exists():
        raise Refused(_("このまとめには、もう同意しています。ほかの主体の同意を待ってください。"))
    _give(statement, found, collaboration, shows_own=shows_own, by=by)
    return found


@records(STATEMENT_RETRACTED)
def retract_approval(found: Round, *, by: Actor) -> Statement:
    """Take the party's own consent back while others are awaited. Without the offerer's, the offer is closed."""
    found, collaboration, statement = _to_answer(found, by)
    given = statement.approvals.filter(party_id=by.required_party, withdrawn_at__isnull=True)
    if not given.exists():
        raise Refused(_("このまとめには、まだ同意していません。取り下げるものはありません。"))
    told = write(STATEMENT_RETRACTED, collaboration, by=by, number=found.number, draft=statement.number)
    given.update(withdrawn_at=told.at)
    if statement.offered_by_id == by.required_party:
        _close(statement, told)
    return statement


@records(STATEMENT_SENT_BACK)
def send_statement_back(found: Round, *, reason: str, by: Actor) -> Statement:
    """Close the offer and go on writing together; the reason is for the other parties."""
    found, collaboration, statement = _to_answer(found, by)
    if not reason.strip():
        raise Invalid(_("どこを直したいかを書いてください。ほかの主体が読みます。"))
    told = write(
        STATEMENT_SENT_BACK,
        collaboration,
        by=by,
        personal={"reason": reason},
        number=found.number,
        draft=statement.number,
    )
    _close(statement, told)
    return statement


def _to_answer(found: Round, by: Actor) -> tuple[Round, Collaboration, Statement]:
    """Return the locked round, its collaboration and the text that awaits consent; only for those it asks."""
    found, collaboration = revealed_locked(found, by, SPEAKS)
    statement = open_statement(found)
    if statement is None:
        raise Refused(_("同意を待っているまとめはありません。ふりかえりのページで確かめてください。"))
    if by.required_party not in statement.concerned:
        raise Forbidden(_("このまとめに同意できるのは、ふりかえった主体だけです。"))
    return found, collaboration, statement


def _give(
    statement: Statement, found: Round, collaboration: Collaboration, *, shows_own: bool, by: Actor
) -> None:
    alone = Party.objects.filter(pk=by.required_party, kind__in=ALONE).exists()
    shows_own = shows_own or not alone
    told = write(
        STATEMENT_APPROVED,
        collaboration,
        by=by,
        number=found.number,
        draft=statement.number,
        fingerprint=statement.fingerprint,
        shows_own=shows_own,
    )
    try:
        with transaction.atomic():
            Approval.objects.create(
                statement=statement,
                party_id=by.required_party,
                person_id=by.required_person,
                fingerprint=statement.fingerprint,
                shows_own=shows_own,
                given_at=told.at,
            )
    except IntegrityError:
        raise Refused(
            _("ひとりで2つの主体の同意はできません。もう一方の主体は、別の代表の人が同意してください。")
        ) from None
    given = statement.approvals.filter(withdrawn_at__isnull=True)
    if takes_effect(
        statement.concerned,
        given.values_list("party_id", "person_id", "fingerprint"),
        statement.fingerprint,
    ):
        _publish(statement, found, collaboration, by)


def _publish(statement: Statement, found: Round, collaboration: Collaboration, by: Actor) -> None:
    """Bring the joint text into force and publish the round with it, in one moment."""
    told = write(
        PUBLISHED,
        collaboration,
        by=by,
        number=found.number,
        draft=statement.number,
        fingerprint=statement.fingerprint,
    )
    statement.in_force_at = told.at
    statement.save(update_fields=["in_force_at"])
    found.status = LIFECYCLE.after(Status(found.status), Move.PUBLISH)
    found.published_at = told.at
    found.save(update_fields=["status", "published_at"])
    Reflection.objects.filter(round=found).delete()


def _close(statement: Statement, told: Entry) -> None:
    statement.closed_at, statement.closed_by_id = told.at, told.party
    statement.save(update_fields=["closed_at", "closed_by"])
