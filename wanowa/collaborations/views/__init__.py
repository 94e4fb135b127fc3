"""The pages of collaborations. A view asks a query or a service and renders; it decides nothing."""

from wanowa.collaborations.views.browsing import collaboration, directory, log, version
from wanowa.collaborations.views.deciding import change, consent, drop_change, offer, retract, send_back
from wanowa.collaborations.views.measuring import entry, propose_measure
from wanowa.collaborations.views.meeting import answer_request, invite, join, seat
from wanowa.collaborations.views.taking import bundle, take_home, whole_bundle
from wanowa.collaborations.views.talking import attachment, room
from wanowa.collaborations.views.understanding import restate, understood
from wanowa.collaborations.views.writing import clause, start, terms

__all__ = [
    "answer_request",
    "attachment",
    "bundle",
    "change",
    "clause",
    "collaboration",
    "consent",
    "directory",
    "drop_change",
    "entry",
    "invite",
    "join",
    "log",
    "offer",
    "propose_measure",
    "restate",
    "retract",
    "room",
    "seat",
    "send_back",
    "start",
    "take_home",
    "terms",
    "understood",
    "version",
    "whole_bundle",
]
