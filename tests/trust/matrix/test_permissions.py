"""Every address × principal × method answers what policy.toml promises, and a denial leaves no trace."""

import pytest

from tests.trust.matrix.addresses import addresses
from tests.trust.matrix.answers import weak_headers
from tests.trust.matrix.changes import Watch
from tests.trust.matrix.policy import rows
from tests.trust.matrix.trial import cells, knock

pytestmark = pytest.mark.django_db
OURS = [address for address in addresses() if address.row == address.name]


@pytest.mark.parametrize("address", OURS, ids=lambda address: address.name)
def test_every_cell_is_as_the_policy_says(address, city, record_property):
    wrong, effective, count = [], set(), 0
    watch = Watch()
    for cell in cells(address, city):
        got, faults = knock(cell, city)
        changed = watch.changed()
        count += 1
        if got != cell.expected:
            faults.append(f"answered {got}")
        if changed and cell.may_not_change(got):
            faults.append("changed something")
        elif changed:
            effective.add(cell.variant)
        if faults:
            wrong.append(f"{cell}: {', '.join(faults)}")
    record_property("cells", count)
    record_property("unexplained", len(wrong))
    assert wrong == [], f"{len(wrong)} unexplained cells"
    assert effective == _with_effect(rows()[address.name]), "a form that changes nothing proves nothing"


def _with_effect(row):
    """Return the forms of a row that change something when the right principal sends them."""
    without = {variant for variant, changes in row.get("changes", {}).items() if not changes}
    return {variant for variant, table in row.get("POST", {}).items() if _succeeds(table)} - without


def _succeeds(table):
    if isinstance(table, dict):
        return any(_succeeds(part) for part in table.values())
    return isinstance(table, int) and table < 400


@pytest.mark.parametrize(
    "path", ["/nowhere/", "/static/admin/css/base.css", "/?q=%00", "/style/0/nothing.css"]
)
def test_what_no_page_answers_carries_the_headers_too(path, city):
    visitor = city.visitor("anonymous", city.places["site"]["here"])
    assert weak_headers(visitor.raw("GET", path)) == []
