"""What a form proposes is plain, complete, and never put over what somebody wrote (G-25)."""

import re
from dataclasses import replace

import pytest

from wanowa.collaborations.rules import (
    PROPOSALS,
    Clause,
    Task,
    first_draft,
    problems,
    settled_area,
    with_proposals,
)
from wanowa.collaborations.rules.proposals import BLANK, TEXTS
from wanowa.guideline.rules import AREAS, FORMS, Area, Form
from wanowa.kernel.errors import Invalid


def begun(**chosen):
    return first_draft("湧水のみち", "見回る", [1, 2], "残す", **chosen)


@pytest.mark.parametrize("form", Form)
def test_every_form_proposes_three_tasks_and_every_text(form):
    terms = begun(form=str(form))
    assert len(terms.roles) == 3
    assert all(task == Task(task.what) for task in terms.roles), "nobody is put to work by a proposal"
    assert set(PROPOSALS[form].texts) == set(TEXTS)
    assert all(getattr(terms, clause) for clause in TEXTS)


@pytest.mark.parametrize("form", Form)
def test_a_proposal_is_in_short_sentences_of_its_own(form):
    texts = {clause: str(text) for clause, text in PROPOSALS[form].texts.items()}
    for text in texts.values():
        for sentence in re.split(r"。|\n", text):
            assert len(sentence) <= 40, sentence
    for other in set(Form) - {form}:
        same = [clause for clause in TEXTS if str(PROPOSALS[other].texts[clause]) == texts[clause]]
        assert set(same) <= {Clause.PERSONAL_DATA}, "two contracts guard personal data alike, nothing else"


@pytest.mark.parametrize("form", Form)
def test_an_open_blank_keeps_a_proposal_from_being_offered(form):
    terms = begun(form=str(form))
    blanks = {clause for clause in TEXTS if BLANK in getattr(terms, clause)}
    named = {problem.clause for problem in problems(terms) if BLANK in problem.sentence}
    assert named == blanks
    assert Clause.SCHEDULE in blanks
    filled = replace(terms, **{clause: getattr(terms, clause).replace(BLANK, "毎月") for clause in TEXTS})
    assert not [problem for problem in problems(filled) if BLANK in problem.sentence]


@pytest.mark.parametrize("form", Form)
def test_a_form_of_one_area_brings_the_area_and_its_ownership(form):
    terms = begun(form=str(form))
    areas = FORMS[form].areas
    assert terms.area == (areas[0] if len(areas) == 1 else "")
    assert terms.ownership == (AREAS[areas[0]].ownership if len(areas) == 1 else "")


def test_nothing_is_chosen_for_those_who_leave_it_open():
    terms = begun()
    assert (terms.area, terms.form, terms.ownership, terms.roles, terms.schedule) == ("", "", "", (), "")
    assert terms.safety
    assert terms.changes


@pytest.mark.parametrize("area", Area)
def test_an_area_takes_its_own_forms_only(area):
    for form in Form:
        if form in AREAS[area].forms:
            assert settled_area(area, form) == area
        else:
            with pytest.raises(Invalid, match="選びなおして"):
                settled_area(area, form)
    assert settled_area(area, "") == area


@pytest.mark.parametrize(("area", "form"), [("Z", ""), ("", "festival"), ("b", "subsidy")])
def test_words_that_do_not_exist_are_refused(area, form):
    with pytest.raises(Invalid, match="選んでください"):
        settled_area(area, form)


def test_another_form_replaces_only_what_nobody_has_written():
    written = replace(
        begun(form="subsidy"), safety="かさを持っていきます。", roles=(Task("事業を行う", (1,), 1),)
    )
    turned = with_proposals(written, "endorsement")
    assert turned.safety == "かさを持っていきます。"
    assert turned.roles == written.roles
    assert turned.schedule == str(PROPOSALS[Form.ENDORSEMENT].texts[Clause.SCHEDULE])
    assert with_proposals(turned, "endorsement") == turned


def test_no_form_takes_the_tasks_of_a_form_back():
    assert with_proposals(begun(form="subsidy"), "").roles == ()
