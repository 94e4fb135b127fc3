"""Numbers over many evaluations, only where enough parties stand behind each: nobody can be counted out.

Published results are cut in two ways, by fiscal year and by form. In each cut, parts with too few parties are
put together, so that the parts cover everything: a hidden part could be found by taking the others from the sum.
Then the two cuts are held against each other: years that lie inside some forms can be taken from these, and
the remainder must be large enough too.
"""

from collections.abc import Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain, combinations

FEWEST = 5
"""Parties that must stand behind every published number."""
_MOST_PARTS = 10
"""Parts of one cut that are compared in all combinations; the smallest are put together until it is so many."""


@dataclass(frozen=True, slots=True)
class Atom:
    """The results of one fiscal year and one form: the finest piece there is, and never published as such."""

    year: int
    form: str
    parties: frozenset[int]


@dataclass(frozen=True, slots=True)
class Part:
    """One published part of a cut: one year, or one form, or several put together."""

    keys: tuple[Hashable, ...]
    atoms: frozenset[Atom]

    @property
    def parties(self) -> frozenset[int]:
        """Everybody behind it, each once."""
        return parties_in(self.atoms)


@dataclass(frozen=True, slots=True)
class Cuts:
    """What may be published: everything together, by year, and by form. Empty where there is too little."""

    whole: frozenset[Atom] = frozenset()
    years: tuple[Part, ...] = ()
    forms: tuple[Part, ...] = ()


def parties_in(atoms: Iterable[Atom]) -> frozenset[int]:
    """Return everybody behind some atoms, each once."""
    return frozenset(chain.from_iterable(atom.parties for atom in atoms))


def cuts(atoms: Iterable[Atom], fewest: int = FEWEST) -> Cuts:
    """Return the parts that may be published so that no union or difference of them holds fewer than `fewest`.

    Parts are put together until that is so; when nothing can be told apart any more, only the whole is left.
    """
    whole = frozenset(atoms)
    if len(parties_in(whole)) < fewest:
        return Cuts()
    years = _large_enough(_by(whole, "year"), fewest)
    forms = _large_enough(_by(whole, "form"), fewest)
    while _isolated(years, forms, fewest):
        if len(forms) >= len(years):
            forms = _smallest_two_together(forms)
        else:
            years = _smallest_two_together(years)
    return Cuts(whole, *(tuple(parts) if len(parts) > 1 else () for parts in (years, forms)))


def isolated(found: Cuts, fewest: int = FEWEST) -> frozenset[Atom]:
    """Return the smallest set of atoms that could be computed from the cuts and holds too few; empty if none can."""
    everything = [Part((), found.whole)]
    return _isolated(found.years or everything, found.forms or everything, fewest)


def _by(atoms: frozenset[Atom], name: str) -> list[Part]:
    sorted_out: dict[Hashable, set[Atom]] = {}
    for atom in atoms:
        sorted_out.setdefault(getattr(atom, name), set()).add(atom)
    return [Part((key,), frozenset(found)) for key, found in sorted(sorted_out.items(), key=str)]


def _large_enough(parts: list[Part], fewest: int) -> list[Part]:
    """Return a cut in which every part has enough parties: the small ones are one part, with more if need be."""
    while len(parts) > 1 and (len(parts) > _MOST_PARTS or min(len(part.parties) for part in parts) < fewest):
        parts = _smallest_two_together(parts)
    return parts


def _smallest_two_together(parts: Sequence[Part]) -> list[Part]:
    first, second, *others = sorted(parts, key=lambda part: (len(part.parties), str(part.keys)))
    return [*others, Part((*first.keys, *second.keys), first.atoms | second.atoms)]


def _isolated(years: Sequence[Part], forms: Sequence[Part], fewest: int) -> frozenset[Atom]:
    """Return atoms that are few and can be computed: what is left of a union in one cut without one in the other.

    Sums of both cuts only give such differences, and a difference holds nothing else when one union lies inside
    the other. For each union the smallest one around it is enough: around that, more parties would be left.
    """
    found: list[frozenset[Atom]] = []
    for inner, outer in ((years, forms), (forms, years)):
        for union in _unions(inner):
            around = frozenset(chain.from_iterable(part.atoms for part in outer if part.atoms & union))
            found.append(union)
            found.append(around - union)
    few = [atoms for atoms in found if atoms and len(parties_in(atoms)) < fewest]
    return min(few, key=len, default=frozenset())


def _unions(parts: Sequence[Part]) -> Iterable[frozenset[Atom]]:
    for size in range(1, len(parts) + 1):
        for some in combinations(parts, size):
            yield frozenset(chain.from_iterable(part.atoms for part in some))


def counted(scores: Iterable[int | None]) -> Mapping[int, int]:
    """Return how often each score was given; who could not tell is left out.

    >>> counted([5, 5, None, 1])
    {1: 1, 2: 0, 3: 0, 4: 0, 5: 2}
    """
    given = list(scores)
    return {score: given.count(score) for score in range(1, 6)}
