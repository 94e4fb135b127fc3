"""What is typed as time, what an entry's lines add up to, when it counts, and what may be told of ages."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wanowa.collaborations.rules import Load, Terms
from wanowa.collaborations.rules.terms import Bring, Share, Task
from wanowa.contributions.rules import (
    ENDS,
    LIFECYCLE,
    WAYS,
    Gift,
    Move,
    Status,
    Way,
    asked,
    balances,
    carried,
    digest,
    hours,
    in_words,
    lines,
    minutes_of,
    spread,
    standing,
    together,
)
from wanowa.contributions.tests import factories as make
from wanowa.guideline.rules import Resource
from wanowa.kernel.errors import Invalid


@pytest.mark.parametrize(
    ("text", "minutes"),
    [
        ("2", 120),
        ("２時間", 120),
        ("1.5", 90),
        ("0.25時間", 15),
        ("2時間半", 150),
        ("1時間30分", 90),
        ("45分", 45),
        ("1:30", 90),
        ("２４", 1440),
    ],
)
def test_time_is_read_as_people_type_it(text, minutes):
    assert minutes_of(text) == minutes


@pytest.mark.parametrize("text", ["", "ふたつ", "0", "25", "-2", "1.333", "1.5半", "2時間x", "9999分"])
def test_what_is_no_time_is_refused_in_words(text):
    with pytest.raises(Invalid):
        minutes_of(text)


@given(st.integers(1, 1440))
def test_what_is_shown_as_time_can_be_typed_again(minutes):
    assert minutes_of(hours(minutes)) == minutes


def gifts():
    party = st.integers(1, 4)
    ends = st.tuples(party, party).filter(lambda pair: pair[0] != pair[1])
    ways = st.sampled_from([(one, way) for one, found in WAYS.items() for way in found])

    def gift(given):
        (resource, way), (first, second), amount = given
        giver, taker = (
            party if end == "party" else None for party, end in zip((first, second), ENDS[way], strict=True)
        )
        return Gift(way, resource, amount, make.DAY, giver, taker)

    return st.tuples(ways, ends, st.integers(1, 10**9)).map(gift)


@given(st.lists(gifts(), max_size=20))
def test_a_ledger_always_balances_and_an_undoing_undoes(entries):
    booked = [(gift.resource, "", lines(gift)) for gift in entries]
    sums = balances(booked)
    for resource in Resource:
        assert sum(value for account, value in sums.items() if account[2] == resource) == 0
    undone = [(gift.resource, "", lines(gift, reversing=True)) for gift in entries]
    assert set(balances(booked + undone).values()) <= {0}


@given(gifts(), st.sets(st.integers(1, 6), min_size=2), st.integers(1, 6))
def test_whoever_is_named_is_asked_and_the_writer_never(gift, seated, by):
    others, everybody = asked(gift, by, seated | gift.parties)
    assert by not in others
    assert gift.parties - {by} <= others
    assert everybody == bool(gift.parties - {by})


SAID = st.lists(st.tuples(st.integers(1, 5), st.booleans()), max_size=8)


@given(st.sets(st.integers(1, 4), min_size=1), SAID, st.booleans())
def test_one_no_keeps_an_entry_apart_and_nothing_counts_without_a_yes_that_was_asked_for(
    parties, said, everybody
):
    last = dict(said)
    status = standing(parties, said, everybody=everybody)
    if False in last.values():
        assert status == Status.DISPUTED
    elif status == Status.CONFIRMED:
        assert parties <= last.keys() if everybody else parties & last.keys()
    else:
        assert status == Status.WAITING


def test_what_is_settled_moves_no_more():
    assert LIFECYCLE.allowed(Status.CONFIRMED) == LIFECYCLE.allowed(Status.WITHDRAWN) == ()
    assert LIFECYCLE.after(Status.DISPUTED, Move.CONFIRM) == Status.CONFIRMED


def test_every_part_of_an_entry_changes_its_fingerprint():
    def print_of(gift, receipt="", reverses=None, everybody=True, others=(2,)):
        return digest(gift, others, everybody=everybody, reverses=reverses, receipt=receipt)

    gift = make.hours(1)
    found = {
        print_of(gift),
        print_of(make.hours(1, 121)),
        print_of(make.hours(2)),
        print_of(make.hours(1, task="見回り")),
        print_of(make.hours(1, ages=(1, 0, 0, 0))),
        print_of(gift, receipt="0" * 64),
        print_of(gift, reverses=3),
        print_of(gift, everybody=False),
        print_of(gift, others=(3,)),
    }
    assert len(found) == 9


def test_few_people_are_never_told_and_nobody_is_worked_out_from_the_rest():
    assert spread((1, 1, 1, 1)) == ()
    assert [share.least for share in spread((12, 4, 0, 5))] == [10, None, 0, 5]
    assert together([(1, 2, 3, 4), (), (1, 0, 0, 0)]) == (2, 2, 3, 4)
    assert together([]) == (0, 0, 0, 0)


@given(st.lists(st.integers(0, 40), min_size=4, max_size=4), st.integers(0, 3))
def test_one_more_person_moves_what_is_told_only_at_a_five(counts, place):
    more = [count + (at == place) for at, count in enumerate(counts)]
    before, after = spread(counts), spread(more)
    if before and after and more[place] % 5 and counts[place]:
        assert before == after


def terms():
    brings = (Bring(1, "people", "", 10), Bring(2, "people", "", 30))
    return Terms(parties=(1, 2), roles=(Task("", (1,), 1, "", brings),), shares=(Share(1, 0), Share(2, 500)))


def test_agreed_and_real_stand_side_by_side():
    first, second = carried(Load.HOURS, terms(), {1: 540, 2: 60})
    assert (first.agreed, first.real, first.agreed_percent, first.real_percent) == (600, 540, 25, 90)
    assert (second.agreed, second.real, second.agreed_percent, second.real_percent) == (1800, 60, 75, 10)
    gone = carried(Load.MONEY, terms(), {2: 300, 9: 100, 1: -300})
    assert [(row.party, row.agreed, row.real, row.real_percent) for row in gone] == [
        (1, 0, -300, 0),
        (2, 500, 300, 75),
        (9, None, 100, 25),
    ]


def test_the_words_only_tell():
    names = {1: "湧水の会", 2: "環境課"}
    assert in_words(carried(Load.HOURS, terms(), {}), names) == "確かめた記録は、まだありません。"
    assert "すべて環境課" in in_words(carried(Load.HOURS, terms(), {2: 60}), names)
    assert "湧水の会が90%" in in_words(carried(Load.HOURS, terms(), {1: 540, 2: 60}), names)
    assert "分けあって" in in_words(carried(Load.HOURS, terms(), {1: 60, 2: 60}), names)
    assert Way.GAVE.label == "出した"
