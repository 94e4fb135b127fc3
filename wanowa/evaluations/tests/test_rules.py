"""The rules of looking back: what is asked, what counts as an answer, when envelopes open."""

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wanowa.collaborations.rules import Goal, Outcome, Terms
from wanowa.collaborations.rules import Status as CollaborationStatus
from wanowa.evaluations.rules import (
    LIFECYCLE,
    Answer,
    Move,
    Occasion,
    Question,
    Sketch,
    Status,
    View,
    all_agree,
    answers_in,
    check,
    check_dates,
    commitment,
    in_view,
    may_reveal,
    occasions,
    questions,
    sealed_text,
)
from wanowa.guideline.queries import pack
from wanowa.guideline.rules import Each
from wanowa.kernel.errors import Invalid, Refused

TERMS = Terms(
    parties=(3, 8),
    goals=(Goal("観察会", 6, "回", "2027-03-31"), Goal("清掃", None, "", "")),
    outcomes=(Outcome("こども", "湧き水を案内できる", "聞き取り"),),
)
TODAY = date(2026, 11, 25)


def test_each_goal_outcome_and_party_is_asked_about_once():
    asked = questions(pack().yardstick, TERMS, [8, 3])
    keys = [question.key for question in asked]
    assert len(set(keys)) == len(keys)
    assert keys[:3] == ["goal.1", "goal.2", "outcome.1"]
    assert [question.party for question in asked if question.key.startswith("merit.")] == [3, 8]
    assert (asked[0].about, asked[0].aim, asked[0].due) == ("観察会", "6回", "2027-03-31")
    assert {len(question.words) for question in asked} == {5}


def test_the_two_evaluations_of_the_guideline_are_kept_apart():
    asked = questions(pack().yardstick, TERMS, TERMS.parties)
    project, partnership = (in_view(asked, view) for view in View)
    assert [*project, *partnership] == list(asked)
    groups = {question.group for question in partnership}
    assert groups == {"話し合いの積み重ね", "広がり", "協働の成果", "協働の原則"}
    assert len([question for question in partnership if question.group == "協働の原則"]) == 6


def test_a_question_reads_back_as_it_was_written():
    for question in questions(pack().yardstick, TERMS, TERMS.parties):
        assert Question.of(question.content()) == question


def test_a_city_without_criteria_per_goal_asks_none():
    yardstick = pack().yardstick
    fewer = replace(yardstick, criteria=[one for one in yardstick.criteria if one.each != Each.GOAL])
    assert not [one for one in questions(fewer, TERMS, (3,)) if one.criterion == "goal"]


@pytest.mark.parametrize(
    ("choice", "words", "answer"),
    [
        ("", "書きかけ", None),
        ("unknown", "  ", None),
        ("unknown", "見ていない", Answer(None, "見ていない")),
        ("1", "", Answer(1, "")),
        ("5", "よい", Answer(5, "よい")),
    ],
)
def test_an_answer_needs_a_choice_and_not_knowing_needs_a_reason(choice, words, answer):
    assert Sketch(choice, words).answer == answer


@pytest.mark.parametrize("choice", ["0", "6", "-1", "１", "1 ", "x", "None"])
def test_a_choice_off_the_scale_is_refused(choice):
    with pytest.raises(Invalid):
        check(Sketch(choice))


def test_too_many_words_are_refused():
    check(Sketch("1", "あ" * 1000))
    with pytest.raises(Invalid):
        check(Sketch("1", "あ" * 1001))


@given(
    st.dictionaries(
        st.sampled_from(["goal.1", "equality", "merit.3"]),
        st.builds(Answer, st.none() | st.integers(1, 5), st.text(st.characters(codec="utf-8"))),
    )
)
def test_a_sealed_text_reads_back_as_it_was_written(answers):
    text = sealed_text(2, 7, answers)
    assert answers_in(text) == answers
    assert sealed_text(2, 7, dict(reversed(answers.items()))) == text


def test_a_commitment_covers_case_round_party_salt_and_every_byte():
    whole = ("collaborations.collaboration/1", 2, 7, b"s" * 32, "text")
    others = [
        ("collaborations.collaboration/2", 2, 7, b"s" * 32, "text"),
        ("collaborations.collaboration/1", 3, 7, b"s" * 32, "text"),
        ("collaborations.collaboration/1", 2, 8, b"s" * 32, "text"),
        ("collaborations.collaboration/1", 2, 7, b"t" * 32, "text"),
        ("collaborations.collaboration/1", 2, 7, b"s" * 32, "texT"),
    ]
    assert len({commitment(*one) for one in (whole, *others)}) == 6


@pytest.mark.parametrize(
    ("status", "continued", "expected"),
    [
        ("idea", True, ()),
        ("offered", False, ()),
        ("active", False, (Occasion.MIDTERM, Occasion.END)),
        ("active", True, (Occasion.MIDTERM, Occasion.YEARLY, Occasion.END)),
        ("suspended", False, (Occasion.MIDTERM, Occasion.END)),
        ("ended", True, (Occasion.END,)),
        ("withdrawn", True, ()),
    ],
)
def test_when_a_collaboration_may_look_back(status, continued, expected):
    assert occasions(CollaborationStatus(status), continued=continued) == expected


def test_a_round_has_one_way_to_go():
    for status in Status:
        assert LIFECYCLE.allowed(status) == {
            Status.PROPOSED: (Move.AGREE, Move.CLOSE),
            Status.OPEN: (Move.REVEAL,),
            Status.REVEALED: (Move.PUBLISH,),
        }.get(status, ())
    with pytest.raises(Refused):
        LIFECYCLE.after(Status.OPEN, Move.CLOSE)


@pytest.mark.parametrize(
    ("since", "until", "deadline", "fine"),
    [
        (date(2026, 4, 1), TODAY, date(2026, 12, 2), True),
        (date(2026, 4, 1), TODAY, date(2026, 12, 1), False),
        (date(2026, 4, 1), TODAY, date(2027, 5, 24), True),
        (date(2026, 4, 1), TODAY, date(2027, 5, 25), False),
        (date(2026, 12, 1), TODAY, date(2026, 12, 20), False),
        (date(2026, 4, 1), date(2026, 12, 21), date(2026, 12, 20), False),
    ],
)
def test_nobody_is_hurried_and_no_round_stays_open_for_ever(since, until, deadline, fine):
    if fine:
        check_dates(since, until, deadline, TODAY)
        return
    with pytest.raises(Invalid):
        check_dates(since, until, deadline, TODAY)


def test_envelopes_open_when_all_have_sealed_or_the_last_day_is_over():
    last = date(2026, 12, 10)
    assert may_reveal([1, 2], [2, 1], last, TODAY)
    assert not may_reveal([1, 2], [1], last, last)
    assert may_reveal([1, 2], [], last, date(2026, 12, 11))


def test_all_agree_only_when_every_party_does_and_each_by_a_person_of_its_own():
    assert all_agree([1, 2], [(1, 10), (2, 20)])
    assert not all_agree([1, 2], [(1, 10)])
    assert not all_agree([1, 2], [(1, 10), (2, 10)])
