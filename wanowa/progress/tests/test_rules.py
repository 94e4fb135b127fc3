"""The rules: identities of goals, what is left, days that are due, months, silence. No database."""

from datetime import date
from decimal import Decimal

import pytest

from wanowa.collaborations.rules import Goal, Task
from wanowa.kernel.errors import Invalid
from wanowa.progress.rules import (
    Evidence,
    Month,
    Reading,
    check_reading,
    due_day,
    goal_keys,
    is_silent,
    lateness,
    may_move,
    percent,
    soon,
    standing,
    unmeasured_since,
)

TODAY = date(2026, 11, 25)
WALKS = Goal("観察会", 6, "回", "2027-03-31")


def test_a_goal_is_known_by_its_words_and_its_unit():
    before = goal_keys([WALKS, Goal("参加", 20, "人", "")])
    after = goal_keys([Goal("参加", 30, "人", "2027-01-01"), WALKS, Goal("観察会", 6, "日", "")])
    assert after[:2] == before[::-1], "place, target and day may change"
    assert after[2] not in before, "another unit is another goal"


def test_two_goals_with_the_same_words_differ_by_their_turn():
    one, two = goal_keys([WALKS, WALKS])
    assert one != two
    assert goal_keys([WALKS]) == [one]


@pytest.mark.parametrize(
    ("value", "said"),
    [
        (None, "まだ数がありません"),
        ("4", "あと2回で、目標の6回になります"),
        ("4.5", "あと1.5回で"),
        ("6", "ちょうどとどきました"),
        ("1006", "目標より1,000回多くなりました"),
    ],
)
def test_what_is_left_is_said_in_words(value, said):
    assert said in standing(WALKS, Reading(Decimal(value), TODAY) if value else None)


def test_a_share_never_exceeds_the_whole():
    assert [percent(WALKS, Decimal(value)) for value in (0, 3, 5, 9)] == [0, 50, 83, 100]


@pytest.mark.parametrize(
    ("value", "day"),
    [
        *((value, TODAY) for value in ("-1", "NaN", "10000000000", "1.005")),
        ("1", date(2026, 11, 26)),
        ("1", date(1800, 1, 1)),
    ],
)
def test_a_number_that_cannot_be_meant_is_refused(value, day):
    with pytest.raises(Invalid):
        check_reading(Reading(Decimal(value), day), today=TODAY)
    check_reading(Reading(Decimal("1.25"), TODAY), today=TODAY)


@pytest.mark.parametrize(
    ("written", "due"),
    [
        ("2026-12-01", date(2026, 12, 1)),
        ("令和8年12月1日", date(2026, 12, 1)),
        ("令和9年2月", date(2027, 2, 28)),
        ("2028年2月末", date(2028, 2, 29)),
        ("6月末", date(2026, 6, 30)),
        ("6月末まで", date(2026, 6, 30)),
        ("3月10日", date(2027, 3, 10)),
        ("4月", date(2026, 4, 30)),
        ("毎月末", None),
        ("毎月第2金曜まで", None),
        ("4月から11月", None),
        ("2月30日", None),
        ("", None),
        ("9999年12月", None),
    ],
)
def test_a_day_is_read_out_of_what_people_write(written, due):
    assert due_day(written, date(2026, 4, 1), date(2027, 3, 31)) == due


def test_a_month_beyond_the_end_is_no_day():
    assert due_day("3月", date(2026, 4, 1), date(2026, 12, 31)) is None
    assert due_day("3月", None, None) is None


def test_days_are_counted_in_business_days():
    friday, tuesday = date(2026, 11, 20), date(2026, 11, 24)  # the 23rd is a holiday
    assert "あと1日" in lateness(tuesday, friday)
    assert "1日すぎました" in lateness(friday, tuesday)
    assert lateness(friday, friday) == "今日までです"
    assert "次に役所があく日" in lateness(date(2026, 11, 22), date(2026, 11, 21))
    assert lateness(date(2026, 11, 21), date(2026, 11, 22)) == "日をすぎました"


def test_a_day_is_near_three_business_days_before_it():
    due = date(2026, 11, 27)
    assert soon(due, date(2026, 11, 24), ahead=3)
    assert not soon(due, date(2026, 11, 20), ahead=3), "the weekend and the holiday do not count"
    assert soon(due, due, ahead=3)
    assert not soon(due, date(2026, 11, 28), ahead=3)


def test_the_years_end_of_the_city_counts_as_closed():
    due = date(2027, 1, 5)
    assert soon(due, date(2026, 12, 28), ahead=2), "29 December to 3 January are closed"
    assert not soon(due, date(2026, 12, 28), ahead=2, closing=frozenset()), "without closing days they count"


def test_who_answers_or_does_it_moves_a_task():
    task = Task("見回り", (2, 3), 1)
    assert [may_move(task, party) for party in (1, 2, 3, 4)] == [True, True, True, False]


def test_silence_is_counted_from_the_last_sign():
    begun = date(2026, 9, 1)
    assert unmeasured_since(begun, [], today=date(2026, 10, 31), days=60) == begun
    assert unmeasured_since(begun, [], today=date(2026, 10, 30), days=60) is None
    read = [date(2026, 10, 1)]
    assert unmeasured_since(begun, read, today=date(2026, 11, 30), days=60) == read[0]
    assert not is_silent(date(2026, 12, 31), today=TODAY, days=45), "a clock that was set back breaks nothing"
    assert is_silent(date(2026, 10, 11), today=TODAY, days=45)
    assert not is_silent(date(2026, 10, 12), today=TODAY, days=45)


def test_months_follow_each_other_over_new_year():
    december = Month(2026, 12)
    assert (december.after, december.before) == (Month(2027, 1), Month(2026, 11))
    assert (december.first, december.last) == (date(2026, 12, 1), date(2026, 12, 31))
    assert december.label == "2026年（令和8年）12月"
    assert Month(2026, 2) < december


@pytest.mark.parametrize(("year", "number"), [(2026, 13), (2026, 0), (1800, 1), (9999, 12)])
def test_a_month_that_does_not_exist_is_none(year, number):
    with pytest.raises(ValueError, match="month"):
        Month(year, number)


@pytest.mark.parametrize(
    ("evidence", "photo", "said"),
    [
        (Evidence(" "), False, "見えたこと"),
        (Evidence("見た", quote="楽しい"), False, "同意がいります"),
        (Evidence("見た", consented=True), False, "ことばを書いてください"),
        (Evidence("見た"), True, "何が写っているか"),
        (Evidence("見た", alt="川"), False, "写真を選んで"),
        (Evidence("見た", count=-1), False, "0から"),
    ],
)
def test_evidence_without_what_it_needs_is_refused(evidence, photo, said):
    with pytest.raises(Invalid, match=said):
        evidence.check(photo=photo)
    Evidence("見た", "楽しい", True, 3, "川").check(photo=True)
