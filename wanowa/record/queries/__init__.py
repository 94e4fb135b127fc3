"""Reading the process log: histories, sentences, deliveries, checkpoints, what was withdrawn, how fresh a page is."""

from wanowa.record.queries.checkpoints import health, keys_text, latest_checkpoint, proof_of, receipt_of
from wanowa.record.queries.comparing import register_reader
from wanowa.record.queries.cursors import after, cursor_of
from wanowa.record.queries.histories import case_of, highlights, history
from wanowa.record.queries.narration import Moment, narrate, register_names
from wanowa.record.queries.withdrawals import (
    NOTHING,
    Correction,
    Withdrawn,
    entries_about,
    values_of,
    withdrawn,
)

__all__ = [
    "NOTHING",
    "Correction",
    "Moment",
    "Withdrawn",
    "after",
    "case_of",
    "cursor_of",
    "entries_about",
    "health",
    "highlights",
    "history",
    "keys_text",
    "latest_checkpoint",
    "narrate",
    "proof_of",
    "receipt_of",
    "register_names",
    "register_reader",
    "values_of",
    "withdrawn",
]
