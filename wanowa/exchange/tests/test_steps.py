"""First steps: hands without an account, the line of those who wait, mails, the counter, forgetting."""

import pytest
from django.core import mail

from wanowa.exchange import queries, services, tasks
from wanowa.exchange.models import Hand, Listing
from wanowa.exchange.rules import Channel, HandStatus, Status, Verdict
from wanowa.exchange.tests import factories as make
from wanowa.exchange.tests.factories import fresh, passed
from wanowa.exchange.verbs import HELD
from wanowa.kernel.actors import PUBLIC, Actor
from wanowa.kernel.errors import Forbidden, Refused
from wanowa.people.models import User
from wanowa.people.tests.factories import PersonFactory
from wanowa.record.queries import history
from wanowa.record.services import verify

pytestmark = pytest.mark.django_db


def test_nobody_needs_an_account_to_raise_a_hand():
    hand = make.hand(make.step())
    assert (hand.status, hand.seat) == (HandStatus.HELD, 1)
    assert not User.objects.filter(email=hand.email).exists()


def test_who_raised_a_hand_gets_the_date_for_the_calendar(django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        hand = make.hand(make.step())
    (message,) = mail.outbox
    assert message.to == [hand.email]
    assert queries.address_of(hand) in message.body
    name, content, kind = message.attachments[0]
    assert (name, kind) == ("wanowa.ics", "text/calendar")
    assert "BEGIN:VEVENT" in content


def test_the_fourth_waits_and_moves_up_when_somebody_does_not_come(django_capture_on_commit_callbacks):
    step = make.step(capacity=3)
    hands = [make.hand(step, email=f"{n}@example.jp") for n in range(5)]
    assert [hand.seat for hand in hands] == [1, 2, 3, None, None]
    with django_capture_on_commit_callbacks(execute=True):
        services.lower(hands[1], by=PUBLIC)
    assert [fresh(hand).seat for hand in hands] == [1, None, 3, 2, None]
    assert [message.to for message in mail.outbox] == [["3@example.jp"]]
    assert verify().clean


def test_one_address_raises_one_hand():
    step = make.step()
    make.hand(step)
    with pytest.raises(Refused):
        make.hand(step, name="ほか", email="MINAMI@example.jp ")
    assert Hand.objects.count() == 1


def test_after_lowering_it_the_hand_can_be_raised_again():
    step = make.step()
    services.lower(make.hand(step), by=PUBLIC)
    assert make.hand(step).seat == 1


def test_no_hand_is_raised_for_what_has_begun_rests_or_is_no_first_step():
    by = make.actor()
    begun, resting, other = make.step(by), make.step(by), make.listing(by)
    passed(begun, 3)
    Listing.objects.filter(pk=begun.pk).update(starts="00:00")
    services.pause(resting, by=by)
    for found in (begun, resting, other):
        with pytest.raises(Refused):
            make.hand(found)


def test_a_code_is_mailed_and_nothing_is_stored():
    step = make.step()
    code = services.send_code(step, email="a@example.jp")
    assert code in mail.outbox[0].body
    assert not Hand.objects.exists()
    services.send_code(step, email="a@example.jp")
    services.send_code(step, email="a@example.jp")
    with pytest.raises(Refused):
        services.send_code(step, email="a@example.jp")


def test_the_counter_and_the_host_raise_a_hand_for_who_has_no_mail():
    by = make.actor()
    step = make.step(by)
    desk = Actor(PersonFactory(is_coordinator=True).pk)
    for actor, channel in ((desk, Channel.COUNTER), (by, Channel.PHONE)):
        hand = services.raise_hand(step, name="よし江", channel=channel, by=actor)
        assert (hand.channel, hand.entered_by_id, hand.email) == (channel, actor.person, "")
    with pytest.raises(Forbidden):
        services.raise_hand(step, name="だれか", channel=Channel.PHONE, by=make.actor())
    assert not mail.outbox


def test_places_do_not_become_fewer_than_who_comes_and_seats_move_together():
    by = make.actor()
    step = make.step(by)
    hands = [make.hand(step, email=f"{n}@example.jp") for n in range(3)]
    services.lower(hands[0], by=PUBLIC)
    with pytest.raises(Refused):
        services.edit(step, make.step_words(capacity=1), seen=step.words.digest(), by=by)
    services.edit(step, make.step_words(capacity=2), seen=step.words.digest(), by=by)
    assert sorted(queries.hands_taken(step)) == [1, 2]


def test_who_comes_is_told_when_it_is_called_off(django_capture_on_commit_callbacks):
    by = make.actor()
    step = make.step(by)
    make.hand(step)
    with django_capture_on_commit_callbacks(execute=True):
        services.withdraw(step, by=by)
    assert [message.to for message in mail.outbox] == [["minami@example.jp"]]
    assert Hand.objects.get().status == HandStatus.LOWERED


def test_a_first_step_takes_its_course_reminder_question_answer_forgetting():
    step = make.step()
    hand = make.hand(step)
    passed(step, 2)
    tasks.remind(0)
    tasks.remind(0)
    assert len(mail.outbox) == 1, "reminded once, the day before"
    with pytest.raises(Refused):
        services.look_back(fresh(hand), verdict=Verdict.GOOD)
    passed(fresh(step), 2)
    tasks.close(0)
    assert fresh(step).status == Status.DONE
    assert history(step).get(verb=HELD.name).facts == {
        "day": str(fresh(step).day),
        "people": 1,
        "minutes": 30,
    }
    tasks.remind(0)
    tasks.remind(0)
    assert len(mail.outbox) == 2, "asked once, the day after"
    services.look_back(fresh(hand), verdict=Verdict.GOOD, comment="たのしかった", age_band="to_39")
    assert queries.ages_at(step) == []
    passed(fresh(step), 90)
    tasks.close(0)
    assert not Hand.objects.exists()


def test_a_first_step_to_which_nobody_came_has_expired():
    step = make.step()
    passed(step, 4)
    tasks.close(0)
    assert fresh(step).status == Status.EXPIRED


def test_ages_of_five_and_more_are_told():
    step = make.step(capacity=9)
    for n in range(9):
        make.hand(step, email=f"{n}@example.jp")
    Hand.objects.update(age_band="to_39")
    assert queries.ages_at(step) == [("20〜39歳", 9)]
    Hand.objects.filter(seat__lte=2).update(age_band="over_64")
    assert queries.ages_at(step) == []
