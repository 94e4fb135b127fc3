"""People join a party, change roles, leave, hand over: always dated, never without a representative."""

from collections.abc import Callable
from datetime import date, timedelta
from secrets import token_urlsafe

from django.core.exceptions import ValidationError
from django.core.mail import EmailMessage
from django.core.validators import validate_email
from django.utils import timezone
from django.utils.translation import gettext as _

from wanowa.kernel.actors import Actor
from wanowa.kernel.eras import day_label
from wanowa.kernel.errors import Forbidden, Invalid, Refused
from wanowa.kernel.languages import speaking
from wanowa.parties import verbs
from wanowa.parties.models import Invitation, Membership, Party
from wanowa.parties.queries import current_memberships, digest_of
from wanowa.parties.rules import INVITATION_DAYS, Act, Role
from wanowa.parties.services.authority import acting, locked, refuse_alone
from wanowa.parties.services.terms import (
    A_DAY,
    end,
    forget_address,
    forget_invitations,
    forget_invitations_by_former_representatives,
    handed_over_term,
    require_representative,
    stored,
    switch,
    take_role,
)
from wanowa.people.models import User
from wanowa.people.queries import language_at
from wanowa.people.rules import Purpose
from wanowa.people.services import deliver
from wanowa.record.services import records, write


@records(verbs.INVITED)
def invite(
    party: Party,
    email: str,
    role: Role,
    *,
    starts_on: date,
    link: Callable[[str], str],
    hands_over: Membership | None = None,
    by: Actor,
) -> Invitation:
    """Mail an invitation that only the owner of `email` can accept, once, within 14 days.

    `link` turns the secret token into an address for the mail. With `hands_over` the invited person becomes
    representative on `starts_on` in that term's place, which ends the day before.
    Raises Forbidden, Invalid, Refused, MailUnavailable.
    """
    mine = acting(party.pk, Act.INVITE, by=by)
    refuse_alone(mine)
    address = address_of(email)
    _refuse_past(starts_on)
    if current_memberships().filter(party=mine, person__email__iexact=address).exists():
        raise Refused(_("この人は、もうメンバーです。役割を変えるときは、メンバーの一覧から行ってください。"))
    forget_invitations(mine.invitations.filter(expires_at__lte=timezone.now()))
    if mine.invitations.filter(accepted_at__isnull=True, email=address).exists():
        raise Refused(
            _("この人には、もう招待を送っています。送りなおすときは、前の招待を取り消してください。")
        )
    token = token_urlsafe(32)
    invitation = Invitation.objects.create(
        party=mine,
        email=address,
        role=Role.REPRESENTATIVE if hands_over else role,
        starts_on=starts_on,
        hands_over=handed_over_term(mine, hands_over, starts_on) if hands_over else None,
        token_digest=digest_of(token),
        invited_by_id=by.required_person,
        expires_at=timezone.now() + timedelta(days=INVITATION_DAYS),
    )
    write(verbs.INVITED, mine, by=by, personal={"email": address}, role=invitation.role, day=starts_on)
    if not deliver(invitation_mail(invitation, link(token)), purpose=Purpose.NOTICE):
        raise Refused(_("この人へのメールが、今日は続いています。明日、もう一度送ってください。"))
    return invitation


@records(verbs.UNINVITED)
def withdraw_invitation(invitation: Invitation, *, by: Actor) -> None:
    """Take an invitation back before it is accepted; its link no longer opens. Raises Forbidden, Refused."""
    mine = acting(invitation.party_id, Act.INVITE, by=by)
    if not forget_invitations(mine.invitations.filter(pk=invitation.pk)):
        raise Refused(_("この招待は、もう使われたか、取り消されています。メンバーの一覧を確かめてください。"))
    write(verbs.UNINVITED, mine, by=by, role=invitation.role)


@records(verbs.JOINED)
def accept_invitation(invitation: Invitation, *, by: Actor) -> Membership:
    """Return the term that begins: for the invited address only, once. Raises Forbidden, Refused."""
    mine = locked(invitation.party_id)
    person = User.objects.get(pk=by.required_person)
    open_one = mine.invitations.filter(
        pk=invitation.pk, accepted_at__isnull=True, expires_at__gt=timezone.now()
    ).first()
    if open_one is None or mine.closed_at:
        raise Refused(_("この招待は、もう使えません。団体の代表に、もう一度招待をたのんでください。"))
    if open_one.email != person.email.lower():
        raise Forbidden(
            _("この招待は、別のメールアドレスあてです。招待が届いたアドレスでサインインしてください。")
        )
    day = max(open_one.starts_on, timezone.localdate())
    role = Role(open_one.role)
    if open_one.hands_over:
        end(open_one.hands_over, day - A_DAY)
    membership = take_role(mine, person.pk, role, day)
    open_one.accepted_at, open_one.email = timezone.now(), ""
    open_one.save()
    require_representative(mine)
    actor = Actor(person=person.pk, party=mine.pk)
    write(verbs.JOINED, mine, by=actor, personal={"person": str(person.pk)}, role=role, day=day)
    forget_address(mine, person.email.lower())
    return membership


@records(verbs.ROLE_CHANGED)
def change_role(membership: Membership, role: Role, *, on: date, by: Actor) -> Membership:
    """Return the term in the new role from a day on; the old one ends the day before.

    Raises Forbidden, Invalid, Refused.
    """
    mine = acting(membership.party_id, Act.CHANGE_ROLE, by=by)
    refuse_alone(mine)
    _refuse_past(on)
    current = stored(mine, membership)
    if current.role == role:
        raise Refused(_("この人は、もうその役割です。ほかの役割を選んでください。"))
    if current.until and current.until < on:
        raise Invalid(_("その日には任期が終わっています。任期の中の日を選んでください。"))
    changed = switch(current, role, on, until=current.until)
    require_representative(mine)
    forget_invitations_by_former_representatives(mine)
    write(verbs.ROLE_CHANGED, mine, by=by, personal={"person": str(current.person_id)}, role=role, day=on)
    return changed


@records(verbs.TERM_ENDED)
def end_term(membership: Membership, *, last_day: date, by: Actor) -> None:
    """Let a term end with `last_day` (yesterday means: at once). Everybody may end the own term earlier.

    Raises Forbidden, Invalid, Refused (the last representative cannot leave).
    """
    own = membership.person_id == by.required_person
    mine = acting(membership.party_id, Act.SEE_MEMBERS if own else Act.END_TERM, by=by)
    refuse_alone(mine)
    _refuse_past(last_day + A_DAY)
    current = stored(mine, membership)
    if current.until and last_day > current.until:
        raise Invalid(_("任期は、いまの終わりの日より前に終えられます。早い日を選んでください。"))
    end(current, last_day)
    require_representative(mine)
    forget_invitations_by_former_representatives(mine)
    write(verbs.TERM_ENDED, mine, by=by, personal={"person": str(current.person_id)}, day=last_day)


@records(verbs.HANDED_OVER)
def hand_over(membership: Membership, successor: Membership, *, on: date, by: Actor) -> Membership:
    """Return the successor's term as representative from a day on; the outgoing one ends the day before.

    Somebody who is not yet a member is invited instead: `invite(…, hands_over=membership)`.
    Raises Forbidden, Invalid, Refused.
    """
    mine = acting(membership.party_id, Act.HAND_OVER, by=by)
    refuse_alone(mine)
    outgoing, incoming = handed_over_term(mine, membership, on), stored(mine, successor)
    if outgoing.person_id == incoming.person_id:
        raise Invalid(_("ほかの人を選んでください。同じ人には引き継げません。"))
    end(outgoing, on - A_DAY)
    begun = take_role(mine, incoming.person_id, Role.REPRESENTATIVE, on)
    require_representative(mine)
    forget_invitations_by_former_representatives(mine)
    write(
        verbs.HANDED_OVER,
        mine,
        by=by,
        personal={"from": str(outgoing.person_id), "to": str(incoming.person_id)},
        day=on,
    )
    return begun


def address_of(email: str) -> str:
    """Return a mail address as it is kept; Invalid when it has not the shape of one."""
    try:
        validate_email(email.strip())
    except ValidationError:
        raise Invalid(_("メールアドレスの形を確かめてください。例：name@example.jp")) from None
    return email.strip().lower()


def _refuse_past(day: date) -> None:
    if day < timezone.localdate():
        raise Invalid(_("過ぎた日は選べません。今日か、これからの日を選んでください。"))


def invitation_mail(invitation: Invitation, link: str) -> EmailMessage:
    """Return the mail that tells who invites, to what, from when, and until when the link opens."""
    with speaking(language_at(invitation.email)):
        return EmailMessage(
            _("「%(party)s」への招待") % {"party": invitation.party.name},
            _(
                "「%(party)s」が、あなたを「%(role)s」として招待しています。\n"
                "始まりの日：%(day)s\n\n"
                "受けるときは、%(until)sまでに次のページを開いてください。\n%(link)s\n\n"
                "心あたりがないときは、何もしなくて大丈夫です。"
            )
            % {
                "party": invitation.party.name,
                "role": invitation.get_role_display(),
                "day": day_label(invitation.starts_on),
                "until": day_label(timezone.localdate(invitation.expires_at)),
                "link": link,
            },
            None,
            [invitation.email],
        )
