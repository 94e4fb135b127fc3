"""The nouns of collaborations: a collaboration, its seats, its versions and consents, its room, its measures."""

from wanowa.collaborations.models.agreement import Consent, Draft, Version
from wanowa.collaborations.models.collaboration import Collaboration, JoinRequest, Participation
from wanowa.collaborations.models.measure import Assent, Measure
from wanowa.collaborations.models.room import Attachment, Message, ReadMark

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
    "ReadMark",
    "Version",
]
