"""What may be known of the guideline and of this city: the pack, living examples, and the text itself."""

from wanowa.guideline.queries.examples import (
    Example,
    example_cases,
    examples_of,
    register_examples,
)
from wanowa.guideline.queries.packs import PACKS, pack
from wanowa.guideline.queries.policy import (
    Source,
    changes_between,
    clause_href,
    editions,
    explained_at,
    newest_edition,
    sections_of,
    source_of,
    sources_of,
    word_href,
    word_page,
)
from wanowa.guideline.rules import Word

__all__ = [
    "PACKS",
    "Example",
    "Source",
    "Word",
    "changes_between",
    "clause_href",
    "editions",
    "example_cases",
    "examples_of",
    "explained_at",
    "newest_edition",
    "pack",
    "register_examples",
    "sections_of",
    "source_of",
    "sources_of",
    "word_href",
    "word_page",
]
