"""A query as conditions and a score of the database. Only this module writes SQL about documents.

The index answers with whatever has all the pieces; the comparison character by character then leaves exactly the
substrings. Every value is a parameter.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

from wanowa.search.rules import Asked, Piece, Term, needed, quoted, word

EXACT_TITLE = 1000
TITLE_WORD, TITLE_FORM, BODY_WORD, BODY_FORM = 40, 36, 30, 26
"""As typed and as a word; by another way of writing the word."""
TITLE_PART, BODY_PART, OTHER_TITLE, OTHER = 20, 10, 8, 5
"""The same characters inside of another word; another word for the same thing. All per term."""


@dataclass(slots=True)
class Sql:
    """Text of a statement with its parameters in order."""

    text: str
    parameters: list[Any] = field(default_factory=list)

    @classmethod
    def joined(cls, parts: Iterable["Sql"], joint: str, otherwise: str = "TRUE") -> "Sql":
        """Return the parts in brackets, joined; `otherwise` when there are none."""
        listed = list(parts)
        if not listed:
            return cls(otherwise)
        text = joint.join(part.text for part in listed)
        return cls(f"({text})", [one for part in listed for one in part.parameters])


def matches(query: Asked) -> Sql:
    """Return the condition that a document answers the query; everything does when nothing is asked."""
    return Sql.joined([pieces(query), exactly(query)], " AND ") if query.terms else Sql("TRUE")


def pieces(query: Asked) -> Sql:
    """Return the condition on the index alone: it may let through a little too much, and leaves out nothing."""
    if query.loose:
        return _index("|".join(map(_any_of, query.telling)))
    return _index("&".join(map(_pieces_of, query.terms)))


def exactly(query: Asked) -> Sql:
    """Return the condition on the text alone."""
    if query.loose:
        return Sql.joined(map(_has_piece, query.telling), " OR ")
    return Sql.joined(map(_has, query.terms), " AND ")


def in_titles(query: Asked) -> tuple[Sql, Sql]:
    """Return the conditions, on the index and on the text, that every term stands in the title as it was typed."""
    wanted = "&".join(quoted(needed(term.text, title=True), "&") for term in query.terms)
    return _index(wanted), Sql.joined([_in_title(term.text) for term in query.terms], " AND ")


def by_words(query: Asked) -> tuple[Sql, Sql] | None:
    """Return the conditions that every term is there as words; None when one of them is not known."""
    known = [piece for term in query.terms for piece in _known(term)]
    if not all(map(_known, query.terms)):
        return None
    brackets = (quoted([word(normal) for normal in piece.normals], "|") for piece in known)
    return _index("&".join(brackets)), Sql.joined([_has_words(piece.normals) for piece in known], " AND ")


def _index(wanted: str) -> Sql:
    return Sql("d.index @@ %s::tsquery", [wanted])


def score(query: Asked) -> Sql:
    """Return what a document that answers the query is worth, a whole number."""
    if not query.terms:
        return Sql("0")
    if query.loose:
        return Sql.joined([_worth_of_piece(piece) for term in query.terms for piece in term.pieces], " + ")
    whole = Sql(f"CASE WHEN d.title_key = %s THEN {EXACT_TITLE} ELSE 0 END", [query.text])
    return Sql.joined([whole, *(_worth(term) for term in query.terms)], " + ")


def _pieces_of(term: Term) -> str:
    """Return the condition on the index: the term itself, or for each of its words one of its ways."""
    words = ["(" + "&".join(map(_any_of, term.pieces)) + ")"] if term.pieces else []
    return "(" + "|".join([quoted(needed(term.text), "&"), *words]) + ")"


def _known(term: Term) -> list[Piece]:
    """Return the pieces of a term when its dictionary forms are known, all of them; else none."""
    return list(term.pieces) if all(piece.normals for piece in term.pieces) else []


def _any_of(piece: Piece) -> str:
    ways = [quoted(needed(text), "&") for text in (piece.text, *piece.others)]
    normals = [quoted([word(normal)], "&") for normal in piece.normals]
    return "(" + "|".join([*ways, *normals]) + ")"


def _contains(text: str) -> Sql:
    return Sql("strpos(d.folded, %s) > 0", [text])


def _in_title(text: str) -> Sql:
    return Sql("strpos(d.title_key, %s) > 0", [text])


def _has_words(normals: Sequence[str], *, title: bool = False) -> Sql:
    """Return the condition that one of the normal forms is among the words."""
    return Sql("d.words @@ %s::tsquery", [quoted([word(normal, title=title) for normal in normals], "|")])


def _has(term: Term) -> Sql:
    return Sql.joined([_contains(term.text), *_by_words(term)], " OR ")


def _by_words(term: Term) -> list[Sql]:
    if not term.pieces:
        return []
    return [Sql.joined([_has_piece(piece) for piece in term.pieces], " AND ")]


def _has_piece(piece: Piece) -> Sql:
    ways = [_contains(text) for text in (piece.text, *piece.others)]
    return Sql.joined([*ways, *([_has_words(piece.normals)] if piece.normals else [])], " OR ")


def _worth(term: Term) -> Sql:
    """Return what a hit of a term is worth. Where its words are unknown, its characters stand for them.

    Words of a term that stand apart from each other are no more than parts.
    """
    known = _known(term)
    as_words = [
        Sql.joined([_has_words(piece.normals, title=title) for piece in known], " AND ")
        for title in (True, False)
    ]
    in_title, in_text = _in_title(term.text), _contains(term.text)
    cases: list[tuple[Sql, int]] = []
    if not known:
        cases = [(in_title, TITLE_WORD), (in_text, BODY_WORD)]
    elif len(known) == 1:
        cases = [
            (Sql.joined([in_title, as_words[0]], " AND "), TITLE_WORD),
            (as_words[0], TITLE_FORM),
            (Sql.joined([in_text, as_words[1]], " AND "), BODY_WORD),
            (as_words[1], BODY_FORM),
        ]
    else:
        cases = [
            (Sql.joined([in_title, as_words[0]], " AND "), TITLE_WORD),
            (Sql.joined([in_text, as_words[1]], " AND "), BODY_WORD),
            (as_words[0], BODY_FORM),
        ]
    cases += [(in_title, TITLE_PART), (in_text, BODY_PART)] if known else []
    others = [other for piece in term.pieces for other in piece.others]
    if others:
        cases.append((Sql.joined(map(_in_title, others), " OR "), OTHER_TITLE))
    whens = "".join(f" WHEN {condition.text} THEN {worth}" for condition, worth in cases)
    parameters = [one for condition, _worth in cases for one in condition.parameters]
    return Sql(f"(CASE{whens} ELSE {OTHER} END)", parameters)


def _worth_of_piece(piece: Piece) -> Sql:
    """Return what one word adds where any is enough: more for rare words, more in the title."""
    title = Sql.joined([_in_title(text) for text in (piece.text, *piece.others)], " OR ")
    body = _has_piece(piece)
    return Sql(
        f"(CASE WHEN {title.text} THEN {piece.weight * 3} WHEN {body.text} THEN {piece.weight * 2} ELSE 0 END)",
        [*title.parameters, *body.parameters],
    )
