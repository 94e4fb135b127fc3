"""What the verbs of exchange do: the only writers."""

from wanowa.exchange.services.forgetting import forget_person
from wanowa.exchange.services.hands import look_back, lower, raise_hand, send_code
from wanowa.exchange.services.listing import (
    MOVES,
    add_picture,
    edit,
    finish,
    keep,
    keep_by_mail,
    meet,
    pause,
    publish,
    put,
    remove_picture,
    resume,
    withdraw,
)
from wanowa.exchange.services.matching import compare, forget_matches
from wanowa.exchange.services.news import tell_of_suggestions, tell_suggested
from wanowa.exchange.services.nightly import (
    ask_whether_it_holds,
    close,
    forget_hands,
    remind_and_follow_up,
)
from wanowa.exchange.services.pledges import accept, book, confirm, decline, pledge, take_back

__all__ = [
    "MOVES",
    "accept",
    "add_picture",
    "ask_whether_it_holds",
    "book",
    "close",
    "compare",
    "confirm",
    "decline",
    "edit",
    "finish",
    "forget_hands",
    "forget_matches",
    "forget_person",
    "keep",
    "keep_by_mail",
    "look_back",
    "lower",
    "meet",
    "pause",
    "pledge",
    "publish",
    "put",
    "raise_hand",
    "remind_and_follow_up",
    "remove_picture",
    "resume",
    "send_code",
    "take_back",
    "tell_of_suggestions",
    "tell_suggested",
    "withdraw",
]
