"""Reading the process log: histories, sentences, deliveries, and how fresh a page is."""

from wanowa.record.queries.cursors import after, cursor_of
from wanowa.record.queries.histories import case_of, highlights, history
from wanowa.record.queries.narration import Moment, narrate, register_names

__all__ = ["Moment", "after", "case_of", "cursor_of", "highlights", "history", "narrate", "register_names"]
