"""Asking the index. Whatever comes out, the reader may open it now."""

from wanowa.search.queries.finding import (
    PAGE,
    Found,
    Reader,
    Wanted,
    find,
    is_found,
    keys_found,
    meant,
    read,
    reader_of,
)
from wanowa.search.queries.hits import FACETS
from wanowa.search.queries.lag import READER, Lag, lag
from wanowa.search.queries.lexicon import lexicon
from wanowa.search.queries.sources import (
    BATCH,
    Readable,
    Source,
    field_labels,
    is_desk,
    of_the_pack,
    register_lexicon,
    register_readers,
    register_source,
    sources,
)
from wanowa.search.queries.suggesting import suggested
from wanowa.search.queries.unfound import Missing, synonyms, unfound

__all__ = [
    "BATCH",
    "FACETS",
    "PAGE",
    "READER",
    "Found",
    "Lag",
    "Missing",
    "Readable",
    "Reader",
    "Source",
    "Wanted",
    "field_labels",
    "find",
    "is_desk",
    "is_found",
    "keys_found",
    "lag",
    "lexicon",
    "meant",
    "of_the_pack",
    "read",
    "reader_of",
    "register_lexicon",
    "register_readers",
    "register_source",
    "sources",
    "suggested",
    "synonyms",
    "unfound",
]
