"""The talk before handing in, in one room where all sides read the same; and what each side says before the judging."""

from django.utils.translation import gettext as _

from wanowa.kernel.actors import Actor
from wanowa.kernel.errors import Forbidden, Invalid, Refused
from wanowa.kernel.text import graphemes
from wanowa.parties.queries import require
from wanowa.parties.rules import WRITES
from wanowa.people.queries import coordinators
from wanowa.proposals.models import Message, Proposal, Statement
from wanowa.proposals.queries.proposals import locked_proposal, partners_of, readers_of, require_writer
from wanowa.proposals.rules.lifecycle import ELSEWHERE, Status
from wanowa.proposals.rules.told import digest_of_text
from wanowa.proposals.verbs import DESK_SPOKE, SPOKE, STATED
from wanowa.record.services import records, write

BEFORE_JUDGING = frozenset({Status.DRAFT, Status.MATCHING, Status.SUBMITTED, Status.RETURNED})
TALKING = BEFORE_JUDGING | ELSEWHERE
"""What goes on outside of its round is talked about as before."""
LONGEST = 2000
LONGEST_STATEMENT = 600


@records(SPOKE, DESK_SPOKE)
def speak(proposal: Proposal, *, body: str, by: Actor) -> Message:
    """Say something in the room: for a party around the proposal, or as the desk (no party). Raises Forbidden."""
    proposal = locked_proposal(proposal)
    if by.party is None:
        if not coordinators().filter(pk=by.required_person).exists():
            raise Forbidden(_("どの主体として書くかをえらんでください。"))
    else:
        require(by, WRITES)
        if by.party not in readers_of(proposal, partners_of(proposal)):
            raise Forbidden(_("この部屋に書けるのは、提案する主体と、声をかけられた主体です。"))
    if proposal.status not in TALKING:
        raise Refused(_("審査が始まったので、この部屋は読むだけになりました。"))
    if not body.strip():
        raise Invalid(_("ことばを書いてください。"))
    if graphemes(body) > LONGEST:
        raise Invalid(_("2000文字までで書いてください。分けて書くこともできます。"))
    told = write(SPOKE if by.party else DESK_SPOKE, proposal, by=by)
    return Message.objects.create(
        proposal=proposal, party_id=by.party, person_id=by.required_person, body=body.strip(), said_at=told.at
    )


@records(STATED)
def state(proposal: Proposal, *, text: str, by: Actor) -> Statement:
    """Say what one side thinks, before the judging; the words of all sides go to the reviewers. Raises Forbidden."""
    require_writer(proposal, by)
    proposal = locked_proposal(proposal)
    if proposal.status not in BEFORE_JUDGING:
        raise Refused(_("審査が始まったので、もう書きかえられません。"))
    if not text.strip():
        raise Invalid(_("あなたの主体の考えを書いてください。審査する人が読みます。"))
    if graphemes(text) > LONGEST_STATEMENT:
        raise Invalid(_("600文字までで書いてください。"))
    write(STATED, proposal, by=by, text=digest_of_text(text.strip()))
    found, _new = Statement.objects.update_or_create(
        proposal=proposal,
        party_id=by.required_party,
        defaults={"person_id": by.required_person, "text": text.strip()},
    )
    return found
