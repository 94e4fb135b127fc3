"""The verbs of activities. Only these functions change an activity; each leaves a record."""

from wanowa.activities.services.answering import answer, remind
from wanowa.activities.services.keeping import edit, end, forget_person, start
from wanowa.activities.services.suggesting import accept, decline, suggest, withdraw
from wanowa.activities.services.watching import unwatch, watch

__all__ = [
    "accept",
    "answer",
    "decline",
    "edit",
    "end",
    "forget_person",
    "remind",
    "start",
    "suggest",
    "unwatch",
    "watch",
    "withdraw",
]
