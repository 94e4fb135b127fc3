"""The nouns of collaborations: a collaboration, its seats, its versions and consents, and its room."""

from wanowa.collaborations.models.agreement import Consent, Draft, Version
from wanowa.collaborations.models.collaboration import Collaboration, JoinRequest, Participation
from wanowa.collaborations.models.room import Attachment, Message, ReadMark

__all__ = [
    "Attachment",
    "Collaboration",
    "Consent",
    "Draft",
    "JoinRequest",
    "Message",
    "Participation",
    "ReadMark",
    "Version",
]
