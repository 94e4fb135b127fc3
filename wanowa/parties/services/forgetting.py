"""What parties forget when a person is erased."""

from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from wanowa.kernel.actors import Actor
from wanowa.kernel.languages import in_japanese
from wanowa.kernel.text import search_key
from wanowa.parties import verbs
from wanowa.parties.models import Invitation, Membership, Party
from wanowa.parties.rules import ALONE, OWN_WORDS
from wanowa.parties.services.authority import locked
from wanowa.parties.services.terms import A_DAY, end, forget_invitations
from wanowa.people.models import User
from wanowa.record.services import write
from wanowa.record.services.unrecorded import unrecorded
from wanowa.search.services import forget as forget_documents


@unrecorded("runs inside the erasure, which is recorded; a closed own party is recorded here")
def forget_person(person: User, *, by: Actor) -> None:
    """Erase what parties hold about a person: the own party's words, terms from today on, invitations.

    Past terms stay without a name: `people` takes the name off the person. Called in the transaction of the
    erasure, after `queries.erasure_obstacles` found none.
    """
    yesterday = timezone.localdate() - A_DAY
    for term in Membership.objects.filter(person=person).select_related("party").order_by("party_id"):
        party = locked(term.party_id)
        if party.kind in ALONE and not party.closed_at:
            _forget_words(party)
            write(verbs.CLOSED, party, by=Actor(person=by.person, party=party.pk))
        end(term, yesterday)
    forget_invitations(Invitation.objects.filter(Q(email=person.email.lower()) | Q(invited_by=person)))


def _forget_words(party: Party) -> None:
    """Close a person's own party and leave nothing of what they wrote."""
    for name in OWN_WORDS:
        setattr(party, name, "")
    with in_japanese():
        party.name, party.fields = _("退会した人"), []
    party.corporate_number, party.founded_year, party.member_count = "", None, None
    party.search_key = party.sort_key = search_key(party.name)
    party.closed_at = timezone.now()
    party.save()
    forget_documents("parties", [str(party.pk)])


@unrecorded("an invitation nobody accepted changed nothing; the addresses that go are recorded")
def forget_expired_invitations() -> int:
    """Delete the invitations nobody accepted in time, with their addresses. Returns how many.

    Not in one transaction: it would hold the records of several parties at once.
    """
    return forget_invitations(Invitation.objects.filter(expires_at__lte=timezone.now()))
