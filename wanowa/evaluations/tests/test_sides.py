"""Sides of a question: the largest difference first, and nothing shown that is kept back."""

from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wanowa.evaluations.rules.answers import Answer
from wanowa.evaluations.rules.questions import Question
from wanowa.evaluations.rules.sides import Column, label_of, median, side_by_side, widest

ASKED = [
    Question(key, key, "partnership", "過程", f"問い{key}", "どうでしたか。", ("低い",) * 5) for key in "abcd"
]


def side(party, *scores, **more):
    views = {asked.key: Answer(score, "ことば") for asked, score in zip(ASKED, scores, strict=True)}
    return Column(party, f"主体{party}", answers=views, **more)


def test_the_largest_difference_stands_first_and_equal_ones_keep_their_order():
    rows = side_by_side(ASKED, [side(1, 3, 5, 2, 4), side(2, 4, 1, 2, 5)])
    assert [(row.question.key, row.gap) for row in rows] == [("b", 4), ("a", 1), ("d", 1), ("c", 0)]
    assert widest(rows).question.key == "b"


def test_what_fewer_than_two_could_tell_stands_last_and_has_no_difference():
    rows = side_by_side(ASKED, [side(1, None, 5, 2, None), side(2, 4, 5, 2, None)])
    assert [(row.question.key, row.gap) for row in rows] == [("b", 0), ("c", 0), ("a", None), ("d", None)]
    assert [row.median for row in rows] == [5, 2, 4, None]


def test_a_side_that_handed_nothing_in_stays_in_its_column():
    rows = side_by_side(ASKED, [side(1, 3, 5, 2, 4), Column(2, "主体2")])
    assert all(len(row.cells) == 2 and row.cells[1].answer is None for row in rows)
    assert not rows[0].cells[1].column.handed_in
    assert widest(rows) is None


def test_what_is_kept_back_counts_for_nothing():
    shown = side_by_side(
        ASKED, [side(1, 3, 5, 2, 4), side(2, 1, 1, 1, 1, is_kept_back=True), side(3, 3, 3, 2, 4)]
    )
    assert next((row.question.key, row.gap) for row in shown) == ("b", 2)
    assert all(row.cells[1].score is None and row.cells[1].answer is None for row in shown)


def test_where_all_agree_nothing_is_widest():
    assert widest(side_by_side(ASKED, [side(1, 3, 5, 2, 4)] * 2)) is None
    assert widest([]) is None


@given(st.lists(st.integers(1, 5), min_size=1))
def test_a_median_lies_between_the_scores_and_half_of_them_on_each_side(scores):
    found = median(scores)
    assert min(scores) <= found <= max(scores)
    assert sum(score < found for score in scores) * 2 <= len(scores)
    assert sum(score > found for score in scores) * 2 <= len(scores)


@pytest.mark.parametrize(("scores", "expected"), [([], None), ([2], Decimal(2)), ([2, 5], Decimal("3.5"))])
def test_the_median_of_few_is_exact(scores, expected):
    assert median(scores) == expected


def test_a_word_says_why_nothing_stands_there():
    views = side(1, None, 5, 2, 4).answers
    columns = [
        Column(1, "甲", answers=views),
        Column(2, "乙"),
        Column(3, "丙", answers={}, is_forgotten=True),
        Column(4, "丁", answers=views, is_kept_back=True),
    ]
    (row,) = [row for row in side_by_side(ASKED, columns) if row.question.key == "a"]
    assert [cell.said for cell in row.cells] == ["わからない", "未提出", "消去", "非公開"]
    assert [cell.words for cell in row.cells] == ["ことば", "", "", ""]


def test_a_question_is_called_by_what_it_is_about():
    one = ASKED[0]
    assert label_of(one, {}) == "問いa"
    assert label_of(replace(one, about="観察会"), {}) == "問いa：観察会"
    assert label_of(replace(one, party=7), {7: "水の会"}) == "問いa：水の会"
