"""What waits for a person: composed from what the apps below can tell, most urgent first."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.db.models import Exists, OuterRef, QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _

from wanowa.collaborations import queries as collaborations
from wanowa.collaborations.models import Collaboration, Draft, JoinRequest, Participation, Version
from wanowa.collaborations.rules import Seat
from wanowa.kernel import eras
from wanowa.kernel.actors import Actor
from wanowa.parties.queries import awaiting_decision, parties_of
from wanowa.parties.rules import SPEAKS, WRITES
from wanowa.people.models import User


@dataclass(frozen=True, slots=True)
class Todo:
    """One thing that waits: what, why, where, and the word on the button."""

    title: str
    detail: str
    href: str
    action: str
    urgent: bool = False


def todos(actor: Actor) -> list[Todo]:
    """Return what waits for this person: consents, invitations, requests, texts to write. Costs eight queries."""
    return [*_consents(actor), *_invitations(actor), *_requests(actor), *_texts(actor)]


def registrations_to_decide(person: User) -> list[Todo]:
    """Return the registrations that wait for a coordinator; nothing for others. Costs one query for a coordinator."""
    if not person.is_coordinator:
        return []
    return [
        Todo(
            title=_("団体登録を確かめる：%(name)s") % {"name": registration.party.name},
            detail=_("%(year)sの登録です。わけをそえて、返事をします。")
            % {"year": eras.fiscal_year_label(registration.fiscal_year)},
            href=reverse("parties:decide", args=[registration.party.slug, registration.fiscal_year]),
            action=_("確かめる"),
        )
        for registration in awaiting_decision()
    ]


def _consents(actor: Actor) -> Iterator[Todo]:
    for version in collaborations.waiting_for(actor):
        yield Todo(
            title=_("「%(title)s」第%(number)s版に同意する")
            % {"title": version.collaboration.title, "number": version.number},
            detail=_("%(name)sが提案しました。あなたの主体が同意するまで、何も変わりません。")
            % {"name": version.offered_by.name},
            href=reverse("collaborations:consent", args=[version.collaboration.slug]),
            action=_("確かめる"),
            urgent=True,
        )


def _invitations(actor: Actor) -> Iterator[Todo]:
    speaks = parties_of(actor.person, SPEAKS)
    invited = Participation.objects.filter(
        party_id__in=speaks, seat=Seat.INVITED, collaboration__status__in=["idea", "talking"]
    )
    for seat in invited.select_related("collaboration", "party").order_by("id"):
        yield Todo(
            title=_("話し合いへの招き：%(title)s") % {"title": seat.collaboration.title},
            detail=_("%(name)sが招かれています。加わっても、まだ何も決まりません。")
            % {"name": seat.party.name},
            href=reverse("collaborations:collaboration", args=[seat.collaboration.slug]),
            action=_("読む"),
        )


def _requests(actor: Actor) -> Iterator[Todo]:
    waiting = JoinRequest.objects.filter(
        state=JoinRequest.State.WAITING,
        collaboration__participations__party_id__in=parties_of(actor.person, WRITES),
        collaboration__participations__seat=Seat.SEATED,
    )
    for request in waiting.select_related("collaboration", "party").distinct().order_by("id"):
        yield Todo(
            title=_("仲間に入りたいという申し出：%(title)s") % {"title": request.collaboration.title},
            detail=_("%(name)sから。返事を待っています。") % {"name": request.party.name},
            href=reverse("collaborations:collaboration", args=[request.collaboration.slug]),
            action=_("読む"),
        )


def _texts(actor: Actor) -> Iterator[Todo]:
    """Texts in preparation at tables where the person writes, as long as nothing is offered."""
    mine = parties_of(actor.person, WRITES)
    waiting = Version.objects.filter(
        collaboration=OuterRef("collaboration"), in_force_at__isnull=True, closed_at__isnull=True
    )
    drafts = (
        Draft.objects.filter(
            collaboration__participations__party_id__in=mine, collaboration__participations__seat=Seat.SEATED
        )
        .exclude(Exists(waiting))
        .exclude(collaboration__status="withdrawn")
    )
    for draft in drafts.select_related("collaboration", "edited_by").distinct().order_by("-updated_at"):
        yield Todo(
            title=_("内容を書く：%(title)s") % {"title": draft.collaboration.title},
            detail=_("最後に直したのは%(name)sです。") % {"name": draft.edited_by.name},
            href=reverse("collaborations:terms", args=[draft.collaboration.slug]),
            action=_("つづける"),
        )


def my_collaborations(actor: Actor) -> QuerySet[Collaboration]:
    """Return the collaborations at whose table the person sits, the liveliest first. Costs two queries."""
    return collaborations.at_table_of(parties_of(actor.person))


def latest() -> QuerySet[Collaboration]:
    """Return the public collaborations that move now, newest first. Costs two queries."""
    return collaborations.directory().exclude(status__in=["ended", "withdrawn"])[:6]
