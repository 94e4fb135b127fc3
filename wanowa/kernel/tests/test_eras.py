"""Eras and fiscal years, both ways, at every boundary."""

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wanowa.kernel import eras
from wanowa.kernel.errors import Invalid

ERA_DAYS = st.dates(min_value=eras.GREGORIAN_SINCE, max_value=dt.date(2117, 12, 31))

BOUNDARIES = [
    ("1873-01-01", "明治6年1月1日"),
    ("1912-07-29", "明治45年7月29日"),
    ("1912-07-30", "大正元年7月30日"),
    ("1926-12-24", "大正15年12月24日"),
    ("1926-12-25", "昭和元年12月25日"),
    ("1989-01-07", "昭和64年1月7日"),
    ("1989-01-08", "平成元年1月8日"),
    ("2019-04-30", "平成31年4月30日"),
    ("2019-05-01", "令和元年5月1日"),
    ("2026-11-23", "令和8年11月23日"),
    ("2024-02-29", "令和6年2月29日"),
]


@pytest.mark.parametrize(("iso", "japanese"), BOUNDARIES)
def test_each_boundary_reads_and_writes_the_same(iso, japanese):
    day = dt.date.fromisoformat(iso)
    assert eras.era_date(day) == japanese
    assert eras.parse(japanese) == day


@given(ERA_DAYS)
def test_every_day_comes_back_from_its_era_date(day):
    assert eras.parse(eras.era_date(day)) == day


@given(ERA_DAYS, st.sampled_from("./-"))
def test_every_day_comes_back_from_its_short_form(day, mark):
    era = eras.era_of(day)
    short = f"{era.letter}{era.year_of(day)}{mark}{day.month}{mark}{day.day}"
    wide = short.translate({code: code + 0xFEE0 for code in range(0x21, 0x7F)})
    assert eras.parse(short) == eras.parse(short.lower()) == eras.parse(wide) == day


@given(st.dates(min_value=dt.date(1000, 1, 1)))
def test_every_day_comes_back_from_its_label_and_from_iso(day):
    assert eras.parse(eras.day_label(day)) == eras.parse(day.isoformat()) == day


@pytest.mark.parametrize(
    "typed",
    [
        "令和８年１１月２３日",
        "㋿8年11月23日",
        "R08.11.23",
        " 令和 8年 11月 23日 ",
        "令8-11-23",
        "2026年11月23日（月）",
        "2026/11/23 (月曜日)",
    ],
)
def test_a_day_is_read_however_it_is_typed(typed):
    assert eras.parse(typed) == dt.date(2026, 11, 23)


@pytest.mark.parametrize(
    ("typed", "hint"),
    [
        ("平成31年5月1日", "令和元年5月1日"),
        ("令和元年4月30日", "平成31年4月30日"),
        ("昭和64年1月8日", "平成元年1月8日"),
        ("大正15年12月25日", "昭和元年12月25日"),
        ("明治45年7月30日", "大正元年7月30日"),
        ("令和0年6月1日", "平成30年6月1日"),
        ("2026年2月29日", "月と日を確かめて"),
        ("令和7年2月29日", "月と日を確かめて"),
        ("2026年13月1日", "月と日を確かめて"),
        ("2026年11月23日（火）", "2026年11月23日（月）"),
        ("あした", "のように入れてください"),
        ("", "のように入れてください"),
        ("11/23", "のように入れてください"),
        ("0000-01-01", "月と日を確かめて"),
        ("慶応3年1月1日", "のように入れてください"),
    ],
)
def test_a_day_that_does_not_exist_is_refused_with_a_hint(typed, hint):
    with pytest.raises(Invalid, match=hint):
        eras.parse(typed)


@pytest.mark.parametrize("typed", ["明治5年12月2日", "明治元年1月1日", "M1.1.25"])
def test_an_era_date_of_the_lunisolar_calendar_is_refused(typed):
    with pytest.raises(Invalid, match="暦がちがう"):
        eras.parse(typed)


def test_a_western_date_before_the_reform_is_read_but_has_no_era_date():
    assert eras.parse("1868-01-25") == dt.date(1868, 1, 25)
    with pytest.raises(Invalid, match="西暦で書いて"):
        eras.era_date(dt.date(1872, 12, 31))


@given(st.text(max_size=20))
def test_any_text_is_a_day_or_is_refused(anything):
    try:
        assert isinstance(eras.parse(anything), dt.date)
    except Invalid as refusal:
        assert str(refusal).endswith(("ください。", "ありませんか。"))  # noqa: PT017  # either answer is right


@pytest.mark.parametrize(
    ("iso", "year"), [("2026-03-31", 2025), ("2026-04-01", 2026), ("2026-12-31", 2026), ("2027-01-01", 2026)]
)
def test_a_fiscal_year_runs_from_april_to_march(iso, year):
    assert eras.fiscal_year_of(dt.date.fromisoformat(iso)) == year


@given(st.dates(min_value=dt.date(1873, 4, 1), max_value=dt.date(2100, 1, 1)))
def test_a_day_lies_in_its_fiscal_year(day):
    first, last = eras.fiscal_year_days(eras.fiscal_year_of(day))
    assert first <= day <= last


@pytest.mark.parametrize(
    ("year", "label"),
    [
        (2026, "令和8年度（2026年度）"),
        (2019, "令和元年度（2019年度）"),
        (2018, "平成30年度（2018年度）"),
        (1989, "平成元年度（1989年度）"),
        (1988, "昭和63年度（1988年度）"),
        (1926, "大正15年度（1926年度）"),
    ],
)
def test_a_fiscal_year_is_labelled_in_both_calendars(year, label):
    assert eras.fiscal_year_label(year) == label


@given(st.integers(1873, 2100))
def test_every_fiscal_year_comes_back_from_its_label(year):
    assert eras.parse_fiscal_year(eras.fiscal_year_label(year)) == year


@pytest.mark.parametrize(
    ("typed", "year"),
    [
        ("R5", 2023),
        ("Ｒ５", 2023),
        ("令和5", 2023),
        ("令和５年度", 2023),
        ("R5年度", 2023),
        ("H31", 2019),
        ("平成31年度", 2019),
        ("令和元年度", 2019),
        ("R1", 2019),
        ("昭和元年度", 1926),
        ("2026", 2026),
        ("２０２６年度", 2026),
    ],
)
def test_a_fiscal_year_is_read_however_it_is_typed(typed, year):
    assert eras.parse_fiscal_year(typed) == year


@pytest.mark.parametrize(
    ("typed", "hint"),
    [
        ("平成32年度", "令和2年度"),
        ("昭和64年度", "平成元年度"),
        ("令和0年度", "平成30年度"),
        ("来年度", "のように入れてください"),
        ("令和8年度（2025年度）", "合いません"),
        ("0000", "確かめて"),
        ("9999", "確かめて"),
        ("明治4年度", "西暦で書いて"),
    ],
)
def test_a_fiscal_year_that_does_not_exist_is_refused_with_a_hint(typed, hint):
    with pytest.raises(Invalid, match=hint):
        eras.parse_fiscal_year(typed)


@pytest.mark.parametrize(
    ("utc", "label"),
    [
        ("2026-11-23T11:00:00+00:00", "2026年11月23日（月）20時"),
        ("2026-11-23T11:05:00+00:00", "2026年11月23日（月）20時05分"),
        ("2026-11-23T15:00:00+00:00", "2026年11月24日（火）0時"),
    ],
)
def test_a_moment_is_shown_in_local_time(utc, label):
    assert eras.moment_label(dt.datetime.fromisoformat(utc)) == label


def test_a_moment_without_a_time_zone_is_a_mistake():
    with pytest.raises(ValueError, match="naive"):
        eras.moment_label(dt.datetime(2026, 11, 23, 20))  # noqa: DTZ001  # the mistake under test
