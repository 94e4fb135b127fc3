"""The nouns of collaborations: the table, its versions and consents, its room with what is owed there, measures."""

from wanowa.collaborations.models.agreement import Consent, Draft, Version
from wanowa.collaborations.models.collaboration import Collaboration, JoinRequest, Participation
from wanowa.collaborations.models.measure import Assent, Measure
from wanowa.collaborations.models.room import Attachment, Message, ReadMark
from wanowa.collaborations.models.understanding import Question, Restatement

__all__ = [
    "Assent",
    "Attachment",
    "Collaboration",
    "Consent",
    "Draft",
    "JoinRequest",
    "Measure",
    "Message",
    "Participation",
    "Question",
    "ReadMark",
    "Restatement",
    "Version",
]
