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
    ActorData,
    Content,
    Fault,
    Json,
    canonical,
    commitment,
    content_of,
    seal,
    stamp,
)

__all__ = [
    "GENESIS",
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
    "seal",
    "stamp",
]
