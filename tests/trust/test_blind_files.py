"""No page gives a reviewer the name or a byte of a file in a blind round; who is around the proposal still has it.

The sweep opens every address of the scheme that is about one proposal. Its controls: a round with names, where
reviewers do get the file, and the rule switched off, where the same sweep finds the leak.
"""

import pytest

from tests.trust.matrix.addresses import addresses
from tests.trust.matrix.judging import FILED
from tests.trust.matrix.people import PRINCIPALS
from tests.trust.matrix.places import Place
from tests.trust.matrix.trial import Cell, send
from wanowa.proposals.queries.judging import reading

pytestmark = pytest.mark.django_db
ABOUT_ONE = [
    address
    for address in addresses()
    if address.name.startswith("proposals:")
    and "pk" in address.parameters
    and set(address.parameters) <= {"pk", "attachment"}
]
JUDGES = {"resident", "stranger"}
AROUND = {"viewer", "member", "representative", "city_partner", "coordinator"}


def who_gets_it(city, state, principals=PRINCIPALS):
    """Return which of some principals are shown the file where, in the round of a state."""
    place = city.places["judged"][state]
    found = set()
    for address in ABOUT_ONE:
        kwargs = {name: value for name, value in place.kwargs.items() if not name.startswith("proposals:")}
        named = {name: value for name, value in place.kwargs.items() if name.startswith(f"{address.name}.")}
        there = Place(state, {**kwargs, **named}, place.about)
        for principal in principals:
            if FILED.encode() in send(Cell(address, there, principal, "GET"), city).body:
                found.add((address.name, principal))
    return found


def test_in_a_blind_round_only_those_around_a_proposal_get_its_file(city):
    assert {address.name for address in ABOUT_ONE} >= {
        "proposals:file",
        "proposals:recording",
        "proposals:review",
        "proposals:judging",
    }
    found = who_gets_it(city, "scoring")
    assert not [one for one in found if one[1] in JUDGES]
    assert {who for where, who in found if where == "proposals:file"} == AROUND


def test_in_a_round_with_names_reviewers_get_it_too(city):
    found = who_gets_it(city, "told", JUDGES | AROUND)
    for where in ("proposals:file", "proposals:review"):
        assert {who for place, who in found if place == where} >= JUDGES
    assert {who for where, who in found if where == "proposals:file"} == AROUND | JUDGES


def test_the_sweep_finds_a_rule_that_is_switched_off(city, monkeypatch):
    assert not reading.shows_files(blind=True)
    monkeypatch.setattr(reading, "shows_files", lambda *, blind: True)
    found = who_gets_it(city, "scoring", JUDGES)
    assert found >= {("proposals:file", "resident"), ("proposals:review", "resident")}
    assert ("proposals:file", "stranger") not in found, "she has not declared"
