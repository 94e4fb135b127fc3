"""The navigator, whole: every set of answers there is, and every example of the guideline's tables."""

import re
import tomllib
from collections import Counter
from itertools import product
from pathlib import Path

import pytest

from wanowa.guideline.rules import AREAS, FORMS, KINDS, PRINCIPLES, Area, Form
from wanowa.guideline.rules.navigator import (
    QUESTIONS,
    STEPS,
    UNSURE,
    VOTES,
    advise,
    changes,
    left,
    next_question,
    read,
)

EVERY = [
    dict(zip(QUESTIONS, answers, strict=True))
    for answers in product(*([option.key for option in question.options] for question in QUESTIONS.values()))
]
CLAUSES = {"Ⅱ-1"} | {facts.clause for table in (AREAS, FORMS, KINDS, PRINCIPLES) for facts in table.values()}
GOLDEN = tomllib.loads((Path(__file__).parent / "golden" / "navigator.toml").read_text(encoding="utf-8"))[
    "case"
]
EXAMPLES = {
    ("Ⅱ-4", "1"): 3,
    ("Ⅱ-4", "2"): 6,
    ("Ⅱ-4", "3"): 1,
    ("Ⅱ-4", "4"): 1,
    ("Ⅱ-4", "5"): 1,
    ("Ⅱ-4", "area"): 6,
    ("Ⅱ-4", "results"): 3,
    ("Ⅱ-5", "committee"): 1,
    ("Ⅱ-5", "accord"): 2,
    ("Ⅱ-5", "joint operation"): 1,
    ("Ⅱ-5", "partnership contract"): 1,
    ("Ⅱ-5", "contract"): 2,
    ("Ⅱ-5", "cooperation"): 2,
    ("Ⅱ-5", "subsidy"): 1,
    ("Ⅱ-5", "endorsement"): 1,
}
"""How many examples each row of the guideline's two tables holds."""


def outcome(answers):
    advice = advise(answers)
    return advice.area, tuple((ranked.form, ranked.points) for ranked in advice.forms)


def order(answers):
    advice = advise(answers)
    return advice.area, tuple(ranked.form for ranked in advice.forms)


def walk(answers):
    """Return the answers that somebody is asked for who thinks as in `answers`."""
    given = {}
    while question := next_question(given):
        given[question.key] = answers[question.key]
    return given


# Every set of answers


def test_there_are_at_most_six_questions_and_not_knowing_is_always_possible():
    assert len(EVERY) == 5 * 6 * 4 * 3 * 4 * 4
    assert len(QUESTIONS) <= 6
    assert all(question.options[-1].key == UNSURE for question in QUESTIONS.values())


def test_no_answers_lead_to_a_dead_end():
    for answers in [{}, *EVERY]:
        advice = advise(answers)
        assert {ranked.form for ranked in advice.forms} == set(AREAS[advice.area].forms)
        assert advice.forms or STEPS[advice.area]
        assert advice.reasons


def test_every_area_and_every_form_can_be_the_answer():
    best = Counter((advice.area, advice.best) for advice in map(advise, EVERY))
    assert {area for area, _ in best} == set(Area)
    assert {forms[0] for _, forms in best if len(forms) == 1} == set(Form)


def test_a_form_that_comes_first_alone_has_a_reason_and_no_reason_is_without_a_clause():
    for advice in map(advise, EVERY):
        if len(advice.best) == 1:
            assert advice.forms[0].reasons
        told = [*advice.reasons, *advice.doubts]
        told += [vote for ranked in advice.forms for vote in (*ranked.reasons, *ranked.doubts)]
        assert {vote.clause for vote in told} <= CLAUSES


def test_every_answer_that_spoke_is_among_the_reasons_and_no_other():
    for answers in EVERY:
        advice = advise(answers)
        told = [*advice.reasons, *advice.doubts]
        told += [vote for ranked in advice.forms for vote in (*ranked.reasons, *ranked.doubts)]
        spoke = {(vote.question, vote.answer) for vote in told if vote.question}
        assert spoke <= set(answers.items())
        could = {
            (vote.question, vote.answer)
            for vote in VOTES
            if vote.word == advice.area or vote.word in AREAS[advice.area].forms
        }
        assert spoke >= could & set(answers.items())


def test_most_points_come_first_equal_ones_in_the_order_of_the_guideline():
    for answers in EVERY:
        advice = advise(answers)
        places = [(-ranked.points, AREAS[advice.area].forms.index(ranked.form)) for ranked in advice.forms]
        assert places == sorted(places)
        assert [ranked.points for ranked in advice.forms] == [
            sum(vote.points for vote in (*ranked.reasons, *ranked.doubts)) for ranked in advice.forms
        ]


def test_the_order_of_the_answers_does_not_matter():
    for answers in EVERY[::7]:
        assert outcome(dict(reversed(answers.items()))) == outcome(answers)


def test_who_leads_decides_the_area_unless_nothing_is_wanted_of_the_city():
    led = {"citizens": Area.B, "both": Area.C, "city": Area.D, "authority": Area.E}
    for answers in EVERY:
        if answers["lead"] in led:
            alone = answers["lead"] == "citizens" and answers["bring"] == "nothing"
            assert advise(answers).area == (Area.A if alone else led[answers["lead"]])


def test_a_missing_answer_counts_like_not_knowing():
    for answers in EVERY[::5]:
        known = {key: answer for key, answer in answers.items() if answer != UNSURE}
        assert outcome(known) == outcome(answers)


# Which questions are asked


def test_a_question_that_is_left_out_could_not_have_changed_anything():
    for answers in EVERY:
        assert order(walk(answers)) == order(answers)


def test_a_question_that_is_asked_can_change_something():
    asked = {}
    for answers in EVERY:
        given = {}
        while question := next_question(given):
            asked.setdefault(tuple(given.items()), question)
            given[question.key] = answers[question.key]
    for given, question in asked.items():
        known = dict(given)
        rest = [answers for answers in EVERY if known.items() <= answers.items()]
        results = {}
        for answers in rest:
            others = tuple(answer for key, answer in answers.items() if key != question.key)
            results.setdefault(others, set()).add(order(answers))
        assert any(len(found) > 1 for found in results.values()), (given, question.key)


def test_the_number_of_questions_left_is_never_too_low():
    for answers in EVERY[::3]:
        given, path = {}, walk(answers)
        for place, key in enumerate(path):
            assert left(given) >= len(path) - place
            given[key] = answers[key]
        assert left(given) == 0


@pytest.mark.parametrize(
    ("given", "asked"),
    [
        ({"lead": "authority"}, 0),
        ({"lead": "citizens", "bring": "nothing"}, 0),
        ({"lead": "citizens", "bring": "money"}, 1),
        ({"lead": "city"}, 1),
        ({"lead": "unsure"}, 5),
    ],
)
def test_an_answer_that_decides_shortens_the_way(given, asked):
    assert left(given) == asked


# What would change the answer


def test_what_is_said_to_change_the_answer_does_and_nothing_else_does():
    places = {tuple(answers.values()): (advise(answers).area, advise(answers).best) for answers in EVERY}
    for answers in EVERY:
        now = places[tuple(answers.values())]
        true = []
        for key, question in QUESTIONS.items():
            for option in question.options[:-1]:
                then = places[tuple((answers | {key: option.key}).values())]
                true += [(key, option.key, *then)] if then != now else []
        told = [(change.question, change.answer, change.area, change.forms) for change in changes(answers)]
        assert told == true
        assert told


# The examples of the guideline


@pytest.mark.parametrize("case", GOLDEN, ids=lambda case: f"{case['from']} {case['example']}")
def test_an_example_of_the_guideline_gets_its_area_and_its_form(case):
    answers, unread = read({key: [answer] for key, answer in case["answers"].items()})
    assert unread == ()
    advice = advise(answers)
    assert advice.area == case["area"]
    if "form" in case:
        assert advice.best == (Form(case["form"]),)
    else:
        assert advice.area in {Area.A, Area.E} or case["example"].startswith("results")


def test_every_example_of_the_two_tables_is_among_the_cases():
    rows = Counter(
        (case["from"], re.match(r"\d|area|results|[a-z ]+(?=:)", case["example"]).group()) for case in GOLDEN
    )
    assert rows == EXAMPLES
    assert len({case["story"] for case in GOLDEN}) == len(GOLDEN)
    assert {case["form"] for case in GOLDEN if case["from"] == "Ⅱ-5"} == set(Form.values)
    assert {case["area"] for case in GOLDEN if re.match(r"\d", case["example"])} == {"B", "C", "D"}


# Words


def test_the_keys_are_for_ever():
    assert {key: [option.key for option in question.options] for key, question in QUESTIONS.items()} == {
        "lead": ["citizens", "both", "city", "authority", "unsure"],
        "bring": ["nothing", "name", "goods", "share", "money", "unsure"],
        "what": ["event", "activity", "place", "unsure"],
        "who": ["residents", "company", "unsure"],
        "plan": ["ours", "together", "city", "unsure"],
        "result": ["ours", "both", "city", "unsure"],
    }


def _sentences():
    for question in QUESTIONS.values():
        yield from (question.text, question.hint, *(option.hint for option in question.options))
    yield from (vote.sentence for vote in VOTES)
    yield from (step.sentence for steps in STEPS.values() for step in steps)


@pytest.mark.parametrize("text", sorted({str(text) for text in _sentences() if text}))
def test_a_sentence_is_short_and_plain(text):
    for sentence in text.removesuffix("。").split("。"):
        assert len(sentence) <= 40
    assert not re.search(r"[A-Za-z]{2,}", text.replace("NPO", ""))
    assert not re.search(r"なければなりません|ないことはありません|しないわけ", text)


def test_a_vote_points_somewhere_and_is_told_once():
    assert all(vote.points for vote in VOTES)
    assert all(QUESTIONS[vote.question].option(vote.answer).key != UNSURE for vote in VOTES)
    assert [
        pair
        for pair, times in Counter((v.question, v.answer, v.word, v.clause) for v in VOTES).items()
        if times > 1
    ] == []


# Addresses


@pytest.mark.parametrize(
    ("query", "answers", "unread"),
    [
        ({}, {}, ()),
        ({"bring": ["money"], "lead": ["city"]}, {"lead": "city", "bring": "money"}, ()),
        ({"lead": ["king"], "bring": ["money"]}, {"bring": "money"}, ("lead",)),
        ({"lead": ["city", "both"]}, {}, ("lead",)),
        ({"lead": [""]}, {}, ("lead",)),
        ({"LEAD": ["city"], "utm": ["x"]}, {}, ("LEAD", "utm")),
    ],
)
def test_an_address_is_read_as_far_as_it_can_be(query, answers, unread):
    found, strange = read(query)
    assert (list(found.items()), strange) == (list(answers.items()), unread)
