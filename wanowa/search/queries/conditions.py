"""A query as conditions and a score of the database. Only this module writes SQL about documents.

The index answers with whatever has all the pieces; the comparison character by character then leaves exactly the
substrings. Every value is a parameter.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from wanowa.search.rules import Asked, Piece, Term, needed, quoted, word

EXACT_TITLE = 1000
TITLE_WORD, BODY_WORD, TITLE_PART, BODY_PART, OTHER_TITLE, OTHER = 40, 30, 20, 10, 8, 5
"""What a hit of one term is worth. A word counts more than the same characters inside of another word."""


@dataclass(slots=True)
class Sql:
    """Text of a statement with its parameters in order."""

    text: str
    parameters: list[object] = field(default_factory=list)

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
    if not query.terms:
        return Sql("TRUE")
    joint = "|" if query.loose else "&"
    wanted = joint.join(_pieces_of(term, loose=query.loose) for term in query.terms)
    found = [_loosely(term) if query.loose else _has(term) for term in query.terms]
    exact = Sql.joined(found, " OR " if query.loose else " AND ")
    return Sql.joined([Sql("d.index @@ %s::tsquery", [wanted]), exact], " AND ")


def score(query: Asked) -> Sql:
    """Return what a document that answers the query is worth, a whole number."""
    if not query.terms:
        return Sql("0")
    if query.loose:
        return Sql.joined([_worth_of_piece(piece) for term in query.terms for piece in term.pieces], " + ")
    whole = Sql(f"CASE WHEN d.title_key = %s THEN {EXACT_TITLE} ELSE 0 END", [query.text])
    return Sql.joined([whole, *(_worth(term) for term in query.terms)], " + ")


def _pieces_of(term: Term, *, loose: bool) -> str:
    """Return the condition on the index: the term itself, or for each of its words one of its ways."""
    words = [_any_of(piece) for piece in term.pieces]
    joined = [("(" + ("|" if loose else "&").join(words) + ")")] if words else []
    return "(" + "|".join([quoted(needed(term.text), "&"), *joined]) + ")"


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


def _loosely(term: Term) -> Sql:
    return Sql.joined([_has_piece(piece) for piece in term.pieces], " OR ", "FALSE")


def _has_piece(piece: Piece) -> Sql:
    ways = [_contains(text) for text in (piece.text, *piece.others)]
    return Sql.joined([*ways, *([_has_words(piece.normals)] if piece.normals else [])], " OR ")


def _worth(term: Term) -> Sql:
    """Return what a hit of a term is worth. Where its words are unknown, its characters stand for them."""
    known = [piece for piece in term.pieces if piece.normals]
    cases: list[tuple[Sql, int]] = []
    if known:
        cases += [
            (Sql.joined([_has_words(piece.normals, title=title) for piece in known], " AND "), worth)
            for title, worth in ((True, TITLE_WORD), (False, BODY_WORD))
        ]
    cases += [
        (_in_title(term.text), TITLE_PART if known else TITLE_WORD),
        (_contains(term.text), BODY_PART if known else BODY_WORD),
    ]
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
