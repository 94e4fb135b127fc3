"""Everything on the first page of the scheme: open rounds, who looks for partners, one's own ideas and proposals."""

from collections.abc import Sequence
from dataclasses import dataclass

from wanowa.guideline.queries import pack
from wanowa.guideline.rules import Bridge
from wanowa.parties.queries import parties_of
from wanowa.people.models import User
from wanowa.proposals.models import Need, Proposal, Round, Seed
from wanowa.proposals.queries.proposals import calling, own_proposals
from wanowa.proposals.queries.rounds import (
    Day,
    Room,
    apply_end,
    calendar_of,
    needs_in,
    open_rounds,
    opens_on,
    rooms_in,
    rounds_before,
)
from wanowa.proposals.queries.seeds import address_of, own_seeds


@dataclass(frozen=True, slots=True)
class OpenRound:
    """One round that takes proposals now."""

    round: Round
    days: Sequence[Day]
    rooms: Sequence[Room]
    needs: Sequence[Need]

    @property
    def opens_on(self) -> object:
        """The first day, while it has not come."""
        return opens_on(self.round)

    @property
    def deadline(self) -> object:
        """The last day, until 24:00."""
        return apply_end(self.round)


@dataclass(frozen=True, slots=True)
class Overview:
    """The first page."""

    rounds: Sequence[OpenRound]
    before: Sequence[Round]
    """Those that take no more proposals."""
    calling: Sequence[tuple[Proposal, str]]
    bridges: Sequence[Bridge]
    seeds: Sequence[tuple[Seed, str]]
    proposals: Sequence[Proposal]


def overview_of(person: User | None) -> Overview:
    """Return the first page. Costs five queries, three for each open round, and three for who has signed in."""
    rounds = [
        OpenRound(found, calendar_of(found), rooms_in(found), needs_in(found)) for found in open_rounds()
    ]
    return Overview(
        rounds,
        rounds_before(),
        calling(),
        pack().bridges,
        [(one, address_of(one)) for one in own_seeds(person)] if person else (),
        own_proposals(parties_of(person.pk)) if person else (),
    )
