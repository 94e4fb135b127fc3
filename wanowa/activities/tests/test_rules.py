"""Who may do what where, before any table: areas, roles, statuses, sides, answers, words."""

from datetime import date

import pytest

from wanowa.activities.rules import (
    LIFECYCLE,
    MOVES,
    QUESTIONS,
    SUGGESTION,
    Move,
    Question,
    Reply,
    Stand,
    Status,
    SuggestionMove,
    SuggestionStatus,
    area_of,
    awaited,
    keeps_open,
    roles_for,
    stand_of,
    unanswered,
    who_answers,
)
from wanowa.activities.tests.factories import DONE, NOT_DONE, words
from wanowa.guideline.rules import Area, Kind
from wanowa.kernel.errors import Invalid, Refused
from wanowa.parties.rules import SPEAKS, WRITES, Role

TABLE = """
area stand        edit  watch  unwatch  suggest  answer  end
A    owner        W     -      -        W        -       S
A    department   -     W      W        W        -       -
A    elsewhere    -     -      -        -        -       -
E    owner        W     -      -        -        W       S
E    department   -     -      -        -        -       -
E    elsewhere    -     -      -        -        -       -
"""
ROLES = {"W": WRITES, "S": SPEAKS, "-": frozenset()}


def rows():
    head, *lines = (line.split() for line in TABLE.strip().splitlines())
    for area, stand, *cells in lines:
        for move, cell in zip(head[2:], cells, strict=True):
            yield Area(area), Stand(stand), Move(move), ROLES[cell]


@pytest.mark.parametrize(("area", "stand", "move", "roles"), list(rows()))
def test_who_may_do_what_is_as_the_table_says(area, stand, move, roles):
    assert roles_for(area, stand, move) == roles


def test_the_table_speaks_of_every_move():
    assert {move for _area, _stand, move, _roles in rows()} == set(Move)


def test_a_viewer_may_do_nothing_anywhere():
    assert not any(
        Role.VIEWER in roles_for(area, stand, move) for area in MOVES for stand in Stand for move in Move
    )


@pytest.mark.parametrize("kind", Kind)
def test_only_the_city_acts_in_area_e_and_everybody_else_alike_in_area_a(kind):
    assert area_of(kind) is (Area.E if kind is Kind.CITY else Area.A)
    assert stand_of(1, kind, owner=1) is Stand.OWNER
    assert stand_of(1, kind, owner=2) is (Stand.DEPARTMENT if kind is Kind.CITY else Stand.ELSEWHERE)


def test_an_ended_activity_can_still_be_unwatched_and_its_answers_corrected():
    assert LIFECYCLE.allowed(Status.ENDED) == (Move.UNWATCH, Move.ANSWER)
    for move in set(Move) - {Move.UNWATCH, Move.ANSWER}:
        with pytest.raises(Refused):
            LIFECYCLE.after(Status.ENDED, move)


@pytest.mark.parametrize("status", [one for one in SuggestionStatus if one is not SuggestionStatus.WAITING])
@pytest.mark.parametrize("move", SuggestionMove)
def test_a_settled_suggestion_moves_no_more(status, move):
    with pytest.raises(Refused):
        SUGGESTION.after(status, move)


@pytest.mark.parametrize(
    ("agreed", "left"), [((), {1, 2}), ((1,), {2}), ((2,), {1}), ((1, 2), set()), ((3,), {1, 2})]
)
def test_talks_wait_for_both_sides_and_for_nobody_else(agreed, left):
    assert awaited(1, 2, agreed) == left


def test_the_city_answers_at_a_table_and_everybody_where_it_has_no_seat():
    assert who_answers({1: Kind.CITIZEN, 2: Kind.CITY, 3: Kind.CITY}) == {2, 3}
    assert who_answers({1: Kind.CITIZEN, 4: Kind.COMPANY}) == {1, 4}


def test_every_question_says_what_is_asked_and_where_it_comes_from():
    assert list(QUESTIONS) == list(Question)
    assert all(facts.sentence and facts.hint and "指針" in str(facts.clause) for facts in QUESTIONS.values())


@pytest.mark.parametrize("missing", Question)
def test_one_open_question_keeps_an_activity_open_and_is_named(missing):
    answered = {question.value for question in Question if question is not missing}
    assert unanswered(answered) == [missing]
    assert str(missing.label) in str(keeps_open(answered))


def test_with_every_question_answered_nothing_keeps_it_open():
    assert keeps_open(set(Question.values)) is None


@pytest.mark.parametrize(
    "reply",
    [
        Reply(done=True),
        Reply(done=True, where="市のページ"),
        Reply(done=True, on=date(2026, 9, 1)),
        Reply(done=True, where=" ", on=date(2026, 9, 1)),
        Reply(done=True, where="市のページ", on=date(1600, 1, 1)),
        Reply(done=False),
        Reply(done=False, reason="\n"),
    ],
)
def test_a_yes_says_where_and_when_and_a_no_says_why(reply):
    with pytest.raises(Invalid):
        reply.check()


def test_whole_answers_pass_and_differ_in_their_fingerprints():
    DONE.check()
    NOT_DONE.check()
    assert len({DONE.digest(), NOT_DONE.digest(), Reply(True, DONE.where, date(2026, 9, 2)).digest()}) == 3


@pytest.mark.parametrize(
    ("changed", "area"),
    [
        ({"title": " "}, Area.A),
        ({"title": "👨‍👩‍👧‍👦" * 60}, Area.A),
        ({"what": ""}, Area.A),
        ({"field": "magic"}, Area.A),
        ({"until": date(2026, 3, 31)}, Area.A),
        ({"until": None}, Area.E),
        ({"since": date(1600, 1, 1)}, Area.A),
        ({"until": date(9999, 1, 1)}, Area.A),
    ],
)
def test_words_that_are_wrong_are_refused(changed, area):
    words(until=date(2027, 3, 31)).check(area)
    with pytest.raises(Invalid):
        words(**{"until": date(2027, 3, 31)} | changed).check(area)


@pytest.mark.parametrize(
    ("name", "other"),
    [
        ("title", "夕方の体操"),
        ("what", "夕方にしています。"),
        ("field", "town"),
        ("since", date(2026, 4, 2)),
        ("until", date(2027, 1, 1)),
        ("for_whom", "子ども"),
        ("place", "白子"),
        ("how_to_join", "電話で"),
    ],
)
def test_every_word_counts_for_the_fingerprint(name, other):
    assert words(**{name: other}).digest() != words().digest()
