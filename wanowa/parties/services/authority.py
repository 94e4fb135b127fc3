"""The lock and the question that stand before every change of a party."""

from django.utils.translation import gettext_lazy as _

from wanowa.kernel.actors import Actor
from wanowa.kernel.errors import Forbidden, Refused
from wanowa.parties.models import Party
from wanowa.parties.queries import require
from wanowa.parties.rules import ALLOWED, ALONE, Act


def locked(party: int) -> Party:
    """Return the party as it is now, locked until commit: changes of one party happen one after the other."""
    return Party.objects.select_for_update(no_key=True).get(pk=party)


def acting(party: int, act: Act, *, by: Actor) -> Party:
    """Return the locked party if `by` may do `act` for it now; raise Forbidden otherwise."""
    mine = locked(party)
    if by.required_party != mine.pk:
        raise Forbidden(_("ほかの主体のことは変えられません。自分の主体のページから行ってください。"))
    require(by, ALLOWED[act])
    return mine


def refuse_alone(party: Party) -> None:
    """Raise Refused for a party that is one person."""
    if party.kind in ALONE:
        raise Refused(
            _(
                "個人の主体は、本人ひとりだけのものです。なかまと行うときは、団体として新しく参加してください。"
            )
        )
