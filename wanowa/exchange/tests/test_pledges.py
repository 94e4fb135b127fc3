"""The word between two parties, and what becomes of it when somebody leaves."""

import pytest

from wanowa.exchange import queries, services
from wanowa.exchange.models import Hand
from wanowa.exchange.rules import PledgeStatus
from wanowa.exchange.tests import factories as make
from wanowa.exchange.tests.factories import fresh
from wanowa.guideline.rules import Kind
from wanowa.kernel.actors import Actor
from wanowa.kernel.errors import Forbidden, Refused
from wanowa.parties.models import Party
from wanowa.parties.tests.factories import MembershipFactory
from wanowa.people.models import User
from wanowa.people.services import erase
from wanowa.record.services import verify

pytestmark = pytest.mark.django_db


def test_two_parties_agree_do_it_and_thank_each_other():
    owner, other = make.actor(), make.actor(Kind.RESIDENT)
    found = make.listing(owner)
    pledge = make.agreed(found, owner, other)
    services.confirm(pledge, thanks="助かりました。", shows=True, minutes=90, by=owner)
    assert fresh(pledge).status == PledgeStatus.AGREED
    services.confirm(pledge, thanks="楽しかったです。", shows=True, by=other)
    assert fresh(pledge).status == PledgeStatus.DONE
    assert queries.thanks_of(found) == [pledge]
    assert queries.minutes_of(found) == 90
    assert verify().clean


def test_thanks_are_public_only_when_both_say_so():
    owner, other = make.actor(), make.actor()
    found = make.listing(owner)
    pledge = make.agreed(found, owner, other)
    services.confirm(pledge, thanks="公開しない", shows=False, by=owner)
    services.confirm(pledge, thanks="公開する", shows=True, by=other)
    assert queries.thanks_of(found) == []


def test_nobody_else_reads_a_pledge():
    owner, other = make.actor(), make.actor()
    pledge = make.pledge(make.listing(owner), other)
    assert queries.pledge_at(pledge.pk, {make.actor().party}) is None
    assert queries.pledge_at(pledge.pk, {owner.party}) == pledge
    assert queries.pledge_at(pledge.pk, {other.party}) == pledge


def test_one_party_raises_one_hand_and_never_at_its_own():
    owner, other = make.actor(), make.actor()
    found = make.listing(owner)
    make.pledge(found, other)
    with pytest.raises(Refused):
        make.pledge(found, other)
    with pytest.raises(Forbidden):
        make.pledge(found, owner)


def test_one_person_is_not_both_sides():
    owner = make.actor()
    other = Actor(owner.person, MembershipFactory(person_id=owner.person).party_id)
    pledge = make.pledge(make.listing(owner), other)
    with pytest.raises(Refused):
        services.accept(pledge, by=owner)


def test_only_the_other_side_answers():
    other = make.actor()
    pledge = make.pledge(make.listing(), other)
    for act in (services.accept, services.decline):
        with pytest.raises(Forbidden):
            act(pledge, by=other)
        with pytest.raises(Forbidden):
            act(pledge, by=make.actor())


def test_a_side_confirms_once():
    owner = make.actor()
    pledge = make.agreed(make.listing(owner), owner)
    services.confirm(pledge, by=owner)
    with pytest.raises(Refused):
        services.confirm(pledge, by=owner)


def test_what_is_withdrawn_ends_what_was_promised():
    owner = make.actor()
    found = make.listing(owner)
    pledges = [make.agreed(found, owner), make.pledge(found)]
    services.withdraw(found, by=owner)
    assert {fresh(pledge).status for pledge in pledges} == {PledgeStatus.WITHDRAWN}
    assert verify().clean


def test_what_is_done_ends_only_what_still_waited():
    owner = make.actor()
    found = make.listing(owner)
    promised, waiting = make.agreed(found, owner), make.pledge(found)
    services.finish(found, by=owner)
    assert fresh(promised).status == PledgeStatus.AGREED
    assert fresh(waiting).status == PledgeStatus.WITHDRAWN


def test_who_leaves_takes_her_words_and_her_hands_along():
    me = make.actor(Kind.RESIDENT)
    person = User.objects.get(pk=me.person)
    own = services.put(make.words(text="わたしのことば"), publish=False, by=me)
    done = services.finish(make.listing(me, text="もうひとつのことば"), by=me)
    pledge = make.pledge(make.listing(), me)
    step = make.step()
    make.hand(step, email=person.email)
    erase(person, by=Actor(person.pk))
    for found in (own, done):
        assert (fresh(found).title, fresh(found).text) == ("消したもの", "")
    assert fresh(pledge).word == ""
    assert fresh(pledge).status == PledgeStatus.WITHDRAWN
    assert not Hand.objects.exists()
    assert Party.objects.get(pk=me.party).closed_at
    assert verify().clean
