"""The pure rules: days that come again, seats, bands of ages, what a listing must say, the calendar file."""

from datetime import UTC, date, datetime, time

import pytest

from wanowa.exchange.rules import (
    LIFECYCLE,
    Event,
    Move,
    Slot,
    Status,
    Words,
    calendar_file,
    coming,
    distance,
    free_seat,
    kept_until,
    next_day,
    slot_of,
    spread,
    told,
)
from wanowa.exchange.tests.factories import step_words, words
from wanowa.kernel.errors import Invalid, Refused

QUARTERS = {"niikura", "shirako"}
SATURDAY = date(2026, 11, 14)


def test_every_second_saturday_comes_on_the_second_saturday():
    days = list(coming(SATURDAY, "monthly", since=date(2026, 11, 20), until=date(2027, 12, 31)))
    assert len(days) == 13
    assert all(day.weekday() == 5 and 8 <= day.day <= 14 for day in days)


def test_a_fifth_weekday_comes_on_the_last_where_there_is_no_fifth():
    days = list(coming(date(2026, 10, 31), "monthly", since=date(2026, 10, 1), until=date(2027, 3, 31)))
    assert [day.isoformat() for day in days] == [
        "2026-10-31",
        "2026-11-28",
        "2026-12-26",
        "2027-01-30",
        "2027-02-27",
        "2027-03-27",
    ]


def test_what_comes_again_is_told_in_words():
    assert told(SATURDAY, "weekly") == "毎週土曜"
    assert told(SATURDAY, "monthly") == "毎月第2土曜"
    assert told(date(2026, 10, 31), "monthly") == "毎月最後の土曜"
    assert told(SATURDAY, "") == ""


def test_every_week_comes_from_the_first_day_on_and_never_before():
    assert next_day(SATURDAY, "weekly", since=date(2026, 1, 1)) == SATURDAY
    assert next_day(SATURDAY, "weekly", since=date(2026, 11, 15)) == date(2026, 11, 21)
    assert next_day(SATURDAY, "weekly", since=date(2026, 11, 21)) == date(2026, 11, 21)


def test_what_does_not_come_again_has_passed():
    assert next_day(SATURDAY, "", since=date(2026, 11, 15)) is None
    assert next_day(None, "", since=SATURDAY) is None


def test_nothing_is_kept_longer_than_a_year():
    assert kept_until(SATURDAY, 3650) == date(2027, 11, 14)
    assert kept_until(SATURDAY, 90) == date(2027, 2, 12)


@pytest.mark.parametrize(
    ("day", "starts", "slot"),
    [
        (SATURDAY, time(19), Slot.WEEKEND),
        (date(2026, 11, 23), time(10), Slot.WEEKEND),  # 勤労感謝の日, a Monday
        (date(2026, 11, 16), time(17), Slot.EVENING),
        (date(2026, 11, 16), time(16, 59), Slot.WEEKDAY),
        (date(2026, 11, 16), None, Slot.WEEKDAY),
    ],
)
def test_days_and_times_fall_into_slots(day, starts, slot):
    assert slot_of(day, starts) is slot


def test_near_is_the_same_quarter_then_the_next_ones_then_the_rest():
    near = {"niikura": frozenset({"shirako"})}
    assert [distance(one, "niikura", near) for one in ("niikura", "shirako", "", "minami")] == [0, 1, 1, 2]


def test_the_lowest_free_seat_is_given_and_none_beyond_the_places():
    assert free_seat(set(), 2) == 1
    assert free_seat({1, 3}, 3) == 2
    assert free_seat({1, 2}, 2) is None


@pytest.mark.parametrize(
    ("counts", "shown"),
    [
        ({"to_39": 5}, {"to_39": 5}),
        ({"to_39": 4}, {}),
        ({"to_39": 9, "over_64": 1}, {}),
        ({"to_39": 9, "over_64": 3, "under_20": 2}, {"to_39": 9}),
    ],
)
def test_ages_are_told_only_when_nobody_can_be_counted_back(counts, shown):
    assert spread(counts) == shown


@pytest.mark.parametrize(
    "changed",
    [
        {"side": "both"},
        {"resource": "time"},
        {"title": " "},
        {"title": "花" * 121},
        {"text": ""},
        {"quarter": "atlantis"},
        {"slots": ("night",)},
        {"audience": ("cats",)},
        {"age_from": 10, "age_to": 9},
        {"rhythm": "weekly"},
        {"rhythm": "daily", "day": SATURDAY},
        {"starts": time(9)},
        {"day": date(1900, 1, 1)},
    ],
)
def test_what_cannot_be_meant_is_refused(changed):
    with pytest.raises(Invalid):
        words(**changed).check(QUARTERS, ())


@pytest.mark.parametrize(
    "changed",
    [
        {"side": "offer"},
        {"day": None, "starts": None},
        {"starts": None},
        {"minutes": 121},
        {"minutes": None},
        {"capacity": 0},
        {"capacity": 201},
        {"place": " "},
        {"rhythm": "weekly"},
    ],
)
def test_a_first_step_is_small_dated_and_somewhere(changed):
    with pytest.raises(Invalid):
        step_words(**changed).check(QUARTERS, ())


def test_a_first_step_of_two_hours_is_fine():
    step_words(minutes=120).check(QUARTERS, ())


def test_a_day_lies_ahead_and_within_a_year():
    for day in (date(2026, 11, 13), date(2027, 11, 15)):
        with pytest.raises(Invalid):
            words(day=day).check_when(SATURDAY)
    words(day=SATURDAY).check_when(SATURDAY)
    words(day=date(2026, 1, 3), rhythm="weekly").check_when(SATURDAY)


def test_another_word_is_another_fingerprint():
    prints = {
        words(**changed).digest() for changed in ({}, {"title": "ほか"}, {"capacity": 1}, {"keys": ("x",)})
    }
    assert len(prints) == 4
    assert words().digest() == words().digest()


def test_what_is_done_or_withdrawn_stays_so():
    for status in (Status.DONE, Status.WITHDRAWN):
        assert LIFECYCLE.allowed(status) == ()
    with pytest.raises(Refused):
        LIFECYCLE.after(Status.DRAFT, Move.PAUSE)


def file_of(**changed):
    told = {
        "uid": "hand-1@wanowa",
        "title": "水やり",
        "begins": datetime(2026, 11, 14, 0, 30, tzinfo=UTC),
        "ends": datetime(2026, 11, 14, 1, 0, tzinfo=UTC),
        "place": "公園",
        "text": "ぼうし",
        "address": "https://example.jp/",
        "stamp": datetime(2026, 11, 1, tzinfo=UTC),
    }
    return calendar_file(Event(**told | changed))


def test_the_calendar_file_says_when_and_where():
    lines = file_of().split("\r\n")
    assert lines[0] == "BEGIN:VCALENDAR"
    assert lines[-2:] == ["END:VCALENDAR", ""]
    assert {"DTSTART:20261114T003000Z", "DTEND:20261114T010000Z", "LOCATION:公園", "SUMMARY:水やり"} <= set(
        lines
    )


def test_long_lines_are_folded_without_cutting_a_letter():
    text = "水をやります。" * 40
    file = file_of(text=text)
    assert all(len(line.encode()) <= 75 for line in file.split("\r\n"))
    assert f"DESCRIPTION:{text}" in file.replace("\r\n ", "")


def test_nothing_typed_can_add_a_line_to_the_calendar_file():
    file = file_of(title="水やり\nATTENDEE:x", place="公園; 北, 口\\", text="ぼうし\r\nEND:VEVENT")
    lines = file.replace("\r\n ", "").split("\r\n")
    assert "SUMMARY:水やり\\nATTENDEE:x" in lines
    assert "LOCATION:公園\\; 北\\, 口\\\\" in lines
    assert lines.count("END:VEVENT") == 1


def test_words_hold_no_more_than_their_slots():
    with pytest.raises(TypeError):
        Words("offer", "people", "x", "y", email="a@example.jp")
