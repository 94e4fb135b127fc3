"""A query as conditions and a score of the database.

The index answers with whatever has all the pieces; the comparison character by character then leaves exactly the
substrings. Every value is a parameter.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from wanowa.search.rules import Asked, Piece, Term, enough, needed, owed, quoted, sample, whole, word

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


@dataclass(frozen=True, slots=True)
class Case:
    """One way in which a term can stand in a document: what the index knows of it, what the row says, its worth."""

    rough: str
    exact: Sql
    worth: int


def matches(query: Asked) -> Sql:
    """Return the condition that a document answers the query; everything does when nothing is asked."""
    if not query.terms:
        return Sql("TRUE")
    return by_index(rough(query)) if _is_sure(query) else by_index(rough(query), exactly(query))


def by_index(wanted: str, *conditions: Sql) -> Sql:
    """Return conditions of which the first is answered by the index, always.

    A constant in place of the subquery would let the planner read all rows where many are expected; it does not know
    that pieces are stored apart from their row, so that reading them costs ten times as much as the row.
    """
    return Sql.joined([Sql("d.index @@ (SELECT %s::tsquery)", [wanted]), *conditions], " AND ")


def rough(query: Asked) -> str:
    """Return what the index is asked: it may let through a little too much, and leaves out nothing."""
    if not query.loose:
        return "&".join(map(_pieces_of, query.terms))
    sets = enough(query.telling, query.share or 0)
    return "(" + "|".join("(" + "&".join(map(_any_of, chosen)) + ")" for chosen in sets) + ")"


def in_sample(wanted: str, one_in: int) -> str:
    """Return what the index is asked to look for the same among one in so many documents (`rules.grams.SAMPLES`)."""
    part = quoted([sample(one_in)], "&")
    return f"{part}&({wanted})" if wanted else part


def exactly(query: Asked) -> Sql:
    """Return the condition on the text alone."""
    if not query.loose:
        return Sql.joined(map(_has, query.terms), " AND ")
    said = Sql.joined([_when(_has_piece(piece), piece.weight) for piece in query.telling], " + ")
    return Sql(f"{said.text} >= %s", [*said.parameters, owed(query.telling, query.share or 0)])


def _is_sure(query: Asked) -> bool:
    """Tell whether the index says it all: nobody looks for more than two characters, or for words beside them."""
    pieces = [piece for term in query.terms for piece in term.pieces]
    texts = [text for piece in pieces for text in (piece.text, *piece.others)]
    texts += [] if query.loose else [term.text for term in query.terms]
    return all(len(needed(text)) == 1 for text in texts)


def tiers(query: Asked) -> list[Case]:
    """Return in which order documents come, the best first; who answers an earlier one answers the later ones too.

    A document stands where its weakest term stands. Of one term the order is that of `score`, without counting.
    """
    if query.loose:
        near = [replace(query, share=share) for share in (1.0, 0.75, query.share or 0)]
        return [Case(rough(one), exactly(one), worth) for worth, one in zip((3, 2, 1), near, strict=True)]
    listed = [_cases(term) for term in query.terms]
    found = [Case(quoted(whole(query.text), "&"), Sql("d.title_key = %s", [query.text]), EXACT_TITLE)]
    for worth in sorted({case.worth for cases in listed for case in cases}, reverse=True):
        reached = [[case for case in cases if case.worth >= worth] for cases in listed]
        if all(reached):
            wanted = "&".join(_either(cases if len(listed) > 1 else cases[-1:]) for cases in reached)
            met = [Sql.joined([case.exact for case in cases], " OR ") for cases in reached]
            exact = Sql.joined([found[0].exact, Sql.joined(met, " AND ")], " OR ")
            found.append(Case(wanted, exact, worth))
    return [*found, Case(rough(query), exactly(query), OTHER)]


def _either(cases: list[Case]) -> str:
    return "(" + "|".join(f"({case.rough})" for case in cases) + ")"


def score(query: Asked) -> Sql:
    """Return what a document that answers the query is worth, a whole number."""
    if not query.terms:
        return Sql("0")
    if query.loose:
        return Sql.joined(map(_worth_of_piece, query.telling), " + ")
    whole = _when(Sql("d.title_key = %s", [query.text]), EXACT_TITLE)
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


def _as_words(pieces: Sequence[Piece], *, title: bool = False) -> str:
    """Return what is asked for: every piece by one of its normal forms."""
    return "&".join(quoted([word(normal, title=title) for normal in piece.normals], "|") for piece in pieces)


def _has(term: Term) -> Sql:
    """Return the condition that a term is there: as it was typed, or all of its words in one of their ways."""
    if [piece.text for piece in term.pieces] == [term.text]:
        return _has_piece(term.pieces[0])
    words = Sql.joined(map(_has_piece, term.pieces), " AND ")
    return Sql.joined([_contains(term.text), *([words] if term.pieces else [])], " OR ")


def _has_piece(piece: Piece) -> Sql:
    ways = [_contains(text) for text in (piece.text, *piece.others)]
    words = [Sql("d.words @@ %s::tsquery", [_as_words([piece])])] if piece.normals else []
    return Sql.joined([*ways, *words], " OR ")


def _cases(term: Term) -> list[Case]:
    """Return the ways in which a term can stand, the best first. Where its words are unknown, its characters count.

    Words of a term that stand apart from each other are no more than parts.
    """
    known = _known(term)
    in_title = Case(quoted(needed(term.text, title=True), "&"), _in_title(term.text), TITLE_PART)
    in_text = Case(quoted(needed(term.text), "&"), _contains(term.text), BODY_PART)
    if known:
        titled, said = _as_words(known, title=True), _as_words(known)
        title = Case(
            titled, Sql("d.words @@ %s::tsquery", [titled]), TITLE_FORM if len(known) == 1 else BODY_FORM
        )
        text = Case(said, Sql("d.words @@ %s::tsquery", [said]), BODY_FORM)
        cases = [
            _both(in_title, title, TITLE_WORD),
            _both(in_text, text, BODY_WORD),
            title,
            in_title,
            in_text,
        ]
        cases += [text] if len(known) == 1 else []
    else:
        cases = [replace(in_title, worth=TITLE_WORD), replace(in_text, worth=BODY_WORD)]
    if others := [other for piece in term.pieces for other in piece.others]:
        ways = "|".join(quoted(needed(other, title=True), "&") for other in others)
        cases.append(Case(ways, Sql.joined(map(_in_title, others), " OR "), OTHER_TITLE))
    return sorted(cases, key=lambda case: -case.worth)


def _both(one: Case, other: Case, worth: int) -> Case:
    return Case(f"{one.rough}&{other.rough}", Sql.joined([one.exact, other.exact], " AND "), worth)


def _worth(term: Term) -> Sql:
    """Return what a hit of a term is worth."""
    cases = _cases(term)
    whens = "".join(f" WHEN {case.exact.text} THEN {case.worth}" for case in cases)
    return Sql(f"(CASE{whens} ELSE {OTHER} END)", [one for case in cases for one in case.exact.parameters])


def _worth_of_piece(piece: Piece) -> Sql:
    """Return what one word adds where some are enough: more for rare words, more in the title."""
    title = Sql.joined([_in_title(text) for text in (piece.text, *piece.others)], " OR ")
    return Sql.joined([_when(_has_piece(piece), piece.weight * 2), _when(title, piece.weight)], " + ")


def _when(condition: Sql, worth: int) -> Sql:
    return Sql(f"CASE WHEN {condition.text} THEN {worth} ELSE 0 END", condition.parameters)
