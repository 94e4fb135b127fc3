"""What the verbs of exchange do, and refuse."""

from datetime import timedelta

import pytest
from django.core import mail
from django.db import IntegrityError, transaction
from django.utils import timezone

from wanowa.exchange import queries, services, tasks
from wanowa.exchange.models import Hand, Listing, Pledge
from wanowa.exchange.rules import Channel, HandStatus, Move, PledgeStatus, Status, Verdict
from wanowa.exchange.tests import factories as make
from wanowa.exchange.verbs import HELD, KEPT
from wanowa.guideline.rules import Kind
from wanowa.kernel.actors import PUBLIC, SYSTEM, Actor
from wanowa.kernel.errors import Conflict, Forbidden, Invalid, Refused
from wanowa.parties.models import Party
from wanowa.parties.queries import closing_obstacles
from wanowa.parties.rules import Role
from wanowa.parties.tests.factories import MembershipFactory
from wanowa.people.models import User
from wanowa.people.services import erase
from wanowa.people.tests.factories import PersonFactory
from wanowa.record.queries import history
from wanowa.record.services import verify

pytestmark = pytest.mark.django_db


@pytest.fixture
def mails(django_capture_on_commit_callbacks):
    """Let mails that wait for the commit go out, and return the box."""
    with django_capture_on_commit_callbacks(execute=True):
        yield mail.outbox


def days(number):
    return timedelta(days=number)


def passed(listing, number):
    """Let a listing's days lie so many days further back, as if it had been put earlier."""
    shift = {"day": listing.day - days(number)} if listing.day else {}
    Listing.objects.filter(pk=listing.pk).update(expires_on=listing.expires_on - days(number), **shift)


def fresh(row):
    return type(row).objects.get(pk=row.pk)


# Listings


@pytest.mark.parametrize("kind", list(Kind))
def test_every_kind_of_party_may_put_what_it_offers_and_needs(kind):
    by = make.actor(kind)
    for side in ("offer", "need"):
        assert make.listing(by, side=side).status == Status.OPEN
    assert verify().clean


@pytest.mark.parametrize("resource", ["people", "goods", "money", "place", "information"])
def test_all_five_resources_can_be_put(resource):
    assert list(queries.open_listings(resource=resource)) == []
    found = make.listing(resource=resource)
    assert list(queries.open_listings(resource=resource)) == [found]


def test_a_viewer_puts_nothing():
    with pytest.raises(Forbidden):
        make.listing(make.actor(role=Role.VIEWER))
    assert not Listing.objects.exists()


def test_a_draft_is_its_partys_alone_until_it_is_published():
    by = make.actor()
    draft = services.put(make.words(), publish=False, by=by)
    assert queries.listing_at(draft.pk, ()) is None
    assert queries.listing_at(draft.pk, {by.party}) == draft
    assert list(queries.open_listings()) == []
    services.publish(draft, by=by)
    assert queries.listing_at(draft.pk, ()) == draft
    assert verify().clean


def test_a_draft_taken_back_is_seen_by_nobody_else():
    by = make.actor()
    draft = services.withdraw(services.put(make.words(), publish=False, by=by), by=by)
    assert queries.listing_at(draft.pk, ()) is None
    assert verify().clean


def test_only_its_party_moves_a_listing():
    found = make.listing()
    for act in services.MOVES.values():
        with pytest.raises(Forbidden):
            act(found, by=make.actor())


def test_a_listing_rests_is_met_looks_again_and_is_done():
    by = make.actor()
    found = make.listing(by)
    for act, status in (
        (services.pause, Status.PAUSED),
        (services.resume, Status.OPEN),
        (services.meet, Status.MET),
        (services.resume, Status.OPEN),
        (services.finish, Status.DONE),
    ):
        assert act(found, by=by).status == status
    with pytest.raises(Refused):
        services.resume(found, by=by)
    assert verify().clean


def test_two_who_rewrite_at_once_lose_nothing():
    by = make.actor()
    found = make.listing(by)
    seen = found.words.digest()
    services.edit(found, make.words(title="はじめの人"), seen=seen, by=by)
    with pytest.raises(Conflict):
        services.edit(found, make.words(title="あとの人"), seen=seen, by=by)
    assert fresh(found).title == "はじめの人"


def test_an_open_listing_keeps_its_side():
    by = make.actor()
    found = make.listing(by)
    with pytest.raises(Invalid):
        services.edit(found, make.words(side="need"), seen=found.words.digest(), by=by)


def test_what_ends_is_not_found_any_more_and_can_be_kept():
    by = make.actor()
    found = make.listing(by)
    passed(found, 366)
    assert list(queries.open_listings()) == []
    tasks.close(0)
    assert fresh(found).status == Status.EXPIRED
    services.keep(found, by=by)
    assert list(queries.open_listings()) == [found]
    assert fresh(found).expires_on == timezone.localdate() + days(365)
    assert verify().clean


def test_whoever_put_it_is_asked_once_and_answers_with_one_link():
    by = make.actor()
    found = make.listing(by)
    passed(found, 355)
    tasks.remind(0)
    tasks.remind(0)
    assert [message.to for message in mail.outbox] == [[User.objects.get(pk=by.person).email]]
    token = mail.outbox[0].body.partition("/exchange/keep/")[2].split("/")[0]
    asked = queries.listing_to_keep(token)
    seen = str(asked.expires_on)
    services.keep_by_mail(asked, seen=seen, by=by)
    assert queries.listing_to_keep(token) is None
    with pytest.raises(Conflict):
        services.keep_by_mail(asked, seen=seen, by=by)
    assert history(found).filter(verb=KEPT.name).count() == 1


def test_who_has_left_the_party_does_not_answer_for_it():
    by = make.actor()
    found = make.listing(by)
    with pytest.raises(Forbidden):
        services.keep_by_mail(found, seen=str(found.expires_on), by=Actor(PersonFactory().pk, by.party))


def test_a_party_closes_only_when_what_it_put_is_ended():
    by = make.actor()
    found = make.listing(by)
    assert len(closing_obstacles(found.party)) == 1
    services.withdraw(found, by=by)
    assert closing_obstacles(found.party) == []


# First steps


def test_nobody_needs_an_account_to_raise_a_hand(mails):
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


# Pledges


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


# Leaving


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


# What verify finds


def test_a_text_changed_behind_the_record_is_found():
    found = make.listing()
    Listing.objects.filter(pk=found.pk).update(text="ちがう文")
    assert [problem.kind for problem in verify().problems] == ["listing"]


def test_a_pledge_changed_behind_the_record_is_found():
    owner = make.actor()
    pledge = make.agreed(make.listing(owner), owner)
    Pledge.objects.filter(pk=pledge.pk).update(status=PledgeStatus.RAISED)
    assert [problem.kind for problem in verify().problems] == ["pledge"]


# What the database refuses by itself


def refused(act):
    with pytest.raises(Exception) as caught, transaction.atomic():  # noqa: PT011 - both kinds of refusal
        act()
    assert type(caught.value).__name__ in {"IntegrityError", "InternalError", "ProgrammingError"}
    return str(caught.value)


def test_no_sql_seats_more_than_there_are_places():
    step = make.step(capacity=1)
    hand = make.hand(step)
    assert "only 1 places" in refused(lambda: Hand.objects.filter(pk=hand.pk).update(seat=2))
    assert "seat 1 is taken" in refused(lambda: Listing.objects.filter(pk=step.pk).update(capacity=0))
    assert "hand_one_a_seat" in refused(
        lambda: Hand.objects.create(
            listing=step, name="x", email="x@example.jp", status="held", seat=1, raised_at=timezone.now()
        )
    )


def test_no_sql_raises_a_hand_for_what_is_no_first_step():
    assert "first steps" in refused(
        lambda: Hand.objects.create(
            listing=make.listing(), name="x", email="x@example.jp", status="queued", raised_at=timezone.now()
        )
    )


def test_no_sql_moves_a_listing_to_another_party_or_deletes_it():
    found = make.listing()
    other = make.actor().party
    assert "stays with its party" in refused(
        lambda: Listing.objects.filter(pk=found.pk).update(party_id=other)
    )
    assert "never deleted" in refused(lambda: Listing.objects.filter(pk=found.pk).delete())


def test_no_sql_makes_a_first_step_of_three_hours():
    step = make.step()
    with pytest.raises(IntegrityError), transaction.atomic():
        Listing.objects.filter(pk=step.pk).update(minutes=180)


def test_no_sql_lets_one_person_answer_herself():
    pledge = make.pledge(make.listing())
    assert "nobody answers herself" in refused(
        lambda: Pledge.objects.filter(pk=pledge.pk).update(answered_by=pledge.person_id)
    )


def test_what_is_past_is_closed_once():
    step = make.step()
    passed(step, 4)
    services.close(step, by=SYSTEM)
    with pytest.raises(Refused):
        services.close(step, by=SYSTEM)


def test_buttons_are_what_the_party_may_do():
    by = make.actor()
    found, step = make.listing(by), make.step(by)
    assert queries.possible(found, ()) == set()
    held = queries.possible(found, _held(by))
    assert held == {Move.EDIT, Move.KEEP, Move.MEET, Move.PAUSE, Move.FINISH, Move.WITHDRAW}
    assert queries.possible(step, _held(by)) == {Move.EDIT, Move.KEEP, Move.WITHDRAW}


def _held(by):
    from wanowa.parties.queries import held_by  # noqa: PLC0415 - beside its only use

    return held_by(User.objects.get(pk=by.person))
