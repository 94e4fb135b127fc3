"""The words that a query is made of: other words for the same thing, normal forms, near words."""

from collections.abc import Iterable
from dataclasses import replace
from functools import lru_cache
from itertools import islice

from django.db.models import F, Func, IntegerField, Q, Value

from wanowa.search.models import Synonym, Word
from wanowa.search.queries.sources import of_the_pack
from wanowa.search.rules import Asked, Lexicon, Piece, Term, kana_of, nearest, padded, segmented
from wanowa.search.rules.asking import RAREST, parts, pieces_of

CANDIDATES = 60
"""Words compared letter by letter when nothing was found."""
FORMS = 8
"""Normal forms that one spelling or reading may stand for."""


def lexicon() -> Lexicon:
    """Return the words of the pack and those that coordinators added. Costs one query."""
    added = Synonym.objects.filter(removed_at__isnull=True).values_list("words", flat=True)
    return _joined(of_the_pack(), tuple(map(tuple, added)))


@lru_cache(maxsize=4)
def _joined(pack: Lexicon, added: tuple[tuple[str, ...], ...]) -> Lexicon:
    """Return one lexicon for as long as its words stay the same: folding all of them takes longer than a query."""
    return Lexicon((*pack.groups, *added), pack.places, pack.audiences)


def understood(query: Asked, words: Lexicon) -> Asked:
    """Return the query with the words in each term, their normal forms and the other words for them. One query.

    A term that is a word by its reading (ぼうさい, bousai) stands for all words read so.
    """
    kana = {term.text: kana_of(term.text) or term.text for term in query.terms}
    possible = {part for term in query.terms for part in (*parts(term.text), term.text)}
    possible |= {other for part in possible for other in words.others.get(part, ())}
    found = Word.objects.filter(Q(surface__in=possible) | Q(reading__in=set(kana.values())))
    normals: dict[str, dict[str, int]] = {}
    readings: dict[str, dict[str, int]] = {}
    for surface, normal, reading, documents in found.values_list("surface", "normal", "reading", "documents"):
        if surface in possible:
            normals.setdefault(surface, {})[normal] = documents
        if reading:
            readings.setdefault(reading, {})[normal] = documents
    for term in query.terms:
        if by_reading := readings.get(kana[term.text]):
            normals.setdefault(term.text, {}).update(by_reading)
    known = normals.keys() | words.others.keys()
    return replace(query, terms=tuple(_understood(term, normals, known, words) for term in query.terms))


def _understood(term: Term, normals: dict[str, dict[str, int]], known: Iterable[str], words: Lexicon) -> Term:
    whole = term.text in normals or term.text in words.others
    cut = [(term.text, True)] if whole else segmented(term.text, {*known, *term.katakana})
    forms = {text: tuple(islice(normals.get(text, {}), FORMS)) for text, is_known in cut if is_known}
    pieces = [_weighed(piece, normals, words) for piece in pieces_of(cut, forms)]
    return replace(term, pieces=tuple(pieces))


def _weighed(piece: Piece, normals: dict[str, dict[str, int]], words: Lexicon) -> Piece:
    """Return a piece with other words for it and what a hit says: half as many documents say one more.

    Words that the dictionary cuts (図書館) have at most as many documents as their parts.
    """
    others = words.others.get(piece.text, ())
    forms: dict[str, int] = {}
    for way in (piece.text, *others):
        forms |= normals.get(way, {})
    inside = (sum(normals[part].values()) for part in parts(piece.text) if part in normals)
    documents = sum(forms.values()) or min(inside, default=0)
    weight = max(1, RAREST - documents.bit_length())
    return replace(piece, others=others, weight=weight, known=documents > 0)


def near_words(term: str) -> list[str]:
    """Return the words of public documents that may have been meant by a term. Costs one query."""
    pairs = padded(kana_of(term) or term)
    shared = Func(F("near"), Value(pairs), function="search_shared", output_field=IntegerField())
    found = (
        Word.objects.filter(near__overlap=pairs)
        .annotate(shared=shared)
        .order_by("-shared", "-documents", "surface")
        .values_list("surface", "reading", "documents")[:CANDIDATES]
    )
    return nearest(kana_of(term) or term, found)
