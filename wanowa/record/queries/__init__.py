"""Reading the process log: histories, sentences, deliveries, checkpoints, and how fresh a page is."""

from wanowa.record.queries.checkpoints import health, keys_text, latest_checkpoint, proof_of, receipt_of
from wanowa.record.queries.comparing import register_reader
from wanowa.record.queries.cursors import after, cursor_of
from wanowa.record.queries.histories import case_of, history
from wanowa.record.queries.narration import Moment, narrate, register_names

__all__ = [
    "Moment",
    "after",
    "case_of",
    "cursor_of",
    "health",
    "history",
    "keys_text",
    "latest_checkpoint",
    "narrate",
    "proof_of",
    "receipt_of",
    "register_names",
    "register_reader",
]
