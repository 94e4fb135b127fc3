"""The pages of exchange. A view asks a query or a service and renders; it decides nothing."""

from wanowa.exchange.views.browsing import directory, first, listing, mine
from wanowa.exchange.views.hands import calendar, code, guests, hand, raise_hand
from wanowa.exchange.views.pictures import picture, pictures
from wanowa.exchange.views.pledges import make_pledge, pledge
from wanowa.exchange.views.writing import edit, keep, move, new

__all__ = [
    "calendar",
    "code",
    "directory",
    "edit",
    "first",
    "guests",
    "hand",
    "keep",
    "listing",
    "make_pledge",
    "mine",
    "move",
    "new",
    "picture",
    "pictures",
    "pledge",
    "raise_hand",
]
