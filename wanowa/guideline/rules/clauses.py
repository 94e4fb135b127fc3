"""Which words of ours explain which clause of the guideline."""

from collections.abc import Iterator, Mapping

from wanowa.guideline.rules.areas import AREAS
from wanowa.guideline.rules.forms import FORMS
from wanowa.guideline.rules.guides import OWNERSHIPS
from wanowa.guideline.rules.parties import KINDS
from wanowa.guideline.rules.principles import PRINCIPLES
from wanowa.guideline.rules.vocabulary import Area, Form, Kind, Ownership, Principle

type Word = Area | Form | Kind | Ownership | Principle
"""A word of the guideline that has a page of its own."""


def words_at(clause: str) -> tuple[Word, ...]:
    """Return the words that come from `clause` (Ⅱ-2(6)); none for a clause without a word of ours."""
    return _AT.get(clause, ())


def _words() -> Iterator[tuple[str, Word]]:
    for table in (PRINCIPLES, KINDS, AREAS, OWNERSHIPS, FORMS):
        for facts in table.values():
            yield facts.clause, facts.key


_AT: Mapping[str, tuple[Word, ...]] = {
    clause: tuple(word for other, word in _words() if other == clause) for clause, _word in _words()
}
