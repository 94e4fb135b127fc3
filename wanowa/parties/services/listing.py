"""Groups that the world knows and nobody has joined yet: listed from public records, waiting for their people."""

from collections.abc import Callable
from datetime import timedelta
from secrets import token_urlsafe

from django.utils import timezone
from django.utils.translation import gettext as _

from wanowa.guideline.rules import Kind
from wanowa.kernel.actors import Actor
from wanowa.kernel.errors import Forbidden, Refused
from wanowa.parties import verbs
from wanowa.parties.models import Invitation, Party
from wanowa.parties.queries import digest_of, has_members
from wanowa.parties.rules import ALONE, INVITATION_DAYS, Role
from wanowa.parties.services.authority import locked
from wanowa.parties.services.founding import Naming, Profile, fill, free_slug, queue_for_a_slug, store
from wanowa.parties.services.membership import address_of, invitation_mail
from wanowa.parties.services.terms import forget_invitations
from wanowa.people.models import User
from wanowa.people.rules import Purpose
from wanowa.people.services import deliver
from wanowa.record.services import records, write


def _require_desk(by: Actor) -> None:
    person = User.objects.get(pk=by.required_person)
    if not (person.is_coordinator or person.is_staff):
        raise Forbidden(_("これは、協働の窓口の人だけができます。窓口にご連絡ください。"))


@records(verbs.LISTED)
def list_group(kind: Kind, naming: Naming, profile: Profile, *, by: Actor) -> Party:
    """Return a new party without members, as public records describe it. Raises Forbidden, Refused, Invalid."""
    _require_desk(by)
    if kind in ALONE:
        raise Refused(_("個人の主体は、本人だけが登録できます。本人に参加してもらってください。"))
    party = Party(kind=kind)
    fill(party, naming, profile)
    queue_for_a_slug()
    party.slug = free_slug(kind, naming.name)
    store(party)
    write(verbs.LISTED, party, by=by, personal={"name": naming.name}, kind=kind)
    return party


@records(verbs.RELISTED)
def relist(party: Party, naming: Naming, profile: Profile, *, by: Actor) -> Party:
    """Follow the public records for a party that nobody has joined. Raises Refused when somebody has."""
    _require_desk(by)
    mine = locked(party.pk)
    if has_members(mine):
        raise Refused(_("この団体には、もうメンバーがいます。内容を変えられるのは、メンバーだけです。"))
    fill(mine, naming, profile)
    store(mine)
    write(verbs.RELISTED, mine, by=by, personal={"name": naming.name})
    return mine


@records(verbs.FIRST_INVITED)
def invite_first(party: Party, email: str, *, link: Callable[[str], str], by: Actor) -> Invitation:
    """Mail an invitation to become the first representative of a party that nobody has joined.

    Only the owner of `email` can accept it, once, within 14 days; an earlier one to another address gives way.
    Raises Forbidden, Invalid, Refused, MailUnavailable.
    """
    _require_desk(by)
    mine = locked(party.pk)
    if has_members(mine) or mine.closed_at:
        raise Refused(
            _("この団体には、もうメンバーがいるか、活動を終えています。代表に招待をたのんでください。")
        )
    address = address_of(email)
    forget_invitations(mine.invitations.all())
    token = token_urlsafe(32)
    invitation = Invitation.objects.create(
        party=mine,
        email=address,
        role=Role.REPRESENTATIVE,
        starts_on=timezone.localdate(),
        token_digest=digest_of(token),
        invited_by_id=by.required_person,
        expires_at=timezone.now() + timedelta(days=INVITATION_DAYS),
    )
    write(verbs.FIRST_INVITED, mine, by=by, personal={"email": address})
    if not deliver(invitation_mail(invitation, link(token)), purpose=Purpose.NOTICE):
        raise Refused(_("この人へのメールが、今日は続いています。明日、もう一度送ってください。"))
    return invitation
