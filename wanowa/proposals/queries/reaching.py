"""Whom a proposing party can ask: departments that have room first, then everybody who can answer."""

from collections.abc import Collection

from wanowa.guideline.rules import Kind as PartyKind
from wanowa.parties.queries import answerable
from wanowa.parties.rules import ALONE
from wanowa.proposals.models import Partner, Proposal
from wanowa.proposals.rules.lifecycle import Kind, PartnerState

MOST = 400
"""Parties in the list; beyond that the search and the matching help."""


def reachable(proposal: Proposal, partners: Collection[Partner]) -> list[tuple[int, str]]:
    """Return (id, name) of the parties that can be asked, departments first for a citizens' proposal. One query."""
    known = {proposal.party_id} | {one.party_id for one in partners if one.state != PartnerState.DECLINED}
    found = answerable().exclude(pk__in=known).exclude(kind__in=ALONE).order_by("sort_key", "id")
    rows = list(found.values_list("pk", "name", "kind")[:MOST])
    if proposal.kind == Kind.CITIZEN:
        rows.sort(key=lambda row: row[2] != PartyKind.CITY)
    return [(pk, name) for pk, name, _kind in rows]
