"""Bringing needs and offers together: what must fit, what is like what, why, and a whole day at once."""

from wanowa.exchange.rules.matching.assigning import assign
from wanowa.exchange.rules.matching.choosing import Choice, meant, proposed
from wanowa.exchange.rules.matching.fitting import Terms, across_generations, fits, is_far, shared_when
from wanowa.exchange.rules.matching.ranking import Closeness, Field, Match, Told, told_of
from wanowa.exchange.rules.matching.terms import Taxonomy, Term, taxonomy_of

__all__ = [
    "Choice",
    "Closeness",
    "Field",
    "Match",
    "Taxonomy",
    "Term",
    "Terms",
    "Told",
    "across_generations",
    "assign",
    "fits",
    "is_far",
    "meant",
    "proposed",
    "shared_when",
    "taxonomy_of",
    "told_of",
]
