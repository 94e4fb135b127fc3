"""How an entry is sealed and how a chain is inspected. No database, no clock."""

from wanowa.record.rules.inspecting import (
    EntryRow,
    HeadRow,
    OpeningRow,
    Problem,
    inspect_case,
)
from wanowa.record.rules.sealing import (
    GENESIS,
    VERSION,
    ActorData,
    Content,
    Fault,
    Json,
    canonical,
    commitment,
    content_of,
    link,
    seal,
    stamp,
)

__all__ = [
    "GENESIS",
    "VERSION",
    "ActorData",
    "Content",
    "EntryRow",
    "Fault",
    "HeadRow",
    "Json",
    "OpeningRow",
    "Problem",
    "canonical",
    "commitment",
    "content_of",
    "inspect_case",
    "link",
    "seal",
    "stamp",
]
