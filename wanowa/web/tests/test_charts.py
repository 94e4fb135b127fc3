"""A chart shows what its table says: the geometry follows the numbers, and the numbers are there to read."""

import datetime as dt
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as some

from wanowa.web import charts
from wanowa.web.charts import Row
from wanowa.web.tests.test_components import render

APRIL, JULY, MARCH = dt.date(2026, 4, 1), dt.date(2026, 7, 15), dt.date(2027, 3, 31)
AMOUNTS = some.decimals(0, 10**9, places=2)
DAYS = some.dates(dt.date(1990, 1, 1), dt.date(2060, 1, 1))


@given(
    some.lists(some.tuples(DAYS, AMOUNTS), min_size=1, max_size=20), some.none() | AMOUNTS, some.none() | DAYS
)
def test_every_point_lies_inside_the_drawing_and_higher_is_more(points, target, until):
    drawn = charts.line("見回り", points, target=target, until=until)
    places = [(float(x), float(y)) for x, y in drawn.dots]
    assert all(charts.LEFT <= x <= charts.WIDTH - charts.RIGHT for x, _y in places)
    assert all(charts.TOP <= y <= charts.HEIGHT - charts.BOTTOM for _x, y in places)
    ordered = sorted(points, key=lambda point: point[0])
    for (_d1, one), (_d2, two), (_x1, low), (_x2, high) in zip(
        ordered, ordered[1:], places, places[1:], strict=False
    ):
        assert one <= two if low > high else True
        assert one >= two if low < high else True
    assert [text for _day, text in drawn.rows] == [charts.number(value) for _day, value in ordered]


def test_the_axis_begins_at_zero_and_ends_at_a_round_number_above_everything():
    drawn = charts.line("観察会", [(APRIL, 1), (JULY, 4)], unit="回", target=6, until=MARCH)
    assert [tick.label for tick in drawn.heights] == ["0", "3", "6"]
    assert drawn.target.label == "目標 6回"
    assert drawn.summary == "令和8年7月15日に4回。目標は6回"
    assert [tick.label for tick in drawn.days] == ["令和8年4月1日", "令和9年3月31日"]


@pytest.mark.parametrize(
    ("value", "read"),
    [
        (1200, "1,200回"),
        (Decimal("2.50"), "2.5回"),
        (Decimal("3.00"), "3回"),
        (Decimal("1E+3"), "1,000回"),
        (0, "0回"),
    ],
)
def test_numbers_are_written_as_people_read_them(value, read):
    assert charts.number(value, "回") == read


@given(some.lists(some.tuples(some.none() | AMOUNTS, some.none() | AMOUNTS), min_size=1, max_size=12))
def test_bars_are_as_long_as_their_share_of_the_longest(pairs):
    drawn = charts.bars("時間", [Row("会", pair) for pair in pairs], series=["約束", "実際"])
    longest = max((value for pair in pairs for value in pair if value is not None), default=0)
    for pair, row in zip(pairs, drawn.rows, strict=True):
        for value, cell in zip(pair, row.cells, strict=True):
            if value is None:
                assert (cell.text, cell.length) == ("－", None)
            else:
                assert float(cell.length) == pytest.approx(
                    float(value / longest * 100) if longest else 0, abs=0.06
                )


@pytest.mark.parametrize("points", [[], [(APRIL, -1)]])
def test_a_line_without_points_or_below_zero_is_refused(points):
    with pytest.raises(ValueError, match="line chart"):
        charts.line("見回り", points)


@pytest.mark.parametrize("values", [[1], [1, -2]])
def test_bars_that_do_not_fit_their_series_are_refused(values):
    with pytest.raises(ValueError, match="bar chart"):
        charts.bars("時間", [Row("会", values)], series=["約束", "実際"])


def test_a_line_says_in_words_what_it_shows_and_has_its_table():
    drawn = charts.line("<観察会>", [(JULY, 4), (APRIL, 1)], unit="回", target=6)
    html = render('<c-chart :chart="chart" />', chart=drawn)
    assert 'role="img" aria-label="&lt;観察会&gt;：令和8年7月15日に4回。目標は6回"' in html
    assert html.count("<circle") == html.count("<time") == 2
    assert "style=" not in html


def test_bars_are_the_table_itself():
    drawn = charts.bars(
        "時間", [Row("環境課", [12, None]), Row("守る会", [24, 30])], series=["約束", "実際"], unit="時間"
    )
    html = render('<c-chart :chart="chart" />', chart=drawn)
    assert html.count('<th scope="row">') == 2
    assert html.count("aria-hidden") == 3
    assert "24時間" in html
    assert "－" in html
