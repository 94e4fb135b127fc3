"""The nouns of the desk: a case with its room and its hand-overs, the rota, the log of reads, and the counts."""

from wanowa.consultations.models.case import Attachment, Case, Handover, Message
from wanowa.consultations.models.desk import Absence, Access, Duty, Satisfied, Tally

__all__ = [
    "Absence",
    "Access",
    "Attachment",
    "Case",
    "Duty",
    "Handover",
    "Message",
    "Satisfied",
    "Tally",
]
