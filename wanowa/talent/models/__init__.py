"""The nouns of the bank: a profile, what is shown of it, consents, looks, requests, and what the desk keeps."""

from wanowa.talent.models.desk import Export, Freeze
from wanowa.talent.models.profile import Consent, Listing, Profile
from wanowa.talent.models.reading import Access, Look
from wanowa.talent.models.relay import Message, Request

__all__ = ["Access", "Consent", "Export", "Freeze", "Listing", "Look", "Message", "Profile", "Request"]
