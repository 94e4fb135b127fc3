"""The pages of parties. A view asks a query or a service and renders; it decides nothing."""

from wanowa.parties.views.people import first, invitation, invite, members, term, withdraw
from wanowa.parties.views.presence import close, directory, edit, new, party, rename
from wanowa.parties.views.registering import decide, paper, registration, renew

__all__ = [
    "close",
    "decide",
    "directory",
    "edit",
    "first",
    "invitation",
    "invite",
    "members",
    "new",
    "paper",
    "party",
    "registration",
    "rename",
    "renew",
    "term",
    "withdraw",
]
