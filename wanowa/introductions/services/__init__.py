"""What can happen around introductions: asking, answering, meeting, looking after, forgetting. The only writers."""

from wanowa.introductions.services.answering import accept, decline, look_back, report, take_back
from wanowa.introductions.services.caring import hand_over, plan, take_in
from wanowa.introductions.services.introducing import introduce, lapse, withdraw
from wanowa.introductions.services.meeting import end, help_once, join, try_out
from wanowa.introductions.services.nightly import (
    ask_afterwards,
    follow_up,
    forget_gift,
    forget_gifts,
    forget_person,
    forget_words,
    lapse_silent,
)

__all__ = [
    "accept",
    "ask_afterwards",
    "decline",
    "end",
    "follow_up",
    "forget_gift",
    "forget_gifts",
    "forget_person",
    "forget_words",
    "hand_over",
    "help_once",
    "introduce",
    "join",
    "lapse",
    "lapse_silent",
    "look_back",
    "plan",
    "report",
    "take_back",
    "take_in",
    "try_out",
    "withdraw",
]
