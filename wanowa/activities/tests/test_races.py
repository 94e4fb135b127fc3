"""The same second: two accept, two watch, one ends while another accepts. Real threads, real commits."""

import threading
from functools import partial

from tests.racing import at_once
from wanowa.activities import services
from wanowa.activities.models import Activity, Suggestion, Watch
from wanowa.activities.rules import SuggestionStatus
from wanowa.activities.services import suggesting
from wanowa.activities.tests import factories as make
from wanowa.activities.verbs import MOVED
from wanowa.collaborations.models import Collaboration
from wanowa.guideline.rules import Kind
from wanowa.kernel.actors import Actor
from wanowa.kernel.errors import Refused
from wanowa.parties.tests.factories import MembershipFactory
from wanowa.record.queries import history
from wanowa.record.services import verify

ROUNDS = 8


def both(two, act, subject):
    """Let two people do the same to one subject at once."""
    return at_once(*(lambda by=by: act(subject, by=by) for by in two))


def office_of_two():
    office = make.actor(Kind.CITY)
    return office, Actor(MembershipFactory(party_id=office.party).person.pk, office.party)


def waiting():
    """Return a suggestion and two who may accept it."""
    owner = make.actor()
    two = office_of_two()
    return make.suggested(make.own(owner), two[0], owner), two


def test_of_two_who_accept_in_the_same_second_one_begins_the_talks(committed):
    for _ in range(ROUNDS):
        suggestion, two = waiting()
        outcomes = both(two, services.accept, suggestion)
        assert sorted(type(one).__name__ for one in outcomes) == ["NoneType", "Refused"]
        assert history(suggestion.activity).filter(verb=MOVED.name).count() == 1
    assert Collaboration.objects.count() == ROUNDS
    assert verify().clean


def test_without_the_lock_the_second_acceptance_breaks_on_the_database(committed, monkeypatch):
    """The negative control: the race is real; the lock turns it into a sentence, the guards keep it from harm."""
    suggestion, two = waiting()
    read = threading.Barrier(2)

    def unlocked(found):
        row = Suggestion.objects.select_related("activity__party", "department").get(pk=found.pk)
        read.wait(timeout=10)
        return row

    monkeypatch.setattr(suggesting, "locked", lambda activity: Activity.objects.get(pk=activity.pk))
    monkeypatch.setattr(suggesting, "suggestion_locked", unlocked)
    outcomes = both(two, services.accept, suggestion)
    broken = [one for one in outcomes if one is not None]
    assert broken
    assert not any(isinstance(one, Refused) for one in broken)
    assert Collaboration.objects.count() == 1


def test_of_two_who_watch_for_one_department_one_does(committed):
    for _ in range(ROUNDS):
        activity, two = make.own(), office_of_two()
        outcomes = both(two, services.watch, activity)
        assert sorted(type(one).__name__ for one in outcomes) == ["NoneType", "Refused"]
        assert Watch.objects.filter(activity=activity).count() == 1
    assert verify().clean


def test_an_end_and_an_acceptance_come_one_after_the_other(committed):
    for _ in range(ROUNDS):
        suggestion, (office, _other) = waiting()
        owner = Actor(suggestion.person_id, suggestion.suggested_by_id)
        ended, accepted = at_once(
            partial(services.end, suggestion.activity, by=owner),
            partial(services.accept, suggestion, by=office),
        )
        assert ended is None
        found = Suggestion.objects.get(pk=suggestion.pk)
        if accepted is None:
            assert found.status == SuggestionStatus.ACCEPTED
        else:
            assert isinstance(accepted, Refused)
            assert found.status == SuggestionStatus.LAPSED
    assert verify().clean


def test_two_activities_of_one_title_get_two_addresses_in_the_same_second(committed):
    two = [make.actor(), make.actor()]
    assert at_once(*(lambda by=by: make.own(by, title="花壇") for by in two)) == [None, None]
    assert set(Activity.objects.values_list("slug", flat=True)) == {"花壇", "花壇-2"}
