"""The rules of the desk: every status and move, the clock in business days, the pack, the words, the prints."""

import doctest
from datetime import date

import pytest

from wanowa.consultations.rules import (
    LIFECYCLE,
    Channel,
    Move,
    Status,
    Told,
    clock,
    due_after,
    follow_up_on,
    is_overdue,
    late_by,
    likeness,
    practice_of,
    prints,
)
from wanowa.consultations.rules import alike as of_prints
from wanowa.guideline.rules.packs import PackError
from wanowa.kernel.calendar import YEAR_END
from wanowa.kernel.errors import Invalid, Refused

DEPARTMENTS = frozenset({"parks", "environment"})
ALLOWED = {
    Status.RECEIVED: {
        Move.ANSWER: "under_way",
        Move.PASS: "received",
        Move.LEAD_ON: "received",
        Move.CLOSE: "closed",
    },
    Status.UNDER_WAY: {
        Move.ANSWER: "under_way",
        Move.PLAN: "under_way",
        Move.PASS: "under_way",
        Move.LEAD_ON: "under_way",
        Move.CLOSE: "closed",
    },
    Status.CLOSED: {Move.REOPEN: "under_way"},
}


@pytest.mark.parametrize("status", Status)
@pytest.mark.parametrize("move", Move)
def test_every_move_from_every_status_leads_where_the_table_says(status, move):
    if move in ALLOWED[status]:
        assert LIFECYCLE.after(status, move) == ALLOWED[status][move]
    else:
        with pytest.raises(Refused, match="できません"):
            LIFECYCLE.after(status, move)


def test_the_first_answer_is_due_after_business_days_over_the_turn_of_the_year():
    assert due_after(date(2026, 12, 25), 3, closing=YEAR_END) == date(2027, 1, 5)
    assert due_after(date(2026, 11, 20), 3, closing=YEAR_END) == date(2026, 11, 26)


def test_the_due_day_itself_is_in_time():
    assert not is_overdue(date(2026, 11, 26), date(2026, 11, 26))
    assert is_overdue(date(2026, 11, 26), date(2026, 11, 27))
    assert not is_overdue(None, date(2026, 11, 27))
    assert late_by(date(2026, 11, 27), date(2026, 11, 30), closing=YEAR_END) == 1
    assert late_by(date(2026, 11, 27), date(2026, 11, 27), closing=YEAR_END) == 0


def test_the_follow_up_is_four_weeks_after_the_end():
    assert follow_up_on(date(2026, 11, 26), 4) == date(2026, 12, 24)


@pytest.mark.parametrize("module", [clock, of_prints], ids=lambda module: module.__name__)
def test_the_examples_in_the_docstrings_are_true(module):
    assert doctest.testmod(module).failed == 0


def test_a_department_knows_a_worry_from_its_day_on_and_the_earlier_one_stays_readable():
    route = [
        {"department": "environment", "since": date(2013, 4, 1)},
        {"department": "parks", "since": date(2024, 4, 1)},
    ]
    found = practice_of({"category": [{"key": "green", "label": "みどり", "route": route}]}, DEPARTMENTS)
    green = found.category("green")
    days = (date(2012, 1, 1), date(2024, 3, 31), date(2024, 4, 1))
    assert [green.department_on(day) for day in days] == ["", "environment", "parks"]
    assert found.first_answer == 3


@pytest.mark.parametrize(
    "table",
    [
        {"surprise": 1},
        {"first_answer": 0},
        {"first_answer": "3"},
        {"category": [{"key": "a"}]},
        {"category": [{"key": "a", "label": "あ"}, {"key": "a", "label": "い"}]},
        {
            "category": [
                {"key": "a", "label": "あ", "route": [{"department": "x", "since": date(2020, 1, 1)}]}
            ]
        },
        {
            "category": [
                {"key": "a", "label": "あ", "route": [{"department": "parks", "since": "2020-01-01"}]}
            ]
        },
        {
            "category": [
                {
                    "key": "a",
                    "label": "あ",
                    "route": [
                        {"department": "parks", "since": date(2024, 1, 1)},
                        {"department": "parks", "since": date(2020, 1, 1)},
                    ],
                }
            ]
        },
    ],
)
def test_a_pack_that_cannot_be_says_what_to_write(table):
    with pytest.raises(PackError, match=r"consultations\.toml"):
        practice_of(table, DEPARTMENTS)


@pytest.mark.parametrize(
    "changed",
    [{"text": " "}, {"text": "あ" * 2001}, {"name": "あ" * 61}, {"language": "tlh"}, {"category": "unknown"}],
)
def test_what_cannot_be_taken_in_gets_a_sentence(changed):
    with pytest.raises(Invalid):
        Told(**({"text": "困っています"} | changed)).check(
            frozenset({"green"}), channel=Channel.WEB, consented=False
        )


def test_nobody_writes_down_a_caller_without_consent():
    told = Told("困っています")
    with pytest.raises(Invalid, match="本人に聞いて"):
        told.check(frozenset(), channel=Channel.PHONE, consented=False)
    told.check(frozenset(), channel=Channel.PHONE, consented=True)


def test_a_kind_of_worry_has_a_name_in_other_languages_and_the_citys_own_where_it_has_none():
    row = {"key": "green", "label": "みどり", "in": {"en": "Parks"}}
    green = practice_of({"category": [row]}, DEPARTMENTS).category("green")
    assert (green.named("en"), green.named("ja"), green.named("vi")) == ("Parks", "みどり", "みどり")
    for wrong in ("Parks", {"en": ""}, {"en": 1}):
        with pytest.raises(PackError, match="in は"):
            practice_of({"category": [row | {"in": wrong}]}, DEPARTMENTS)
        with pytest.raises(PackError, match="contact_in は"):
            practice_of({"contact_in": wrong}, DEPARTMENTS)


def test_prints_tell_what_is_alike_and_nothing_of_a_few_letters():
    def mark(pair):
        return hash(pair)

    one = prints("駅前の花壇の水やりに人が足りません", mark)
    same = prints("駅前の花壇の水やりの人が足りない", mark)
    other = prints("保育園の送り迎えを助けてほしいです", mark)
    assert likeness(one, same) > 0.35 > likeness(one, other)
    assert prints("はい", mark) == []
