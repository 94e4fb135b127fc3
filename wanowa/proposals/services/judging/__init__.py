"""The verbs of judging: check, declare, score and seal, ask and answer, decide, object. Each leaves a record."""

from wanowa.proposals.services.judging.asking import (
    answer_inquiry,
    delete_recording,
    inquire,
    pitch,
    unrecord,
)
from wanowa.proposals.services.judging.checking import begin_scoring, check
from wanowa.proposals.services.judging.deciding import (
    announce,
    answer_objection,
    file_objection,
    keep_minutes,
    objection_until,
    prepare,
)
from wanowa.proposals.services.judging.leading_on import (
    awaited_before_the_end,
    end_unjudged,
    finish,
    send_on,
)
from wanowa.proposals.services.judging.scoring import declare, open_sheets, save_sheet, seal_sheet, stand_back

__all__ = [
    "announce",
    "answer_inquiry",
    "answer_objection",
    "awaited_before_the_end",
    "begin_scoring",
    "check",
    "declare",
    "delete_recording",
    "end_unjudged",
    "file_objection",
    "finish",
    "inquire",
    "keep_minutes",
    "objection_until",
    "open_sheets",
    "pitch",
    "prepare",
    "save_sheet",
    "seal_sheet",
    "send_on",
    "stand_back",
    "unrecord",
]
