"""The drift alarm: for each of the eight forms, what must fire and what must not, with its figures; and its laws."""

from dataclasses import dataclass, field, replace
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wanowa.collaborations import services as table
from wanowa.collaborations.models import Collaboration
from wanowa.contributions import queries, services
from wanowa.contributions.rules import Judgement, Look, Seen, TooEarly, Weighed, judge
from wanowa.contributions.rules.drift import ANSWERS, PAYS, SENTENCES
from wanowa.contributions.tests import factories as make
from wanowa.contributions.verbs import DRIFT_NOTICED
from wanowa.guideline.rules import POSTS, Area, Form
from wanowa.guideline.rules.navigator import QUESTIONS, advise
from wanowa.kernel.actors import SYSTEM
from wanowa.record.queries import history

ONE, OTHER = 1, 2
"""The party that acts, and the one that pays, supports or endorses where the form knows such a post."""


@dataclass(frozen=True)
class Case:
    """Figures of the two parties (acting, other), and what they must look like."""

    form: Form
    look: Look
    hours: tuple[int, int]
    money: tuple[int, int]
    decisions: tuple[int, int]
    others: tuple[int, int] = (0, 0)
    agreed_hours: tuple[int, int] = (0, 0)
    agreed_money: tuple[int, int] = (0, 0)
    words: str = field(default="", compare=False)

    def __str__(self) -> str:
        return f"{self.form}-{self.look}-{self.hours}-{self.money}-{self.decisions}"


def posts(form):
    held = {str(facts.key): ONE for facts in POSTS[form]}
    return held | ({str(PAYS[form]): OTHER} if form in PAYS else {})


def seen(case):
    def by_party(pair):
        return dict(zip((ONE, OTHER), pair, strict=True))

    return Seen(
        form=case.form,
        parties=(ONE, OTHER),
        posts=posts(case.form),
        hours=by_party(case.hours),
        money=by_party(case.money),
        decisions=by_party(case.decisions),
        others=by_party(case.others),
        agreed_hours=by_party(case.agreed_hours),
        agreed_money=by_party(case.agreed_money),
        entries=20,
        first=make.DAY,
        last=make.DAY + timedelta(days=60),
    )


WORK, PAY, NONE, BOTH = (95, 5), (5, 95), (0, 0), (50, 50)
"""Nearly all by the acting party, nearly all by the other, nothing, half and half."""
THEY, WE, TOGETHER, FEW = (0, 4), (4, 0), (3, 3), (1, 1)
"""Who decides: the other, the acting party, both in turn, hardly anything yet."""


def fire(form, look, hours, money, decisions, **more):
    return Case(form, look, hours, money, decisions, **more)


def fit(form, hours, money, decisions, **more):
    return Case(form, Look.FITS, hours, money, decisions, **more)


SHARED = [
    case
    for form in (Form.COMMITTEE, Form.ACCORD, Form.JOINT_OPERATION)
    for case in (
        fire(form, Look.CONTRACT, WORK, PAY, THEY),
        fire(form, Look.SUBSIDY, WORK, PAY, WE),
        fire(form, Look.ALONE, WORK, WORK, WE),
        fire(form, Look.PARTNERSHIP_CONTRACT, WORK, PAY, TOGETHER, agreed_money=BOTH),
        fit(form, BOTH, BOTH, TOGETHER),
        fit(form, (70, 30), (40, 60), (2, 3)),
        fit(form, WORK, PAY, TOGETHER, agreed_money=PAY),
        fit(form, BOTH, NONE, THEY),
    )
]
CASES = [
    *SHARED,
    fire(Form.PARTNERSHIP_CONTRACT, Look.CONTRACT, WORK, PAY, THEY),
    fire(Form.PARTNERSHIP_CONTRACT, Look.SUBSIDY, WORK, PAY, WE),
    fire(Form.PARTNERSHIP_CONTRACT, Look.ALONE, WORK, WORK, WE),
    fire(Form.PARTNERSHIP_CONTRACT, Look.JOINT_OPERATION, BOTH, BOTH, TOGETHER, agreed_money=PAY),
    fit(Form.PARTNERSHIP_CONTRACT, WORK, PAY, TOGETHER),
    fit(Form.PARTNERSHIP_CONTRACT, (80, 20), (0, 100), TOGETHER),
    fit(Form.PARTNERSHIP_CONTRACT, WORK, PAY, FEW),
    fit(Form.PARTNERSHIP_CONTRACT, BOTH, BOTH, TOGETHER, agreed_money=BOTH, agreed_hours=BOTH),
    fire(Form.CONTRACT, Look.SUBSIDY, WORK, PAY, WE),
    fire(Form.CONTRACT, Look.ALONE, WORK, WORK, WE),
    fire(Form.CONTRACT, Look.JOINT_OPERATION, BOTH, BOTH, TOGETHER, agreed_money=PAY),
    fire(Form.CONTRACT, Look.CONTRACT, PAY, WORK, WE),
    fit(Form.CONTRACT, WORK, PAY, THEY),
    fit(Form.CONTRACT, WORK, PAY, TOGETHER),
    fit(Form.CONTRACT, WORK, PAY, FEW),
    fire(Form.COOPERATION, Look.CONTRACT, WORK, PAY, THEY),
    fire(Form.COOPERATION, Look.SUBSIDY, WORK, PAY, WE),
    fire(Form.COOPERATION, Look.ENDORSEMENT, (100, 0), (100, 0), WE),
    fire(Form.COOPERATION, Look.JOINT_OPERATION, BOTH, BOTH, TOGETHER, agreed_hours=WORK),
    fit(Form.COOPERATION, (100, 0), (100, 0), WE, others=(0, 3)),
    fit(Form.COOPERATION, WORK, NONE, TOGETHER),
    fit(Form.COOPERATION, (80, 20), (90, 10), WE),
    fire(Form.SUBSIDY, Look.CONTRACT, WORK, PAY, THEY),
    fire(Form.SUBSIDY, Look.ENDORSEMENT, (100, 0), (100, 0), WE),
    fire(Form.SUBSIDY, Look.JOINT_OPERATION, BOTH, BOTH, TOGETHER, agreed_hours=WORK),
    fit(Form.SUBSIDY, WORK, PAY, WE),
    fit(Form.SUBSIDY, WORK, PAY, TOGETHER),
    fit(Form.SUBSIDY, (100, 0), (60, 40), WE),
    fit(Form.SUBSIDY, (100, 0), (85, 15), WE),
    fire(Form.ENDORSEMENT, Look.CONTRACT, WORK, PAY, THEY),
    fire(Form.ENDORSEMENT, Look.SUBSIDY, WORK, PAY, WE),
    fire(Form.ENDORSEMENT, Look.COMMITTEE, (60, 40), (100, 0), WE),
    fit(Form.ENDORSEMENT, (100, 0), (100, 0), WE),
    fit(Form.ENDORSEMENT, WORK, NONE, WE),
    fit(Form.ENDORSEMENT, (80, 20), (100, 0), TOGETHER),
]


@pytest.mark.parametrize("case", CASES, ids=str)
def test_each_form_fires_when_it_must_and_only_then(case):
    judgement = judge(seen(case))
    assert isinstance(judgement, Judgement)
    assert judgement.look is case.look
    assert judgement.sentence == SENTENCES[case.look]
    assert judgement.answers == ANSWERS.get(case.look, ())
    shares = {reason.what: (reason.party, reason.percent, reason.agreed) for reason in judgement.reasons}
    for what, amounts, agreed in (
        (Weighed.HOURS, case.hours, case.agreed_hours),
        (Weighed.MONEY, case.money, case.agreed_money),
        (Weighed.DECISIONS, case.decisions, NONE),
    ):
        if not sum(amounts):
            assert what not in shares
            continue
        party, percent, planned = shares[what]
        assert percent == amounts[party - 1] * 100 // sum(amounts)
        assert planned == (agreed[party - 1] * 100 // sum(agreed) if sum(agreed) else None)


def test_every_form_has_three_cases_each_way():
    for form in Form:
        fires = [case for case in CASES if case.form is form and case.look is not Look.FITS]
        fits = [case for case in CASES if case.form is form and case.look is Look.FITS]
        assert len(fires) >= 3, form
        assert len(fits) >= 3, form


def test_the_reasons_name_the_party_that_stands_out():
    judgement = judge(seen(CASES[0]))
    assert [(reason.what, reason.party, reason.percent) for reason in judgement.reasons] == [
        (Weighed.HOURS, OTHER, 5),
        (Weighed.MONEY, OTHER, 95),
        (Weighed.DECISIONS, OTHER, 100),
    ]
    assert "委託に近づいています" in judgement.sentence
    assert judgement.clauses == ("Ⅱ-5", "Ⅱ-2(6)")


def test_no_sentence_knows_a_kind_of_party():
    assert not [text for text in map(str, SENTENCES.values()) if "市" in text or "団体" in text]


@pytest.mark.parametrize("look", ANSWERS)
def test_the_navigator_leads_to_what_it_looks_like(look):
    answers = dict(ANSWERS[look])
    assert all(QUESTIONS[key].option(answer) for key, answer in answers.items())
    advice = advise(answers)
    if look is Look.ALONE:
        assert advice.area is Area.A
    else:
        assert advice.best == (Form(look.value),)


def test_too_little_is_said_to_be_too_little():
    full = seen(CASES[0])
    assert judge(replace(full, entries=3)) == TooEarly(2, 0)
    assert judge(replace(full, last=make.DAY + timedelta(days=10))) == TooEarly(0, 18)
    assert judge(replace(full, first=None, last=None, entries=0)) == TooEarly(5, 28)


AMOUNTS = st.fixed_dictionaries(
    {ONE: st.integers(0, 500), OTHER: st.integers(0, 500), 3: st.integers(0, 500)}
)


@st.composite
def seens(draw):
    form = draw(st.sampled_from(Form))
    return Seen(
        form=form,
        parties=(ONE, OTHER, 3),
        posts=posts(form),
        hours=draw(AMOUNTS),
        money=draw(AMOUNTS),
        decisions=draw(AMOUNTS),
        others=draw(AMOUNTS),
        agreed_hours=draw(AMOUNTS),
        agreed_money=draw(AMOUNTS),
        entries=9,
        first=make.DAY,
        last=make.DAY + timedelta(days=40),
    )


@given(seens(), st.integers(2, 50))
def test_only_shares_count_not_how_much_it_is(what, times):
    def more(amounts):
        return {party: amount * times for party, amount in amounts.items()}

    big = replace(what, hours=more(what.hours), money=more(what.money))
    assert judge(big).look is judge(what).look


@given(seens(), st.permutations([ONE, OTHER, 3]))
def test_it_is_the_same_whoever_the_parties_are(what, order):
    called = dict(zip((ONE, OTHER, 3), order, strict=True))

    def moved(amounts):
        return {called[party]: amount for party, amount in amounts.items()}

    other = replace(
        what,
        posts={post: called[party] for post, party in what.posts.items()},
        **{
            name: moved(getattr(what, name))
            for name in ("hours", "money", "decisions", "others", "agreed_hours", "agreed_money")
        },
    )
    assert judge(other).look is judge(what).look


@given(seens(), st.integers(0, 500), st.integers(0, 500), st.integers(0, 500))
def test_what_looks_like_a_contract_still_does_when_it_becomes_more_so(what, pay, decide, work):
    """More money and decisions of the one who pays, more work of the others: the judgement stays."""
    judgement = judge(what)
    if judgement.look is not Look.CONTRACT:
        return
    payer = next(reason.party for reason in judgement.reasons if reason.what is Weighed.MONEY)
    worker = next(party for party in what.parties if party != payer)
    more = replace(
        what,
        money={**what.money, payer: what.money[payer] + pay},
        decisions={**what.decisions, payer: what.decisions[payer] + decide},
        hours={**what.hours, worker: what.hours[worker] + work},
    )
    assert judge(more).look is Look.CONTRACT


@given(seens(), st.integers(0, 500))
def test_what_fits_shared_forms_by_equal_shares_never_fires(what, amount):
    equal = dict.fromkeys(what.parties, amount + 1)
    even = replace(what, form=Form.COMMITTEE, hours=equal, money=equal, decisions=equal)
    assert judge(even).look is Look.FITS


@pytest.mark.django_db
def test_a_change_of_judgement_is_told_once_and_changes_nothing_else():
    collaboration, people = make.table(2, form="joint_operation")
    make.drifting(collaboration, people)
    assert queries.judgement_of(collaboration, queries.sums_of(collaboration)).look is Look.FITS, (
        "too few decisions"
    )
    assert services.watch() == 0
    for _ in range(2):
        table.begin_amendment(collaboration, by=people.actors[1])
        table.drop_change(collaboration, by=people.actors[1])
    before = Collaboration.objects.values().get(pk=collaboration.pk)
    found = queries.decisions_of(collaboration)
    assert found == {people.parties[0]: 1, people.parties[1]: 2}
    assert services.watch() == 1
    assert services.watch() == 0
    told = history(collaboration).filter(verb=DRIFT_NOTICED.name)
    assert [entry.facts for entry in told] == [{"looks_like": "partnership_contract"}]
    assert Collaboration.objects.values().get(pk=collaboration.pk) == before
    services.notice_drift(collaboration, look=Look.FITS, by=SYSTEM)
    assert queries.noticed_last(collaboration) is Look.FITS
