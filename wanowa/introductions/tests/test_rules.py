"""How an introduction goes, who may take which step, and what each number means: without a database."""

from datetime import date, timedelta
from itertools import product

import pytest

from wanowa.introductions.rules import (
    ANSWER_DAYS,
    ENDED,
    LIFECYCLE,
    MAY,
    OPEN,
    TOGETHER,
    VAIN,
    WAITING,
    Given,
    Move,
    Status,
    Who,
    as_seen,
    can_be_read,
    due_on,
    follow_up_on,
    free_again,
    next_action,
    possible,
)
from wanowa.kernel.calendar import is_business_day
from wanowa.kernel.errors import Invalid, Refused

DAY = date(2026, 11, 26)
ASKING, ANSWERING = {Who.SIDE, Who.MAKER}, {Who.SIDE, Who.ASKED}
DESK, MAKING_DESK = {Who.DESK}, {Who.DESK, Who.MAKER}
TABLE = {
    "waiting": {
        "asking": {Move.WITHDRAW},
        "answering": {Move.ACCEPT},
        "desk": set(),
        "making desk": {Move.WITHDRAW},
    },
    "together": {
        "asking": {Move.TRY, Move.COLLABORATE, Move.HELP, Move.END},
        "answering": {Move.TRY, Move.COLLABORATE, Move.HELP, Move.END},
        "desk": {Move.TRY, Move.HELP, Move.END},
        "making desk": {Move.TRY, Move.HELP, Move.END},
    },
}
ROLES = {"asking": ASKING, "answering": ANSWERING, "desk": DESK, "making desk": MAKING_DESK}


@pytest.mark.parametrize(("status", "who"), list(product(Status, [*ROLES, "nobody"])))
def test_who_may_do_what_in_which_status(status, who):
    stage = "waiting" if status in WAITING else "together" if status in TOGETHER else "over"
    expected = TABLE.get(stage, {}).get(who, set())
    assert possible(status, ROLES.get(who, set())) == expected


def test_every_status_is_waiting_together_ended_or_vain_and_nothing_leads_out_of_an_end():
    assert set(Status) == WAITING | TOGETHER | ENDED | VAIN
    assert WAITING | TOGETHER == OPEN
    assert all(LIFECYCLE.allowed(status) == () for status in ENDED | VAIN)
    assert MAY[Move.LAPSE] == frozenset()
    assert set(MAY) == set(Move)


def test_two_yeses_lead_to_a_meeting_and_one_does_not():
    half = LIFECYCLE.after(Status.ASKED, Move.ACCEPT)
    assert half is Status.HALF
    assert LIFECYCLE.after(half, Move.ACCEPT) is Status.MET
    with pytest.raises(Refused):
        LIFECYCLE.after(Status.MET, Move.ACCEPT)


@pytest.mark.parametrize("status", sorted(WAITING))
def test_a_side_sees_the_same_while_one_or_none_has_answered_and_the_end_by_the_clock(status):
    last = DAY + timedelta(days=ANSWER_DAYS)
    assert as_seen(Status(status), last, last) is Status.ASKED
    assert as_seen(Status(status), last, last + timedelta(days=1)) is Status.LAPSED
    assert as_seen(Status.MET, last, last + timedelta(days=1)) is Status.MET


def test_three_in_vain_let_a_pair_wait_180_days_after_the_last():
    days = [DAY, DAY + timedelta(days=60), DAY + timedelta(days=30)]
    assert free_again(days[:2]) is None
    assert free_again(days) == DAY + timedelta(days=240)
    assert free_again([*days, DAY + timedelta(days=300)]) == DAY + timedelta(days=480)


@pytest.mark.parametrize("days", range(14))
def test_the_question_after_four_weeks_falls_on_an_open_day(days):
    since = date(2026, 12, 1) + timedelta(days=days)
    asked = follow_up_on(since)
    assert asked >= since + timedelta(days=28)
    assert is_business_day(asked)


def test_what_is_open_has_a_next_action_and_a_day_and_what_is_over_has_none():
    for status in Status:
        due = due_on(status, answer_by=DAY, since=DAY, trial_on=DAY)
        assert (due is not None) == (status in OPEN)
    assert due_on(Status.TRIAL, answer_by=DAY, since=DAY, trial_on=DAY) == date(2026, 11, 27)
    assert len({str(next_action(status)) for status in OPEN}) == 3


def test_what_was_given_is_read_by_both_until_its_day_and_28_days_after_the_end():
    def reads(status, *, until=DAY, ended=None, today=DAY):
        return can_be_read(status, until=until, ended_on=ended, today=today)

    assert {status for status in Status if reads(status)} == TOGETHER | ENDED
    assert not reads(Status.MET, today=DAY + timedelta(days=1))
    assert not reads(Status.MET, until=None)
    far = DAY + timedelta(days=200)
    for after, shown in ((28, True), (29, False)):
        assert reads(Status.ONE_TIME, until=far, ended=DAY, today=DAY + timedelta(days=after)) is shown


def test_only_what_was_chosen_is_given_and_only_for_a_year():
    given = Given.of({"name": " 花子 ", "phone": "", "other": "x"})
    assert given.values() == {"name": "花子"}
    given.check(DAY, DAY)
    for until in (None, DAY - timedelta(days=1), DAY + timedelta(days=367)):
        with pytest.raises(Invalid, match="1年"):
            given.check(until, DAY)
    Given().check(None, DAY)


@pytest.mark.parametrize("wrong", [{"mail": "花子"}, {"phone": "でんわ"}])
def test_what_can_reach_nobody_is_told_at_once(wrong):
    with pytest.raises(Invalid):
        Given.of(wrong).check(DAY, DAY)
