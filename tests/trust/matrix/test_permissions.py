"""Every address × principal × method answers what policy.toml promises, and a denial leaves no trace."""

import pytest

from tests.trust.matrix.addresses import addresses
from tests.trust.matrix.changes import Watch
from tests.trust.matrix.trial import cells, knock

pytestmark = pytest.mark.django_db
OURS = [address for address in addresses() if address.row == address.name]


@pytest.mark.parametrize("address", OURS, ids=lambda address: address.name)
def test_every_cell_is_as_the_policy_says(address, city, record_property):
    wrong, effective, count = [], set(), 0
    watch = Watch()
    for cell in cells(address, city):
        got = knock(cell, city)
        changed = watch.changed()
        count += 1
        if changed and not cell.may_not_change(got):
            effective.add(cell.variant)
        if got != cell.expected or (changed and cell.may_not_change(got)):
            wrong.append(f"{cell}: {got}{' AND CHANGED' if changed else ''}")
    record_property("cells", count)
    record_property("unexplained", len(wrong))
    assert wrong == [], f"{len(wrong)} unexplained cells"
