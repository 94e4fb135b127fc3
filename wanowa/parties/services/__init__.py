"""What happens to parties: the only writer. Founding and describing, membership, registration."""

from wanowa.parties.services.forgetting import forget_expired_invitations, forget_person
from wanowa.parties.services.founding import Naming, Profile, close, describe, found, rename
from wanowa.parties.services.listing import invite_first, list_group, relist
from wanowa.parties.services.membership import (
    accept_invitation,
    change_role,
    end_term,
    hand_over,
    invite,
    withdraw_invitation,
)
from wanowa.parties.services.registration import apply_for_registration, decide_registration, expire, renew
from wanowa.parties.services.terms import register_term_hook

__all__ = [
    "Naming",
    "Profile",
    "accept_invitation",
    "apply_for_registration",
    "change_role",
    "close",
    "decide_registration",
    "describe",
    "end_term",
    "expire",
    "forget_expired_invitations",
    "forget_person",
    "found",
    "hand_over",
    "invite",
    "invite_first",
    "list_group",
    "register_term_hook",
    "relist",
    "rename",
    "renew",
    "withdraw_invitation",
]
