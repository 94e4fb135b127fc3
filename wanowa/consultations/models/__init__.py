"""The nouns of the desk: a case with its room, hand-overs and ways on, the rota, reads, counts, answers used again."""

from wanowa.consultations.models.advice import Advice, Wording
from wanowa.consultations.models.case import Attachment, Case, Handover, Message
from wanowa.consultations.models.desk import Absence, Access, Duty, Satisfied, Tally
from wanowa.consultations.models.ways import Way

__all__ = [
    "Absence",
    "Access",
    "Advice",
    "Attachment",
    "Case",
    "Duty",
    "Handover",
    "Message",
    "Satisfied",
    "Tally",
    "Way",
    "Wording",
]
