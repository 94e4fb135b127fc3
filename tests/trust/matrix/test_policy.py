"""The policy speaks about every address, and about nothing else."""

import re
from pathlib import Path

import pytest
from django.http import HttpResponse
from django.urls import path

from tests.trust.matrix.addresses import addresses
from tests.trust.matrix.forms import FORMS
from tests.trust.matrix.people import PRINCIPALS
from tests.trust.matrix.policy import expected, policy, rows, variants

ROOT = Path(__file__).resolve().parents[3]


def without_row(found):
    """Return the addresses of which the policy does not speak."""
    return sorted({address.row for address in found} - rows().keys())


def test_every_address_has_a_row():
    assert without_row(addresses()) == []


def test_an_address_without_a_row_is_found():
    forgotten = [path("back-door/", lambda request: HttpResponse(), name="back_door")]
    assert without_row(addresses(forgotten)) == ["back_door"]


def test_an_address_without_a_name_is_found_too():
    assert without_row(addresses([path("nameless/", lambda request: HttpResponse())])) == ["nameless/"]


def test_every_row_is_about_an_address():
    assert rows().keys() - {address.row for address in addresses()} == set()


def test_every_principal_is_described_and_every_group_holds_principals():
    assert set(policy()["principals"]) == set(PRINCIPALS)
    assert {name for group in policy()["groups"].values() for name in group} <= set(PRINCIPALS)


def test_every_form_of_the_policy_can_be_filled_in():
    assert {name: set(variants(name)) for name in rows() if variants(name)} == {
        name: set(forms) for name, forms in FORMS.items()
    }


@pytest.mark.parametrize("name", [name for name in rows() if rows()[name].get("object") == "collaboration"])
@pytest.mark.parametrize("state", ["idea", "talking", "offered", "active", "joining"])
def test_a_department_at_the_table_has_the_rights_of_every_partner_and_one_outside_those_of_a_stranger(
    name, state
):
    """G-22f: what a party may do never depends on its kind."""
    for method, variant in [("GET", None), *(("POST", variant) for variant in variants(name))]:
        for city, other in (("city_partner", "partner"), ("city", "stranger"), ("coordinator", "resident")):
            assert expected(name, city, state, method, variant) == expected(
                name, other, state, method, variant
            )


POSING = re.compile(
    r"hijack|impersonat|masquerad|login[-_]?as|view[-_]?as|su(do)?[-_]user|switch[-_]user", re.IGNORECASE
)


def test_nobody_can_become_somebody_else():
    """The one door through which a person is entered without proof exists in the demonstration only."""
    assert [each.name for each in addresses() if POSING.search(f"{each.name} {each.route}")] == []
    signing_in = re.compile(r"\blogin\(request, |\bforce_login\(")
    sources = [file for file in (ROOT / "wanowa").rglob("*.py") if "tests" not in file.parts]
    found = [file.name for file in sources if signing_in.search(file.read_text(encoding="utf-8"))]
    assert found == ["demo.py", "adapter.py"] or sorted(found) == ["adapter.py", "demo.py"]
