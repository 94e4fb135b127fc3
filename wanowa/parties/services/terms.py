"""Terms of office as rows: ended, switched, taken over. Everything here happens while the party is locked."""

from collections.abc import Callable
from datetime import date, timedelta

from django.db import IntegrityError, transaction
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from wanowa.kernel.eras import day_label
from wanowa.kernel.errors import Conflict, Invalid, Refused
from wanowa.parties.models import Invitation, Membership, Party
from wanowa.parties.queries import first_unrepresented_day
from wanowa.parties.rules import SPEAKS, Role
from wanowa.record.rules import Ground
from wanowa.record.services import redact_value

A_DAY = timedelta(days=1)

type TermHook = Callable[[int, int], None]
"""What another app does in the transaction in which a term (party, person) ended or changed."""
_hooks: list[TermHook] = []


def register_term_hook(hook: TermHook) -> None:
    """Let a higher app act in the transaction in which a term of office changes. Called in `apps.py: ready()`."""
    _hooks.append(hook)


def _tell(membership: Membership) -> None:
    for hook in _hooks:
        hook(membership.party_id, membership.person_id)


def stored(party: Party, membership: Membership) -> Membership:
    """Return the term as it is now; the party is locked, so it stays so until commit."""
    found = party.memberships.filter(pk=membership.pk).first()
    if found is None:
        raise Conflict(_("この任期は、ほかの人が取り消しました。メンバーの一覧を見なおしてください。"))
    return found


def handed_over_term(party: Party, membership: Membership, on: date) -> Membership:
    """Return the representative's term that is handed over on a day after today."""
    found = stored(party, membership)
    if found.role not in SPEAKS:
        raise Invalid(_("引き継げるのは代表だけです。代表の任期を選んでください。"))
    if on <= max(found.since, timezone.localdate()):
        raise Invalid(_("交代は、明日からあとの日にしてください。"))
    if not found.holds_on(on - A_DAY):
        raise Invalid(_("その日には任期が終わっています。任期の終わりの次の日までに交代してください。"))
    return found


def end(membership: Membership, last_day: date) -> None:
    """Shorten a term; one that would end before it began never was."""
    if last_day < membership.since:
        membership.delete()
    elif membership.until is None or last_day < membership.until:
        membership.until = last_day
        membership.save(update_fields=["until", "updated_at"])
    _tell(membership)


def switch(membership: Membership, role: Role, on: date, *, until: date | None) -> Membership:
    """Return the term of the same person in another role from a day on."""
    if membership.since >= on:
        membership.role, membership.until = role, until
        membership.save()
        _tell(membership)
        return membership
    membership.until = min(on - A_DAY, membership.until or on - A_DAY)
    membership.save(update_fields=["until", "updated_at"])
    begun = Membership.objects.create(
        party_id=membership.party_id, person_id=membership.person_id, role=role, since=on, until=until
    )
    _tell(membership)
    return begun


def take_role(party: Party, person: int, role: Role, on: date) -> Membership:
    """Return an open-ended term in `role` from a day on; what the person held from then on gives way."""
    party.memberships.filter(person_id=person, since__gt=on).delete()
    held = party.memberships.filter(person_id=person).order_by("-since").first()
    if held and held.holds_on(on):
        return switch(held, role, on, until=None)
    try:
        with transaction.atomic():
            return Membership.objects.create(party=party, person_id=person, role=role, since=on)
    except IntegrityError:
        raise Conflict(_("この人の任期が、いま変わりました。メンバーの一覧を見なおしてください。")) from None


def require_representative(party: Party) -> None:
    """Refuse what would leave a day without a representative; the refusal rolls everything back."""
    day = first_unrepresented_day(party.pk)
    if day:
        raise Refused(
            _("%(day)sから代表がいなくなります。先に、ほかの人に代表を引き継いでください。")
            % {"day": day_label(day)}
        )


def forget_invitations_by_former_representatives(party: Party) -> None:
    """Delete waiting invitations of people who no longer speak for the party: no old link leads back."""
    speaking = party.memberships.filter(role__in=SPEAKS, until__isnull=True).values("person_id")
    forget_invitations(party.invitations.exclude(invited_by_id__in=speaking))


def forget_invitations(invitations: QuerySet[Invitation]) -> int:
    """Delete invitations that nobody accepted, and their addresses from the record too. Returns how many."""
    waiting = invitations.filter(accepted_at__isnull=True)
    for invitation in waiting.select_related("party").order_by("party_id", "id"):
        forget_address(invitation.party, invitation.email)
    return waiting.delete()[0]


def forget_address(party: Party, address: str) -> None:
    """Delete from the record an address somebody was invited at, now that it serves nothing any more."""
    redact_value(party, "email", address, ground=Ground.EXPIRED)
