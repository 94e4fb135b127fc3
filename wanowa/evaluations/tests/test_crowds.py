"""Numbers over many evaluations: whatever is added and subtracted, at least five parties stand behind it."""

from fractions import Fraction
from itertools import combinations

from hypothesis import given, settings
from hypothesis import strategies as st

from wanowa.evaluations.rules.crowds import FEWEST, Atom, Cuts, Part, counted, cuts, isolated, parties_in

ATOMS = st.dictionaries(
    st.tuples(st.integers(2024, 2027), st.sampled_from("abcd")),
    st.frozensets(st.integers(1, 14), min_size=1, max_size=9),
    max_size=9,
).map(lambda found: frozenset(Atom(year, form, parties) for (year, form), parties in found.items()))


def atom(year, form, *parties):
    return Atom(year, form, frozenset(parties))


def published(found):
    return [part.atoms for part in (*found.years, *found.forms)] + ([found.whole] if found.whole else [])


def can_be_computed(wanted, sums):
    """Whether a sum over `wanted` follows from sums over other sets: Gauss over fractions."""
    atoms = sorted(frozenset().union(*sums, wanted), key=str)
    rows = [[Fraction(atom in one) for atom in atoms] for one in sums]
    target = [Fraction(atom in wanted) for atom in atoms]
    for column in range(len(atoms)):
        pivot = next((row for row in rows if row[column] and not any(row[:column])), None)
        if pivot is None:
            continue
        rows = [
            row
            if row is pivot or not row[column]
            else [cell - pivot[at] * row[column] / pivot[column] for at, cell in enumerate(row)]
            for row in rows
        ]
        target = (
            [cell - pivot[at] * target[column] / pivot[column] for at, cell in enumerate(target)]
            if target[column]
            else target
        )
    return not any(target)


@settings(max_examples=60, deadline=None)
@given(ATOMS)
def test_no_sum_or_difference_of_what_is_published_holds_fewer_than_five(atoms):
    """Every set of atoms with too few parties is tried against all published sums, by solving the equations."""
    sums = published(cuts(atoms))
    for size in range(1, min(len(atoms), 4) + 1):
        for some in combinations(sorted(atoms, key=str), size):
            if len(parties_in(some)) < FEWEST and sums:
                assert not can_be_computed(frozenset(some), sums), some


@given(ATOMS)
def test_parts_cover_everything_once_and_are_large_enough(atoms):
    found = cuts(atoms)
    for parts in (found.years, found.forms):
        assert not parts or frozenset().union(*(part.atoms for part in parts)) == found.whole
        assert sum(len(part.atoms) for part in parts) in {0, len(found.whole)}
        assert all(len(part.parties) >= FEWEST for part in parts)
        assert len(parts) != 1
    assert found.whole in {frozenset(), atoms}
    assert not isolated(found)


def test_a_small_year_is_put_together_with_another():
    found = cuts([atom(2024, "a", 1, 2), atom(2025, "a", 1, 2, 3, 4, 5), atom(2026, "a", 6, 7, 8, 9, 10)])
    assert sorted(sorted(part.keys) for part in found.years) == [[2024, 2025], [2026]]
    assert found.forms == ()


def test_years_that_lie_inside_a_form_are_not_told_apart_from_it():
    """2024 has form a only: a without 2024 would be what two parties did in 2025."""
    atoms = [
        atom(2024, "a", 1, 2, 3, 4, 5),
        atom(2025, "a", 6, 7),
        atom(2025, "b", 8, 9, 10, 11, 12),
    ]
    naive = Cuts(
        frozenset(atoms),
        (Part((2024,), frozenset(atoms[:1])), Part((2025,), frozenset(atoms[1:]))),
        (Part(("a",), frozenset(atoms[:2])), Part(("b",), frozenset(atoms[2:]))),
    )
    assert isolated(naive) == {atoms[1]}
    assert can_be_computed({atoms[1]}, published(naive))
    assert not isolated(cuts(atoms))
    assert not can_be_computed({atoms[1]}, published(cuts(atoms)))


def test_too_few_parties_publish_nothing():
    assert cuts([atom(2024, "a", 1, 2), atom(2025, "b", 3, 4)]) == Cuts()
    assert cuts([]) == Cuts()


def test_the_same_parties_again_are_no_more_parties():
    assert cuts([atom(2024, "a", 1, 2, 3), atom(2025, "b", 1, 2, 3)]) == Cuts()


def test_scores_are_counted_and_what_nobody_could_tell_is_not():
    assert counted([5, 4, None, 5]) == {1: 0, 2: 0, 3: 0, 4: 1, 5: 2}
