"""Who sits at the table, and the locks under which services decide. Everybody locks the collaboration first."""

from collections.abc import Collection

from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext_lazy as _

from wanowa.collaborations.models import Collaboration, Draft, Participation, Version
from wanowa.collaborations.rules import Seat, Status
from wanowa.kernel.actors import Actor
from wanowa.kernel.errors import Forbidden, Refused, Sentence
from wanowa.parties.models import Party
from wanowa.parties.queries import require
from wanowa.parties.rules import Role


def locked(collaboration: Collaboration) -> Collaboration:
    """Return the row, fresh and locked until commit. Costs one query."""
    return Collaboration.objects.select_for_update(of=("self",)).get(pk=collaboration.pk)


def seated(collaboration: Collaboration) -> frozenset[int]:
    """Return the parties sitting at the table now. Costs one query."""
    return frozenset(
        Participation.objects.filter(collaboration=collaboration, seat=Seat.SEATED).values_list(
            "party_id", flat=True
        )
    )


def table(collaboration: Collaboration) -> frozenset[int]:
    """Return the parties that may read and write the text in preparation: the seated, and a newcomer. Two queries."""
    newcomer = Draft.objects.filter(collaboration=collaboration).values_list("newcomer_id", flat=True).first()
    return seated(collaboration) | ({newcomer} if newcomer else frozenset())


def require_seat(collaboration: Collaboration, by: Actor, roles: Collection[Role]) -> None:
    """Refuse unless `by` acts in one of `roles` for a party at the table. Costs three queries, locks the membership."""
    if by.required_party not in table(collaboration):
        raise Forbidden(
            _("この取組の主体だけができます。仲間に入りたいときは、取組のページから申し出てください。")
        )
    require(by, roles)


def require_own_seat(collaboration: Collaboration, by: Actor, roles: Collection[Role]) -> None:
    """Refuse unless `by` acts for a seated party; a newcomer only works on the text that lets it in.

    Costs two queries, locks the membership.
    """
    if by.required_party not in seated(collaboration):
        raise Forbidden(_("いま参加している主体だけができます。加わる手続きが終わるまで、お待ちください。"))
    require(by, roles)


def keeps_from_closing(party: Party) -> Sentence | None:
    """Say why a party cannot close: without its consent, nothing could be changed or ended. One query."""
    sits = Participation.objects.filter(collaboration=OuterRef("pk"), party=party, seat=Seat.SEATED)
    running = Collaboration.objects.exclude(status__in=(Status.ENDED, Status.WITHDRAWN))
    first = running.filter(Exists(sits) | Q(draft__newcomer=party)).order_by("id").first()
    if first is None:
        return None
    return _("先に、取組「%(title)s」から抜けるか、終了を提案してください。") % {"title": first.title}


def draft_locked(collaboration: Collaboration) -> Draft:
    """Return the text in preparation, locked. Refused when there is none. Costs one query."""
    draft = Draft.objects.select_for_update().filter(collaboration=collaboration).first()
    if draft is None:
        raise Refused(_("いま準備している内容はありません。「変更を提案する」から始めてください。"))
    return draft


def open_version_locked(collaboration: Collaboration) -> Version:
    """Return the version awaiting consent, locked. Refused when there is none. Costs one query."""
    version = (
        Version.objects.select_for_update()
        .filter(collaboration=collaboration, in_force_at__isnull=True, closed_at__isnull=True)
        .first()
    )
    if version is None:
        raise Refused(_("同意を待っている提案はありません。取組のページで、いまの状態を確かめてください。"))
    return version
