"""How an entry is sealed, how a chain is inspected, on which grounds something is withdrawn. No database, no clock."""

from wanowa.record.rules.grounds import (
    ABOUT_ENTRIES,
    CORRECTED,
    HIDDEN,
    LASTING,
    REDACTED,
    Ground,
)
from wanowa.record.rules.inspecting import inspect_case
from wanowa.record.rules.problems import EntryRow, HeadRow, OpeningRow, Problem
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
    "ABOUT_ENTRIES",
    "CORRECTED",
    "GENESIS",
    "HIDDEN",
    "LASTING",
    "REDACTED",
    "VERSION",
    "ActorData",
    "Content",
    "EntryRow",
    "Fault",
    "Ground",
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
