"""The lifecycle, the meaning of consent, the clauses and their differences, without a database."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wanowa.collaborations.rules import (
    CHANGES_FROM,
    FIELDS,
    LIFECYCLE,
    Change,
    Clause,
    Move,
    Status,
    Terms,
    awaiting,
    clause_text,
    concerned,
    differences,
    fingerprint,
    first_draft,
    for_joining,
    for_leaving,
    mark,
    problems,
    steps,
    two_persons,
    with_clause,
)
from wanowa.collaborations.tests.factories import complete
from wanowa.guideline.rules import AREAS, Area
from wanowa.kernel.errors import Refused

NAMES = {1: "湧水を守る会", 2: "環境課", 3: "朝霞自治会"}
TERMS = complete(first_draft("湧水のみち", "見回る", [1, 2], "残す"))
TERMS_OF_OLD = complete(TERMS, posts={})


@pytest.mark.parametrize("status", [Status.ENDED, Status.WITHDRAWN])
def test_nothing_moves_a_collaboration_once_it_is_over(status):
    assert LIFECYCLE.allowed(status) == ()
    assert CHANGES_FROM[status] == ()


def test_nothing_becomes_active_without_being_offered():
    for status in (Status.IDEA, Status.TALKING):
        with pytest.raises(Refused):
            LIFECYCLE.after(status, Move.TAKE_EFFECT)


def test_every_status_but_giving_up_has_its_place_among_the_five_steps():
    for status in Status:
        current = [step for step in steps(status) if step["state"] == "current"]
        assert len(current) == (0 if status is Status.WITHDRAWN else 1)


def test_a_consent_covers_one_text_in_one_numbered_version():
    content = TERMS.content()
    one = fingerprint(1, 1, Change.START, [1, 2], "", content)
    others = {
        fingerprint(2, 1, Change.START, [1, 2], "", content),
        fingerprint(1, 2, Change.START, [1, 2], "", content),
        fingerprint(1, 1, Change.AMEND, [1, 2], "", content),
        fingerprint(1, 1, Change.START, [1, 2, 3], "", content),
        fingerprint(1, 1, Change.START, [1, 2], "理由", content),
        fingerprint(1, 1, Change.START, [1, 2], "", {**content, "purpose": "別の目的"}),
    }
    assert one not in others
    assert len(others) == 6
    assert awaiting({1, 2, 3}, [(1, one), (2, next(iter(others)))], one) == {2, 3}


def test_leavers_and_newcomers_are_both_asked():
    assert concerned([1, 3], [1, 2]) == {1, 2, 3}


def test_one_human_is_not_two_parties():
    assert two_persons([(1, 10), (2, 11)])
    assert not two_persons([(1, 10), (2, 10)])
    assert not two_persons([(1, 10)])


def test_complete_terms_have_no_problem():
    assert problems(TERMS) == []


@pytest.mark.parametrize(
    ("clause", "broken"),
    [
        (Clause.ROLES, {"roles": (TERMS.roles[0].__class__("見回り", (1,), None),)}),
        (Clause.ROLES, {"roles": (TERMS.roles[0].__class__("見回り", (9,), 1),)}),
        (Clause.ROLES, {"roles": ()}),
        (Clause.GOALS, {"goals": ()}),
        (Clause.GOALS, {"goals": (TERMS.goals[0].__class__("観察会", None, "回", "2027-03-31"),)}),
        (Clause.OUTCOMES, {"outcomes": ()}),
        (Clause.AIMS, {"aims": {1: "", 2: "ねらい"}}),
        (Clause.FORM, {"area": ""}),
        (Clause.FORM, {"form": "subsidy"}),
        (Clause.FORM, {"form": ""}),
        (Clause.OWNERSHIP, {"ownership": "city"}),
        (Clause.SCHEDULE, {"ends": "2025-03-31"}),
        (Clause.SCHEDULE, {"starts": ""}),
        (Clause.COST, {"shares": ()}),
        (Clause.PARTIES, {"parties": (1,)}),
        (Clause.PURPOSE, {"purpose": ""}),
        (Clause.SAFETY, {"safety": ""}),
        (Clause.CHANGES, {"changes": ""}),
    ],
)
def test_what_is_missing_is_named_in_its_clause(clause, broken):
    found = problems(complete(TERMS, **broken))
    assert clause in {problem.clause for problem in found}
    assert all(problem.sentence.endswith(("。", "。）")) for problem in found)


@pytest.mark.parametrize("area", list(Area))
def test_every_area_can_be_agreed_with_its_own_forms_only(area):
    facts = AREAS[area]
    forms = [str(form) for form in facts.forms] or [""]
    for form in (
        "",
        "committee",
        "accord",
        "joint_operation",
        "partnership_contract",
        "contract",
        "cooperation",
        "subsidy",
        "endorsement",
    ):
        terms = complete(TERMS, area=str(area), form=form, ownership=str(facts.ownership))
        assert (problems(terms) == []) == (form in forms)


def test_terms_survive_their_json_form():
    assert Terms.of(TERMS.content()).content() == TERMS.content()


def test_a_difference_names_only_the_clauses_that_moved():
    new = complete(TERMS, purpose="湧き水をこどもに残す。")
    moved = [difference.clause for difference in differences(TERMS, new, NAMES) if difference.changed]
    assert moved == [Clause.PURPOSE]


def test_a_first_version_is_all_new():
    pieces = [piece for difference in differences(None, TERMS, NAMES) for piece in difference.pieces]
    assert {operation for operation, _text in pieces} == {"insert"}


@given(st.text(max_size=60), st.text(max_size=60))
def test_the_pieces_of_a_difference_add_up_to_the_old_and_the_new_text(old, new):
    before, after = complete(TERMS, purpose=old), complete(TERMS, purpose=new)
    [difference] = [one for one in differences(before, after, NAMES) if one.clause is Clause.PURPOSE]
    kept = "".join(text for operation, text in difference.pieces if operation != "insert")
    got = "".join(text for operation, text in difference.pieces if operation != "delete")
    assert (kept, got) == (
        clause_text(before, Clause.PURPOSE, NAMES),
        clause_text(after, Clause.PURPOSE, NAMES),
    )


def test_every_clause_reads_in_japanese():
    for clause in Clause:
        assert clause_text(TERMS, clause, NAMES)


def test_a_newcomer_gets_an_aim_and_a_share_to_write():
    joined = for_joining(TERMS, 3)
    assert joined.parties == (1, 2, 3)
    assert joined.aims[3] == ""
    assert {share.party for share in joined.shares} == {1, 2, 3}
    assert Clause.AIMS in {problem.clause for problem in problems(joined)}


def test_the_tasks_of_a_leaver_need_somebody_else():
    left = for_leaving(for_joining(TERMS, 3), 1)
    assert left.roles[0].responsible is None
    assert 1 not in left.roles[0].doers
    assert Clause.ROLES in {problem.clause for problem in problems(left)}


def test_a_party_writes_only_its_own_aim():
    written = complete(TERMS, aims={1: "わたしの", 2: "書きかえ"})
    assert with_clause(TERMS, Clause.AIMS, written, 1).aims == {1: "わたしの", 2: TERMS.aims[2]}


def test_a_mark_moves_with_its_own_clause_only():
    other = complete(TERMS, purpose="べつの目的")
    moved = {clause for clause in FIELDS if mark(TERMS, clause) != mark(other, clause)}
    assert moved == {Clause.PURPOSE}


def test_posts_belong_to_the_clause_of_the_form_and_read_in_it():
    held = complete(TERMS, posts={"first": 1, "second": 2, "contact": 1})
    text = clause_text(held, Clause.FORM, NAMES)
    assert "協定する主体（甲）：湧水を守る会" in text
    assert "協定する主体（乙）：環境課" in text
    assert {clause for clause in FIELDS if mark(held, clause) != mark(TERMS_OF_OLD, clause)} == {Clause.FORM}


def test_a_text_from_before_there_were_posts_keeps_its_form():
    assert "posts" not in TERMS_OF_OLD.content()
    assert Terms.of(TERMS_OF_OLD.content()).posts == {}
    held = complete(TERMS, posts={"contact": 2})
    assert Terms.of(held.content()).posts == {"contact": 2}


def test_the_posts_of_a_leaver_are_held_by_nobody():
    held = complete(TERMS, posts={"first": 1, "second": 2, "contact": 1})
    assert for_leaving(held, 1).posts == {"second": 2}
    assert for_joining(held, 3).posts == held.posts


def test_what_is_stated_as_zero_is_told_apart_from_what_is_not_stated():
    [task] = TERMS.roles
    for hours, told in ((0, "見回る人　0時間"), (None, "見回る人")):
        bring = task.brings[0].__class__(1, "people", "見回る人", hours)
        sheet = clause_text(complete(TERMS, roles=(replace(task, brings=(bring,)),)), Clause.ROLES, NAMES)
        assert sheet.endswith(told)
