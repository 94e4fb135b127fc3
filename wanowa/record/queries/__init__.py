"""Reading the process log: histories, sentences, deliveries, what was withdrawn, and how fresh a page is."""

from wanowa.record.queries.cursors import after, cursor_of
from wanowa.record.queries.histories import case_of, history
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
    "history",
    "narrate",
    "register_names",
    "values_of",
    "withdrawn",
]
