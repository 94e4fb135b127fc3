"""The calendar that nobody has to take a day off for, receipts, deadlines, questions; pure, without a database."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wanowa.kernel.errors import Invalid, Refused
from wanowa.people.rules.receipts import LONGER, WORDS
from wanowa.proposals.models import Seed
from wanowa.proposals.rules.deadlines import GRACE, deadline, in_time, may_close, too_early
from wanowa.proposals.rules.lifecycle import (
    PARTNER,
    PROPOSAL,
    ROUND,
    SEED,
    Move,
    RoundStatus,
    Status,
    finds_partners,
    may_go_on,
)
from wanowa.proposals.rules.questions import QUESTIONS, QuestionKey, asked, shortcomings
from wanowa.proposals.rules.receipts import receipt
from wanowa.proposals.rules.stages import (
    StageKey,
    Way,
    check_stages,
    extended,
    proposed,
    season,
    too_late_for_the_budget,
)
from wanowa.proposals.rules.told import CriterionRule, RoundRules

TODAY = date(2026, 11, 26)
STAGES = proposed(TODAY, 2026)
LAST = date(2026, 12, 20)
END = datetime(2026, 12, 20, 15, tzinfo=UTC)


def changed(key, **fields):
    return [replace(stage, **fields) if stage.key is key else stage for stage in STAGES]


def test_the_proposed_calendar_can_be_kept_on_every_day_of_the_year():
    for passed in range(0, 365, 3):
        today = date(2026, 4, 1) + timedelta(days=passed)
        if today <= date(2027, 1, 10):
            check_stages(proposed(today, 2026), 2026)


@pytest.mark.parametrize("key", StageKey)
def test_no_required_step_can_be_put_on_weekdays_in_the_daytime(key):
    with pytest.raises(Invalid, match=r"平日の昼|いつでも"):
        check_stages(changed(key, way=Way.DAYTIME, required=True), 2026)


def test_an_optional_meeting_in_the_daytime_is_allowed_but_never_for_handing_in():
    check_stages(changed(StageKey.DELIBERATION, way=Way.DAYTIME, required=False), 2026)
    with pytest.raises(Invalid, match="いつでも"):
        check_stages(changed(StageKey.APPLY, way=Way.EVENING), 2026)


def test_writing_lasts_a_week_at_least_and_the_work_begins_in_the_year_of_the_money():
    with pytest.raises(Invalid, match="日より長く"):
        check_stages(changed(StageKey.APPLY, ends_on=TODAY + timedelta(days=2)), 2026)
    with pytest.raises(Invalid, match="予算は次の年度"):
        check_stages(changed(StageKey.START, starts_on=date(2027, 3, 1), ends_on=date(2027, 6, 1)), 2026)
    with pytest.raises(Invalid, match="次の日から"):
        check_stages(changed(StageKey.CHECK, starts_on=TODAY), 2026)


def test_a_deadline_is_extended_never_shortened_and_what_follows_moves():
    apply, check = STAGES[0], STAGES[1]
    for until in (apply.ends_on, apply.ends_on - timedelta(days=1)):
        with pytest.raises(Invalid, match="のばすことしか"):
            extended(STAGES, until)
    moved = extended(STAGES, apply.ends_on + timedelta(days=3))
    assert moved[0].starts_on == apply.starts_on
    assert (moved[1].starts_on, moved[1].ends_on) == (
        check.starts_on + timedelta(days=3),
        check.ends_on + timedelta(days=3),
    )
    assert moved[-1] == STAGES[-1]


def test_stages_that_need_each_other_do_not_overlap():
    for key, needed in ((StageKey.BUDGET, StageKey.DECISION), (StageKey.SCORING, StageKey.CHECK)):
        before = next(stage for stage in STAGES if stage.key is needed)
        with pytest.raises(Invalid, match="終わった次の日から"):
            check_stages(changed(key, starts_on=before.ends_on), 2026)


def test_more_time_fits_before_the_vote_or_is_refused_with_the_last_day_that_is_possible():
    given = {stage.key: stage for stage in STAGES}
    room = (given[StageKey.BUDGET].ends_on - given[StageKey.BUDGET].starts_on).days
    last = given[StageKey.APPLY].ends_on + timedelta(days=room)
    moved = extended(STAGES, last)
    check_stages(moved, 2026)
    assert moved[-1] == STAGES[-1]
    assert moved[-2].ends_on == given[StageKey.BUDGET].ends_on, "the council votes when it votes"
    with pytest.raises(Invalid, match=f"{last.month}月{last.day}日までです"):
        extended(STAGES, last + timedelta(days=1))
    with pytest.raises(Invalid, match="もうのばせません"):
        extended(moved, last + timedelta(days=1))


def test_a_new_round_is_proposed_for_the_year_whose_budget_its_result_is_in_time_for():
    for passed in range(0, 365, 3):
        today = date(2026, 4, 1) + timedelta(days=passed)
        year, first = season(today)
        stages = proposed(first, year)
        check_stages(stages, year)
        decided = next(stage.ends_on for stage in stages if stage.key is StageKey.DECISION)
        assert not too_late_for_the_budget(decided, year)
        assert first >= today
    assert season(date(2026, 5, 1)) == (2026, date(2026, 5, 1))
    assert season(TODAY) == (2027, date(2027, 5, 1))
    assert too_late_for_the_budget(STAGES[-3].ends_on, 2026), "begun in November it is too late"


@pytest.mark.parametrize(("seconds", "early"), [(-1, True), (0, False), (1, False)])
def test_the_first_day_begins_at_midnight_in_japan(seconds, early):
    assert too_early(END + timedelta(seconds=seconds), LAST + timedelta(days=1)) is early


def test_from_every_state_of_a_proposal_and_of_a_round_something_leads_on_or_it_has_ended():
    ended = {Status.DECLINED, Status.STARTED, Status.CANCELLED, Status.WITHDRAWN}
    assert {status for status in Status if not PROPOSAL.allowed(status)} == ended - {Status.DECLINED}
    over = {RoundStatus.FINISHED, RoundStatus.CALLED_OFF, RoundStatus.PAST}
    assert {status for status in RoundStatus if not ROUND.allowed(status)} == over
    for found in RoundStatus:
        assert may_go_on(Status.CARRIED, found)
        assert may_go_on(Status.OUTSIDE, found)
    assert not may_go_on(Status.DRAFT, RoundStatus.OPEN)
    assert may_go_on(Status.SUBMITTED, RoundStatus.CALLED_OFF)
    assert not may_go_on(Status.REVIEW, RoundStatus.JUDGING)


@pytest.mark.parametrize("status", Status)
def test_partners_are_found_before_the_judging_and_by_who_is_judged_alone(status):
    before = {Status.DRAFT, Status.MATCHING, Status.CARRIED, Status.OUTSIDE}
    late = {Status.SUBMITTED, Status.RETURNED, Status.REVIEW, Status.ADOPTED}
    assert finds_partners(status, accompanied=True) is (status in before)
    assert finds_partners(status, accompanied=False) is (status in before | late)


@pytest.mark.parametrize(
    ("arrived", "later", "counts"),
    [
        (-1, 0, True),
        (-1, 719, True),
        (-1, 721, False),
        (0, 0, False),
        (1, 1, False),
        (-3600, 30, True),
        (-10, -5, False),
        (-10, -0.5, True),
    ],
)
def test_the_moment_of_arrival_decides(arrived, later, counts):
    """In seconds from the deadline; `later` is how long the request took until it was looked at."""
    moment = END + timedelta(seconds=arrived)
    assert in_time(moment, moment + timedelta(seconds=later), LAST) is counts


def test_a_round_closes_when_nothing_can_be_on_its_way():
    assert deadline(LAST) == END
    assert not may_close(END + GRACE, LAST)
    assert may_close(END + GRACE + timedelta(seconds=1), LAST)


@given(st.integers(-10_000, 10_000), st.integers(0, 10_000))
def test_while_anything_that_was_in_time_can_arrive_no_round_closes(arrived, later):
    moment = END + timedelta(seconds=arrived / 10)
    now = moment + timedelta(seconds=later / 10)
    assert not (in_time(moment, now, LAST) and may_close(now, LAST))


@given(st.integers(1, 99_999), st.integers(0, 9), st.integers(0, 4))
def test_one_wrong_digit_of_a_receipt_is_noticed(key, digit, place):
    digits = [one for one in receipt(2026, key) if one.isdigit()]
    at = 2 + place % 5
    if digits[at] == str(digit):
        return
    digits[at] = str(digit)
    right = receipt(2026, int("".join(digits[2:7]))).replace("-", "")
    # Of eleven remainders two share the digit 0.
    assert right[-1] != digits[-1] or digits[-1] == "0"


def test_the_longest_passphrase_of_an_idea_fits_its_column():
    longest = max(WORDS, key=len)
    assert len(" ".join([longest] * LONGER)) <= Seed._meta.get_field("words").max_length


def test_at_most_twelve_questions_are_asked():
    assert len(QUESTIONS) <= 12
    assert len(asked([])) == sum(question.required for question in QUESTIONS)
    assert len(asked([question.key for question in QUESTIONS])) == len(QUESTIONS)


def test_what_is_missing_is_said_by_question():
    texts = {str(question.key): "書きました" for question in asked([])} | {"amount": "20万円"}
    assert shortcomings(asked([]), texts, None) == {}
    assert set(shortcomings(asked([]), texts, 100_000)) == {QuestionKey.AMOUNT}
    assert set(shortcomings(asked([]), texts | {"amount": "たくさん"}, None)) == {QuestionKey.AMOUNT}
    assert set(shortcomings(asked([]), texts | {"title": "あ" * 61, "aim": " "}, None)) == {"title", "aim"}


def test_the_rules_of_a_round_are_checked_and_every_rule_is_in_the_fingerprint():
    plain = RoundRules(2026, 1, "募集", criteria=(CriterionRule("必要か", 2, ("いいえ", "はい")),))
    plain.check_criteria()
    days = [(one.key, str(one.starts_on), str(one.ends_on), one.way, one.required) for one in STAGES]
    others = [
        replace(plain, title="別"),
        replace(plain, intro="別"),
        replace(plain, cap=1),
        replace(plain, frame=1),
        replace(plain, places=1),
        replace(plain, blind=False),
        replace(plain, kinds=("city",)),
        replace(plain, questions=("after",)),
        replace(plain, papers=("見積書",)),
        replace(plain, conflicts=()),
        replace(plain, shown=()),
        replace(plain, criteria=(CriterionRule("必要か", 3, ("いいえ", "はい")),)),
        replace(plain, criteria=(CriterionRule("必要か", 2, ("いいえ", "とても")),)),
    ]
    digests = {one.digest(days) for one in [plain, *others]} | {plain.digest(days[1:])}
    assert len(digests) == len(others) + 2
    for wrong in (replace(plain, title=" "), replace(plain, kinds=()), replace(plain, cap=2, frame=1)):
        with pytest.raises(Invalid):
            wrong.check()
    for criteria in ((), (CriterionRule("", 1, ("a", "b")),), (CriterionRule("a", 0, ("a", "b")),)):
        with pytest.raises(Invalid):
            replace(plain, criteria=criteria).check_criteria()
    with pytest.raises(Invalid):
        replace(plain, criteria=(CriterionRule("a", 1, ("a",)),)).check_criteria()


def test_without_a_partner_a_proposal_goes_to_matching_and_nothing_leads_from_there_to_a_refusal():
    assert PROPOSAL.after(Status.DRAFT, Move.SEEK) is Status.MATCHING
    ways = {PROPOSAL.after(Status.MATCHING, move) for move in PROPOSAL.allowed(Status.MATCHING)}
    assert ways == {Status.SUBMITTED, Status.CARRIED, Status.OUTSIDE, Status.WITHDRAWN}
    with pytest.raises(Refused):
        PROPOSAL.after(Status.MATCHING, Move.DECLINE)


@pytest.mark.parametrize("lifecycle", [ROUND, SEED, PROPOSAL, PARTNER])
def test_every_status_can_be_reached_and_drawn(lifecycle):
    starts = {status for status, _move in lifecycle.moves}
    ends = set(lifecycle.moves.values())
    every = set(type(next(iter(starts)))) - {RoundStatus.PAST}  # taken over as it was, it never moves
    beginning = every - ends
    assert every == starts | ends
    assert len(beginning) <= 2, beginning
    assert lifecycle.diagram().startswith("stateDiagram")
