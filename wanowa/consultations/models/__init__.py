"""The nouns of the desk: a case with its room and hand-overs, the rota, reads, counts, and answers used again."""

from wanowa.consultations.models.advice import Advice, Wording
from wanowa.consultations.models.case import Attachment, Case, Handover, Message
from wanowa.consultations.models.desk import Absence, Access, Duty, Satisfied, Tally

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
    "Wording",
]
