"""The verbs of collaborations. Only these functions change a collaboration; each leaves a record."""

from wanowa.collaborations.services.asking import (
    answer,
    ask,
    decline_question,
    remind_of_question,
    withdraw_question,
)
from wanowa.collaborations.services.changing import (
    begin_amendment,
    begin_leaving,
    drop_change,
    edit,
    propose_turn,
)
from wanowa.collaborations.services.consenting import consent, offer, retract, send_back
from wanowa.collaborations.services.joining import (
    accept_request,
    ask_to_join,
    decline_request,
    withdraw_request,
)
from wanowa.collaborations.services.measuring import (
    assent,
    propose_measure,
    reject_measure,
    withdraw_measure,
)
from wanowa.collaborations.services.restating import (
    confirm,
    differ,
    restate_clause,
    restate_message,
    withdraw_restatement,
)
from wanowa.collaborations.services.room import attach, read_up_to, speak
from wanowa.collaborations.services.talks import decline, invite, sit_down, stand_up, start

__all__ = [
    "accept_request",
    "answer",
    "ask",
    "ask_to_join",
    "assent",
    "attach",
    "begin_amendment",
    "begin_leaving",
    "confirm",
    "consent",
    "decline",
    "decline_question",
    "decline_request",
    "differ",
    "drop_change",
    "edit",
    "invite",
    "offer",
    "propose_measure",
    "propose_turn",
    "read_up_to",
    "reject_measure",
    "remind_of_question",
    "restate_clause",
    "restate_message",
    "retract",
    "send_back",
    "sit_down",
    "speak",
    "stand_up",
    "start",
    "withdraw_measure",
    "withdraw_question",
    "withdraw_request",
    "withdraw_restatement",
]
