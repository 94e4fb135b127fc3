"""The pages of the bank: one's own, looking and asking, answering, and the desk."""

from wanowa.talent.views.desk import board, exports, new, person
from wanowa.talent.views.looking import ask, cards, index, look
from wanowa.talent.views.own import act, edit, leave, mine
from wanowa.talent.views.printing import receipt, sheet
from wanowa.talent.views.relay import answer, request

__all__ = [
    "act",
    "answer",
    "ask",
    "board",
    "cards",
    "edit",
    "exports",
    "index",
    "leave",
    "look",
    "mine",
    "new",
    "person",
    "receipt",
    "request",
    "sheet",
]
