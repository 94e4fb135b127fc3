"""Writing the index after the record, the words of the desk, and what was looked for in vain."""

from wanowa.search.services.indexing import follow, forget, rebuild, recount, store, wake
from wanowa.search.services.unfound import forget_unfound, note_unfound, sift_unfound
from wanowa.search.services.words import add_synonyms, remove_synonyms

__all__ = [
    "add_synonyms",
    "follow",
    "forget",
    "forget_unfound",
    "note_unfound",
    "rebuild",
    "recount",
    "remove_synonyms",
    "sift_unfound",
    "store",
    "wake",
]
