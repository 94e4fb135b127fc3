"""The gauge adds up, keeps apart what is not stated, and never judges (G-22e)."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wanowa.collaborations.rules import (
    Bring,
    Load,
    Share,
    Task,
    carrying,
    first_draft,
    gauge,
    in_words,
    percents,
)

NAMES = {party: f"主体{party}" for party in range(1, 31)}


def terms(parties=(1, 2, 3), brings=(), shares=None, answers=()):
    begun = first_draft("湧水のみち", "見回る", parties, "残す")
    tasks = tuple(Task(f"こと{place}", parties, who) for place, who in enumerate(answers))
    tasks += (Task("出しあう", parties, None, "", tuple(brings)),) if brings else ()
    return replace(begun, roles=tasks, shares=begun.shares if shares is None else shares)


def measured(load, text):
    return next(measure for measure in carrying(text) if measure.load is load)


def amounts(load, text):
    return [part.amount for part in measured(load, text).parts]


@given(st.lists(st.integers(0, 10**12), min_size=1, max_size=30))
def test_percents_add_up_and_lie_within_one_of_the_truth(numbers):
    shared = percents(numbers)
    assert sum(shared) == (100 if any(numbers) else 0)
    for number, percent in zip(numbers, shared, strict=True):
        assert abs(percent * sum(numbers) - number * 100) <= sum(numbers)
        assert percent == 0 or number > 0


@given(st.lists(st.integers(0, 1000), min_size=2, max_size=9))
def test_who_carries_more_is_never_shown_with_less(numbers):
    shared = percents(numbers)
    assert [percent for _number, percent in sorted(zip(numbers, shared, strict=True))] == sorted(shared)


def test_a_third_each_is_rounded_to_a_hundred():
    assert percents([1, 1, 1]) == (34, 33, 33)
    assert percents([0, 0]) == (0, 0)
    assert percents([5]) == (100,)


def test_hours_are_summed_over_all_tasks_and_not_stated_is_not_zero():
    brings = (Bring(1, "people", hours=20), Bring(1, "people", hours=4), Bring(2, "people", hours=0))
    text = terms(brings=(*brings, Bring(3, "place", "集会室")))
    assert amounts(Load.HOURS, text) == [24, 0, None]
    assert not measured(Load.HOURS, text).complete
    assert in_words(measured(Load.HOURS, text), NAMES).startswith("書かれた分だけで見ています。")
    [shown] = [one for one in gauge(text, NAMES) if one.label == Load.HOURS.label]
    assert [(bar.amount, bar.percent) for bar in shown.bars] == [("24時間", 100), ("0時間", 0), ("", 0)]


def test_money_is_the_share_and_a_thing_paid_for_is_not_counted_twice():
    brings = (Bring(2, "goods", "水位計", yen=96_000),)
    text = terms(brings=brings, shares=(Share(1, 24_000), Share(2, 96_000)))
    assert amounts(Load.MONEY, text) == [24_000, 96_000, None]
    assert amounts(Load.VALUE, text) == [None, 96_000, None]
    assert measured(Load.MONEY, text).total == text.total


def test_a_task_counts_for_the_party_that_answers_for_it():
    assert amounts(Load.TASKS, terms(answers=(1, 1, 2, None))) == [2, 1, 0]
    assert amounts(Load.TASKS, terms()) == [None, None, None]


def test_nothing_stated_is_said_and_an_empty_measure_of_value_is_left_out():
    shown = {one.label: one.sentence for one in gauge(terms(shares=()), NAMES)}
    assert shown == {
        Load.HOURS.label: "まだ書いていません。",
        Load.MONEY.label: "まだ書いていません。",
        Load.TASKS.label: "まだ書いていません。",
    }


def test_only_zeros_share_nothing():
    money = measured(Load.MONEY, terms())
    assert [part.percent for part in money.parts] == [0, 0, 0]
    assert in_words(money, NAMES) == "書かれた数は、どれも0です。"


@pytest.mark.parametrize(
    ("yen", "sentence"),
    [
        ((90_000, 0, 0), "すべて、主体1がうけもちます。"),
        ((80_000, 10_000, 10_000), "主体1が、80%をうけもちます。"),
        ((10_000, 10_000, 80_000), "主体3が、80%をうけもちます。"),
        ((50_000, 25_000, 25_000), "分けあっています。どの主体も、半分までです。"),
        ((10_000, 10_000, 10_000), "分けあっています。どの主体も、半分までです。"),
    ],
)
def test_the_words_only_tell_who_carries_most(yen, sentence):
    shares = tuple(Share(party, amount) for party, amount in zip((1, 2, 3), yen, strict=True))
    assert in_words(measured(Load.MONEY, terms(shares=shares)), NAMES) == sentence


def test_thirty_parties_have_a_bar_each():
    parties = tuple(range(1, 31))
    shown = gauge(terms(parties, answers=parties), NAMES)
    assert all([bar.name for bar in one.bars] == [NAMES[party] for party in parties] for one in shown)
    assert [sum(bar.percent for bar in one.bars) for one in shown] == [0, 0, 100]
