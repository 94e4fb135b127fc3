"""The same second: confirm against dispute, confirm against withdraw, undo against undo. Real threads, real commits."""

from functools import partial

import pytest

from wanowa.activities.tests.test_races import at_once
from wanowa.contributions import queries, services
from wanowa.contributions.models import Contribution
from wanowa.contributions.rules import Status
from wanowa.contributions.services import answering
from wanowa.contributions.tests import factories as make
from wanowa.kernel.actors import Actor
from wanowa.kernel.errors import Refused
from wanowa.parties.tests.factories import MembershipFactory
from wanowa.record.services import verify

pytestmark = pytest.mark.usefixtures("committed")
ROUNDS = 3


def waiting():
    """Return a ledger with one entry that waits, its writer, and two people of the party that is asked."""
    collaboration, people = make.table(2)
    us, other = people.actors
    second = Actor(MembershipFactory(party_id=other.party).person.pk, other.party)
    return collaboration, services.give(collaboration, make.hours(us.party), by=us), us, (other, second)


def names(outcomes):
    return sorted(type(one).__name__ for one in outcomes)


def test_a_yes_and_a_no_in_the_same_second_come_one_after_the_other():
    for _ in range(ROUNDS):
        collaboration, entry, _us, (one, two) = waiting()
        yes, no = at_once(
            partial(services.confirm, entry, by=one), partial(services.dispute, entry, word="ちがう", by=two)
        )
        found = Contribution.objects.get(pk=entry.pk)
        assert yes is None
        assert found.status == Status.CONFIRMED
        assert no is None or isinstance(no, Refused)
        assert sum(queries.sums_of(collaboration).hours.values()) == 120
    assert verify().clean


def test_an_entry_is_confirmed_or_withdrawn_never_both():
    for _ in range(ROUNDS):
        collaboration, entry, us, (one, _two) = waiting()
        outcomes = at_once(partial(services.confirm, entry, by=one), partial(services.withdraw, entry, by=us))
        assert names(outcomes) == ["NoneType", "Refused"]
        counted = bool(queries.sums_of(collaboration).hours)
        assert counted == (Contribution.objects.get(pk=entry.pk).status == Status.CONFIRMED)
    assert verify().clean


def test_two_undoings_in_the_same_second_are_one():
    collaboration, entry, us, (one, two) = waiting()
    entry = services.confirm(entry, by=one)
    outcomes = at_once(
        partial(services.undo, entry, reason="まちがい", by=us),
        partial(services.undo, entry, reason="まちがい", by=two),
    )
    assert names(outcomes) == ["NoneType", "Refused"]
    assert collaboration.contributions.count() == 2
    assert verify().clean


def test_without_the_locks_the_database_still_lets_only_one_outcome_stand(monkeypatch):
    """The negative control: with the locks off somebody meets an error of the database instead of a sentence."""
    broken = []
    for _ in range(6):
        collaboration, entry, us, (one, _two) = waiting()
        with monkeypatch.context() as patch:
            patch.setattr(answering, "locked", lambda found: found)
            patch.setattr(answering, "entry_locked", lambda found: Contribution.objects.get(pk=found.pk))
            outcomes = at_once(
                partial(services.confirm, entry, by=one), partial(services.withdraw, entry, by=us)
            )
        broken += [one for one in outcomes if one is not None and not isinstance(one, Refused)]
        counted = bool(queries.sums_of(collaboration).hours)
        assert counted == (Contribution.objects.get(pk=entry.pk).status == Status.CONFIRMED)
    assert broken, "the race is real: without locks it shows"
    assert verify().clean
