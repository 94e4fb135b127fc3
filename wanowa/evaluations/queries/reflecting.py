"""The joint text of a round: its draft, the text that awaits consent, and the locks under which it is decided."""

from collections.abc import Collection

from django.db.models import Exists, OuterRef
from django.utils.translation import gettext as _

from wanowa.collaborations.models import Collaboration
from wanowa.collaborations.queries import locked
from wanowa.evaluations.models import Approval, Reason, Reflection, Round, Statement
from wanowa.evaluations.rules import TOLD, Status
from wanowa.kernel.actors import Actor
from wanowa.kernel.errors import Forbidden, Refused
from wanowa.parties.models import Membership, Party
from wanowa.parties.queries import require
from wanowa.parties.rules import ALONE, Role
from wanowa.people.models import User


def told_locked(found: Round, by: Actor, roles: Collection[Role]) -> tuple[Round, Collaboration]:
    """Return a revealed round and its collaboration, both locked until commit.

    Forbidden unless `by` acts in one of `roles` for a party that looked back in it. Everybody locks the
    collaboration first. Costs three queries.
    """
    collaboration = locked(found.collaboration)
    found = Round.objects.select_for_update().get(pk=found.pk)
    found.collaboration = collaboration
    if by.required_party not in found.concerned:
        raise Forbidden(_("このふりかえりの主体だけができます。"))
    require(by, roles)
    if found.status not in TOLD:
        raise Refused(_("まだ封が開いていません。全員が封をするか、締め切りがすぎるまで待ってください。"))
    return found, collaboration


def revealed_locked(found: Round, by: Actor, roles: Collection[Role]) -> tuple[Round, Collaboration]:
    """Like `told_locked`, but only while nothing is published yet."""
    found, collaboration = told_locked(found, by, roles)
    if found.status == Status.PUBLISHED:
        raise Refused(_("このふりかえりは、もう公開されています。公開したものは変えられません。"))
    return found, collaboration


def reflection_of(found: Round) -> Reflection | None:
    """Return the joint text in preparation. Costs one query."""
    return Reflection.objects.filter(round=found).select_related("edited_by").first()


def open_statement(found: Round) -> Statement | None:
    """Return the joint text that awaits consent. Costs one query."""
    return (
        Statement.objects.filter(round=found, in_force_at__isnull=True, closed_at__isnull=True)
        .select_related("offered_by")
        .first()
    )


def statement_by_fingerprint(found: Round, fingerprint: str) -> Statement | None:
    """Return the joint text a reader saw, open or not. Costs one query."""
    return Statement.objects.filter(round=found, fingerprint=fingerprint).first()


def statement_in_force(found: Round) -> Statement | None:
    """Return the joint text that all consented to. Costs one query."""
    return Statement.objects.filter(round=found, in_force_at__isnull=False).first()


def asked_in(found: Round) -> list[int]:
    """Return whose consent a joint text needs: everybody who looked back and is still there. Costs one query."""
    there = Party.objects.filter(pk__in=found.concerned, closed_at__isnull=True)
    return sorted(there.values_list("pk", flat=True))


def statements_waiting_for(parties: Collection[int]) -> list[Statement]:
    """Return the joint texts to which one of `parties` has not consented yet, oldest first. Costs one query."""
    if not parties:
        return []
    given = Approval.objects.filter(
        statement=OuterRef("pk"), party__in=list(parties), withdrawn_at__isnull=True
    )
    waiting = Statement.objects.filter(
        concerned__overlap=list(parties), in_force_at__isnull=True, closed_at__isnull=True
    )
    return list(
        waiting.exclude(Exists(given)).select_related("round__collaboration", "offered_by").order_by("id")
    )


def export_of(person: User) -> dict[str, object]:
    """Return the reasons that a person said as a party of her own. Costs one query."""
    own = Membership.objects.filter(person=person, party__kind__in=ALONE).values("party")
    said = Reason.objects.filter(party__in=own).select_related("round__collaboration").order_by("id")
    return {
        "reasons": [
            {
                "collaboration": one.round.collaboration.title,
                "round": one.round.number,
                "question": one.criterion,
                "text": one.text,
                "said_at": one.said_at.isoformat(),
            }
            for one in said
        ]
    }
