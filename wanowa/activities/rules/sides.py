"""Who may do what to an activity: by area, by where one stands, and by role (G-24, guideline Ⅱ-4).

Only what the guideline itself says about A and E looks at the kind of a party: citizens act in A, the city acts
in E, and it is the city that keeps itself informed of A. Everything else is the same for every kind (G-22f).
"""

from collections.abc import Collection, Mapping
from enum import StrEnum

from wanowa.activities.rules.lifecycle import Move
from wanowa.guideline.rules import Area, Kind
from wanowa.parties.rules import SPEAKS, WRITES, Role

OWN_AREAS = (Area.A, Area.E)
"""The areas in which a party acts without others."""


class Stand(StrEnum):
    """How somebody stands to an activity."""

    OWNER = "owner"
    DEPARTMENT = "department"
    ELSEWHERE = "elsewhere"


MOVES: Mapping[Area, frozenset[Move]] = {
    Area.A: frozenset({Move.EDIT, Move.WATCH, Move.UNWATCH, Move.SUGGEST, Move.END}),
    Area.E: frozenset({Move.EDIT, Move.ANSWER, Move.END}),
}
"""What there is to do in each area: A is watched and can move to B, E answers for itself."""

ALLOWED: Mapping[Stand, Mapping[Move, frozenset[Role]]] = {
    Stand.OWNER: {
        Move.EDIT: WRITES,
        Move.SUGGEST: WRITES,
        Move.ANSWER: WRITES,
        Move.END: SPEAKS,
    },
    Stand.DEPARTMENT: {Move.WATCH: WRITES, Move.UNWATCH: WRITES, Move.SUGGEST: WRITES},
    Stand.ELSEWHERE: {},
}
"""The one table of rights by role. A coordinator may besides suggest, for neither side and without a role."""


def area_of(kind: Kind) -> Area:
    """Return the area of what a party of this kind does alone."""
    return Area.E if kind is Kind.CITY else Area.A


def stand_of(party: int, kind: Kind, owner: int) -> Stand:
    """Return how a party stands to an activity of `owner`."""
    if party == owner:
        return Stand.OWNER
    return Stand.DEPARTMENT if kind is Kind.CITY else Stand.ELSEWHERE


def roles_for(area: Area, stand: Stand, move: Move) -> frozenset[Role]:
    """Return the roles in which somebody standing so may make the move; none when nobody may."""
    return ALLOWED[stand].get(move, frozenset()) if move in MOVES[area] else frozenset()


def who_answers(table: Mapping[int, Kind]) -> frozenset[int]:
    """Return the parties that answer for a collaboration in area E: the city's, or all where the city has no seat."""
    city = frozenset(party for party, kind in table.items() if kind is Kind.CITY)
    return city or frozenset(table)


def awaited(owner: int, department: int, agreed: Collection[int]) -> frozenset[int]:
    """Return the sides whose word is still missing before talks begin: nobody's word counts for the other."""
    return frozenset({owner, department}) - frozenset(agreed)
