"""Who may take a step now: the table of rights, asked with the row locked."""

from django.utils.translation import gettext as _

from wanowa.introductions import queries
from wanowa.introductions.models import Introduction, Side
from wanowa.introductions.rules import LIFECYCLE, MAY, Move, Status
from wanowa.kernel.actors import Actor
from wanowa.kernel.errors import Forbidden
from wanowa.parties.queries import require
from wanowa.parties.rules import WRITES
from wanowa.talent.services.authority import require_coordinator


def taken(introduction: Introduction, move: Move, by: Actor) -> Introduction:
    """Return the introduction, locked, when the actor may make this move now: for a side, or for the desk.

    Raises Forbidden for others, Refused when it is not the time.
    """
    introduction = queries.locked(introduction)
    if by.party is None:
        require_coordinator(by)
    else:
        require(by, WRITES)
    roles = queries.roles_of(introduction, by.party, desk=by.party is None)
    if MAY[move].isdisjoint(roles):
        raise Forbidden(_("この引き合わせで、それができるのはほかの人です。協働推進員に相談してください。"))
    LIFECYCLE.after(Status(introduction.status), move)
    return introduction


def side_of(introduction: Introduction, by: Actor) -> tuple[Side, Side]:
    """Return the actor's own side and the other one; the caller holds the introduction. Raises Forbidden."""
    sides = queries.sides_of(introduction)
    mine = sides.pop(by.required_party, None)
    if mine is None:
        raise Forbidden(_("この引き合わせの、どちらかの主体の人だけができます。"))
    require(by, WRITES)
    (other,) = sides.values()
    return mine, other
