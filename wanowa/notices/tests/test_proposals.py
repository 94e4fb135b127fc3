"""What people hear of the scheme: drafters of more time, the desk of ideas and lonely proposals, nobody the words."""

import pytest
from django.urls import reverse

from wanowa.exchange.tests.factories import page, signed_in
from wanowa.introductions.tests.factories import asked as introduced
from wanowa.introductions.tests.factories import pair
from wanowa.kernel.actors import SYSTEM
from wanowa.notices.models import Notice
from wanowa.notices.services import deliver
from wanowa.people.models import User
from wanowa.people.services import end_coordinator
from wanowa.proposals.queries.rounds import apply_end
from wanowa.proposals.services import partnering, rounds, submitting
from wanowa.proposals.tests import factories as make

pytestmark = pytest.mark.django_db


def told():
    while deliver():
        pass
    return set(Notice.objects.values_list("person", flat=True))


def test_everybody_who_writes_hears_of_more_time(client):
    desk, us, other, outside = make.coordinator(), make.actor(), make.office(), make.actor()
    found = make.opened(desk)
    make.accompanied(make.begun(found, us), us, other)
    told()
    Notice.objects.all().delete()
    rounds.extend(found, until=apply_end(found) + make.days(1), by=desk)
    assert told() == {us.person, other.person}
    assert "に延びました" in page(signed_in(client, us), reverse("notices:inbox"))
    assert outside.person not in told()


def test_the_coordinator_hears_of_an_idea_without_its_words(client):
    desk = make.coordinator()
    make.idea("ひみつの花だん")
    assert told() == {desk.person}
    inbox = page(signed_in(client, desk), reverse("notices:inbox"))
    assert "ひとこと提案がとどきました" in inbox
    assert "ひみつ" not in inbox


def test_a_proposal_without_a_partner_is_told_to_the_desk_and_a_raised_hand_to_its_party():
    desk, us, other = make.coordinator(), make.actor(), make.actor()
    proposal = make.written(make.begun(make.opened(desk), us), us)
    partnering.call(proposal, by=us)
    partnering.offer(proposal, word="できます", by=other)
    assert told() == {us.person}
    submitting.submit(proposal, seen=make.seen(proposal), by=us)
    assert told() == {us.person, desk.person}


def test_who_takes_in_what_a_coordinator_held_who_left_the_desk_is_told():
    two = pair()
    introduced(two)
    make.idea()
    told()
    Notice.objects.all().delete()
    other = make.coordinator()
    end_coordinator(User.objects.get(pk=two.desk.person), by=SYSTEM)
    assert told() == {other.person, two.one.person, two.other.person}
    found = Notice.objects.filter(person=other.person).values_list("case", flat=True)
    assert {case.partition(".")[0] for case in found} == {"proposals", "introductions"}
