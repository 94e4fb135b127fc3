"""Business days: weekends, holidays, year's end, and the arithmetic between them."""

import datetime as dt

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from wanowa.kernel import calendar
from wanowa.kernel.errors import Invalid

DAYS = st.dates(min_value=dt.date(1990, 1, 1), max_value=dt.date(2060, 1, 1))


def _day(iso):
    return dt.date.fromisoformat(iso)


@pytest.mark.parametrize(
    ("iso", "is_open"),
    [
        ("2026-11-20", True),
        ("2026-11-21", False),
        ("2026-11-22", False),
        ("2026-11-23", False),
        ("2026-11-24", True),
        ("2026-09-22", False),
        ("2026-05-06", False),
        ("2019-05-01", False),
        ("2020-07-24", False),
        ("2026-12-28", True),
        ("2026-12-29", False),
        ("2026-12-31", False),
        ("2027-01-01", False),
        ("2025-01-03", False),
        ("2027-01-04", True),
    ],
)
def test_the_city_hall_is_open_on_business_days_only(iso, is_open):
    assert calendar.is_business_day(_day(iso)) is is_open


def test_the_next_business_day_after_the_old_year_is_the_fourth_of_january():
    assert calendar.next_business_day(_day("2026-12-29")) == _day("2027-01-04")
    assert calendar.add_business_days(_day("2026-12-28"), 1) == _day("2027-01-04")
    assert calendar.next_business_day(_day("2027-01-04")) == _day("2027-01-04")


def test_a_city_may_close_on_other_days():
    assert not calendar.is_business_day(_day("2026-12-28"), closing={(12, 28)})
    assert calendar.is_business_day(_day("2026-12-29"), closing=frozenset())


@settings(deadline=None)  # the first look at a year reads its holidays
@given(DAYS, st.integers(1, 60))
def test_days_added_are_days_between(day, count):
    later = calendar.add_business_days(day, count)
    assert calendar.is_business_day(later)
    assert calendar.business_days_between(day, later) == count
    assert calendar.business_days_between(later, day) == -count


@settings(deadline=None)  # the first look at a year reads its holidays
@given(DAYS, st.integers(1, 60))
def test_going_forth_and_back_returns_to_a_business_day(day, count):
    start = calendar.next_business_day(day)
    assert calendar.add_business_days(calendar.add_business_days(start, count), -count) == start
    assert calendar.add_business_days(day, 0) == start


def test_years_without_known_holidays_are_refused():
    for day in (dt.date(1948, 12, 27), dt.date(2100, 1, 5)):
        with pytest.raises(Invalid, match="2099年まで"):
            calendar.is_business_day(day)
