"""The same second: fifty raise a hand for three places, one confirms while another withdraws. Real commits."""

import threading

from tests.racing import at_once
from wanowa.exchange import queries, services
from wanowa.exchange.models import Hand, Listing, Pledge
from wanowa.exchange.rules import HandStatus, PledgeStatus
from wanowa.exchange.services import hands
from wanowa.exchange.tests import factories as make
from wanowa.kernel.actors import PUBLIC
from wanowa.record.queries import history
from wanowa.record.services import verify

MANY, PLACES, ROUNDS = 50, 3, 6


def kinds(outcomes):
    return sorted(type(one).__name__ for one in outcomes)


def raising(step, number):
    return lambda: make.hand(step, name=f"{number}番", email=f"{number}@example.jp")


def test_fifty_who_raise_a_hand_at_once_get_three_places(committed):
    step = make.step(capacity=PLACES)
    outcomes = at_once(*(raising(step, number) for number in range(MANY)))
    assert kinds(outcomes) == ["NoneType"] * MANY
    held = Hand.objects.filter(status=HandStatus.HELD)
    assert sorted(held.values_list("seat", flat=True)) == [1, 2, 3]
    assert Hand.objects.filter(status=HandStatus.QUEUED).count() == MANY - PLACES
    assert history(step).filter(verb__startswith="exchange.hand.").count() == MANY
    assert verify().clean


def test_without_the_lock_two_reach_for_one_seat_and_the_database_refuses(committed, monkeypatch):
    """The negative control: the race is real; without the lock the constraint refuses what would be wrong."""
    step, read = make.step(capacity=1), threading.Barrier(2)

    def unlocked(listing):
        return Listing.objects.select_related("party").get(pk=listing.pk)

    def both_look(listing):
        taken = queries.hands_taken(listing)
        read.wait(timeout=10)
        return taken

    assert hasattr(hands, "locked"), "what this control switches off has another name"
    monkeypatch.setattr(hands, "locked", unlocked)
    monkeypatch.setattr(hands, "hands_taken", both_look)
    outcomes = at_once(raising(step, 1), raising(step, 2))
    assert kinds(outcomes) == ["IntegrityError", "NoneType"]
    assert Hand.objects.count() == 1


def test_one_address_pressed_twice_raises_one_hand(committed):
    for _round in range(ROUNDS):
        step = make.step()
        outcomes = at_once(raising(step, 1), raising(step, 1))
        assert kinds(outcomes) == ["NoneType", "Refused"]
        assert step.hands.count() == 1


def test_of_two_who_do_not_come_each_gives_one_place_to_one_who_waits(committed):
    step = make.step(capacity=2)
    first, second, *waiting = [make.hand(step, email=f"{n}@example.jp") for n in range(5)]
    outcomes = at_once(
        lambda: services.lower(first, by=PUBLIC),
        lambda: services.lower(second, by=PUBLIC),
        lambda: services.lower(waiting[2], by=PUBLIC),
    )
    assert kinds(outcomes) == ["NoneType"] * 3
    held = Hand.objects.filter(status=HandStatus.HELD).order_by("seat")
    assert {hand.pk for hand in held} == {waiting[0].pk, waiting[1].pk}
    assert [hand.seat for hand in held] == [1, 2]
    assert verify().clean


def test_raising_while_it_is_called_off_leaves_nobody_who_thinks_she_comes(committed):
    for _round in range(ROUNDS):
        owner = make.actor()
        step = make.step(owner)
        at_once(raising(step, 1), lambda step=step, owner=owner: services.withdraw(step, by=owner))
        assert not step.hands.filter(status=HandStatus.HELD).exists()
    assert verify().clean


def test_confirming_while_the_other_takes_it_back_ends_one_way(committed):
    for _round in range(ROUNDS):
        owner, other = make.actor(), make.actor()
        pledge = make.agreed(make.listing(owner), owner, other)
        services.confirm(pledge, by=owner)
        outcomes = at_once(
            lambda pledge=pledge, other=other: services.confirm(pledge, by=other),
            lambda pledge=pledge, owner=owner: services.take_back(pledge, by=owner),
        )
        assert kinds(outcomes) == ["NoneType", "Refused"]
        assert Pledge.objects.get(pk=pledge.pk).status in {PledgeStatus.DONE, PledgeStatus.WITHDRAWN}
    assert verify().clean


def test_accepting_while_the_listing_is_withdrawn_promises_nothing(committed):
    for _round in range(ROUNDS):
        owner = make.actor()
        found = make.listing(owner)
        pledge = make.pledge(found)
        at_once(
            lambda pledge=pledge, owner=owner: services.accept(pledge, by=owner),
            lambda found=found, owner=owner: services.withdraw(found, by=owner),
        )
        assert Pledge.objects.get(pk=pledge.pk).status == PledgeStatus.WITHDRAWN
    assert verify().clean
