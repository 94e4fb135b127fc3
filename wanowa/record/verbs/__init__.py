"""Verbs: what one is, and the record's own. Each app lists its own in its verbs.py; they are found by autodiscovery."""

from wanowa.record.verbs.definition import ACTOR, Fact, Kept, KeptBack, Kind, Verb, Whose, known
from wanowa.record.verbs.own import ENTRY_CORRECTED, ENTRY_HIDDEN, KEY_INTRODUCED, VALUE_REDACTED

__all__ = [
    "ACTOR",
    "ENTRY_CORRECTED",
    "ENTRY_HIDDEN",
    "KEY_INTRODUCED",
    "VALUE_REDACTED",
    "Fact",
    "Kept",
    "KeptBack",
    "Kind",
    "Verb",
    "Whose",
    "known",
]
