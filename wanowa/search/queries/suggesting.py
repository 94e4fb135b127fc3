"""What is offered while somebody types: titles she may open, and words of public documents."""

from django.db.models import Q
from django.db.models.functions import Length

from wanowa.search.models import Document, Word
from wanowa.search.queries.finding import Reader, Wanted, find
from wanowa.search.rules import asked, kana_of

TITLES, WORDS = 5, 5


def suggested(typed: str, reader: Reader) -> tuple[list[str], list[Document]]:
    """Return words that begin as typed, and the best documents whose title has it. Costs ≤ six queries."""
    query = asked(typed)
    if not query.terms:
        return [], []
    found = find(Wanted(q=typed), reader, size=TITLES)
    return _words(query.terms[-1].text), found.documents if not found.query.loose else []


def _words(beginning: str) -> list[str]:
    """Return the most used words that begin so, in writing or in reading. Costs one query."""
    if len(beginning) < 2 and beginning.isascii():
        return []
    kana = kana_of(beginning) or beginning
    rows = (
        Word.objects.filter(Q(surface__startswith=beginning) | Q(reading__startswith=kana))
        .exclude(surface=beginning)
        .order_by("-documents", Length("surface"), "surface")
        .values_list("surface", flat=True)[: 4 * WORDS]
    )
    return list(dict.fromkeys(rows))[:WORDS]
