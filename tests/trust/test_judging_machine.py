"""No order of steps shows a score early, begins anything before its budget, or moves a frozen rule: a state machine.

Two reviewers, a desk, a proposer and a department judge two proposals up to the collaboration; a plain model says what
the rules allow. The negative controls break one rule each, and the machine must find it.
"""

import os
from datetime import timedelta

import pytest
import time_machine
from django.db import DatabaseError, connection, transaction
from django.utils import timezone
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    precondition,
    rule,
    run_state_machine_as_test,
)

from wanowa.kernel.errors import Refused
from wanowa.proposals.models import Award, Budget, Judging, RoundStage, Sheet
from wanowa.proposals.queries import judging as queries
from wanowa.proposals.queries.judging.evidence import judging_matches_the_record
from wanowa.proposals.services import gate
from wanowa.proposals.services import judging as services
from wanowa.proposals.services.judging import scoring
from wanowa.proposals.tests.judging import FINE, bench, seal, verdict

EXAMPLES = 200 if os.environ.get("WANOWA_NIGHT") else 5
PLACE = st.sampled_from((0, 1))
LAST = 21
"""Days from the beginning of a play to the last day of scoring."""


class Judged(RuleBasedStateMachine):
    """One round from the check to the collaboration, and what must hold after every step."""

    @initialize()
    def start(self) -> None:
        self.undo = transaction.atomic()
        self.undo.__enter__()
        self.now = timezone.now() - timedelta(days=300)
        self.begun = self.now
        with self.then():
            self.made = bench(2, 2)
            for proposal in self.made.proposals:
                services.check(proposal, findings=FINE, by=self.made.desk)
        self.phase, self.declared, self.away, self.sealed = "checking", set(), set(), set()
        self.prepared, self.awards, self.budgets = {}, {}, set()

    def teardown(self) -> None:
        if hasattr(self, "undo"):
            transaction.set_rollback(True)
            self.undo.__exit__(None, None, None)

    def then(self):
        return time_machine.travel(self.now, tick=False)

    @property
    def over(self) -> bool:
        """Whether the last day of scoring is over."""
        return (timezone.localdate(self.now) - timezone.localdate(self.begun)).days > LAST

    def step(self, allowed: bool, action) -> bool:
        """Let the platform act; it must do it exactly when the model allows it."""
        try:
            with self.then(), transaction.atomic():
                action()
            done = True
        except Refused as refusal:
            done, answer = False, str(refusal)
        assert done == allowed, "against the rules" if done else answer
        return done

    def settle(self) -> None:
        """Let the model follow, and compare: who sealed, what is open, which money waits for which budget."""
        wanted = {(one, at) for one in (0, 1) for at in (0, 1)} - self.away
        if self.phase == "scoring" and self.acted and (wanted <= self.sealed or self.over):
            self.phase = "opened"
        judging = Judging.objects.filter(round=self.made.round).select_related("round").first()
        assert (judging.phase if judging else "checking") == self.phase
        told = self.phase in {"opened", "announced"}
        rows = list(Sheet.objects.filter(proposal__round=self.made.round))
        assert {one.sealed_at is not None for one in rows} <= ({True} if told else {True, False})
        assert all((one.content is not None) == told for one in rows)
        if not told:
            assert queries.lines_of(judging) == []
            assert [queries.sheets_about(self.made.fresh(at)) for at in (0, 1)] == [[], []]
        if self.phase != "announced":
            assert queries.public_result(judging) == []
            assert not Award.objects.exists()
        passed = set(Budget.objects.values_list("fiscal_year", flat=True))
        for award in Award.objects.all():
            assert award.collaboration_id is None or award.fiscal_year in passed
        assert not list(judging_matches_the_record())

    def play(self, allowed: bool, action) -> bool:
        self.acted = self.step(allowed, action)
        self.settle()
        return self.acted

    @rule()
    def the_scoring_begins(self) -> None:
        allowed = self.phase == "checking"
        if allowed:
            self.phase = "scoring"
        self.acted = self.step(allowed, lambda: services.begin_scoring(self.made.round, by=self.made.desk))
        self.acted = False
        self.settle()

    @precondition(lambda self: self.phase == "checking")
    @rule()
    def all_goes_straight_to_the_result(self) -> None:
        self.the_scoring_begins()
        if not self.over:
            self.everybody_declares_and_seals()
            self.all_is_decided_and_told()
            self.the_award_moves(0, "begin")

    @precondition(lambda self: self.phase != "checking")
    @rule(one=PLACE, related=st.sampled_from(((), (0,), (1,))))
    def declare(self, one: int, related: tuple[int, ...]) -> None:
        allowed = self.phase == "scoring" and one not in self.declared
        parties = [self.made.proposals[at].party_id for at in related]
        if allowed:
            self.declared.add(one)
            self.away |= {(one, at) for at in related}
        self.play(
            allowed,
            lambda: services.declare(self.made.round, related=parties, by=self.made.reviewers[one]),
        )

    @precondition(lambda self: self.phase != "checking")
    @rule(one=PLACE, at=PLACE)
    def seal(self, one: int, at: int) -> None:
        allowed = self.phase == "scoring" and one in self.declared and not self.over
        allowed = allowed and (one, at) not in self.away | self.sealed
        if allowed:
            self.sealed.add((one, at))
        self.play(allowed, lambda: seal(self.made, self.made.reviewers[one], at, why=f"CANARY{one}{at}"))

    @precondition(lambda self: self.phase == "scoring")
    @rule()
    def everybody_declares_and_seals(self) -> None:
        for one in (0, 1):
            if self.phase == "scoring" and one not in self.declared:
                self.declare(one, ())
        for one, at in ((0, 0), (1, 0), (0, 1), (1, 1)):
            if self.phase == "scoring":
                self.seal(one, at)

    @precondition(lambda self: self.phase == "scoring")
    @rule(one=PLACE, at=PLACE)
    def stand_back(self, one: int, at: int) -> None:
        allowed = one in self.declared and (one, at) not in self.away | self.sealed
        if allowed:
            self.away.add((one, at))
        self.play(allowed, lambda: services.stand_back(self.made.fresh(at), by=self.made.reviewers[one]))

    @precondition(lambda self: self.phase in {"scoring", "opened"})
    @rule()
    def the_worker_comes_by(self) -> None:
        wanted = {(one, at) for one in (0, 1) for at in (0, 1)} - self.away
        allowed = self.phase == "scoring" and (self.over or wanted <= self.sealed)
        self.play(allowed, lambda: services.open_sheets(self.made.round))

    @precondition(lambda self: self.phase != "checking")
    @rule(at=PLACE, adopts=st.booleans())
    def prepare(self, at: int, adopts: bool) -> None:
        allowed = self.phase == "opened"
        seen = self.prepared.get(at, (0, False))[0]
        if allowed:
            self.prepared[at] = (seen + 1, adopts)
        self.play(
            allowed,
            lambda: services.prepare(
                self.made.proposals[at], verdict=verdict(adopts=adopts), seen=seen, by=self.made.desk
            ),
        )

    @precondition(lambda self: self.phase != "checking")
    @rule()
    def announce(self) -> None:
        allowed = self.phase == "opened" and len(self.prepared) == 2
        if allowed:
            self.phase = "announced"
            year = self.made.round.fiscal_year + 1
            self.awards = {at: [year, "waiting"] for at, (_n, adopts) in self.prepared.items() if adopts}
        self.play(allowed, lambda: services.announce(self.made.round, by=self.made.desk))

    @precondition(lambda self: self.phase == "opened")
    @rule()
    def all_is_decided_and_told(self) -> None:
        for at in (0, 1):
            self.prepare(at, True)
        self.announce()

    @precondition(lambda self: self.phase == "announced")
    @rule(ahead=PLACE)
    def a_budget_passes(self, ahead: int) -> None:
        year = self.made.round.fiscal_year + 1 + ahead
        day = timezone.localdate(self.now)
        allowed = year not in self.budgets and ahead == 0
        if allowed:
            self.budgets.add(year)
        self.play(
            allowed,
            lambda: gate.record_budget(fiscal_year=year, passed_on=day, document="1", by=self.made.desk),
        )

    @precondition(lambda self: self.awards)
    @rule(at=PLACE, how=st.sampled_from(("reduce", "agree", "carry_over", "begin", "begin", "cancel")))
    def the_award_moves(self, at: int, how: str) -> None:
        at = at if at in self.awards else next(iter(self.awards))
        award = Award.objects.select_related("proposal").get(proposal=self.made.proposals[at])
        year, status = self.awards[at]
        waiting = status == "waiting"
        desk, reason = self.made.desk, "わけです。"
        allowed, after, act = {
            "reduce": (
                waiting and award.amount > 1,
                [year, "reduced"],
                lambda: gate.reduce(award, offered=award.amount // 2, reason=reason, by=desk),
            ),
            "agree": (
                status == "reduced",
                [year, "waiting"],
                lambda: gate.agree(award, seen=award.offered or 0, by=self.made.proposers[at]),
            ),
            "carry_over": (
                waiting,
                [year + 1, "waiting"],
                lambda: gate.carry_over(award, reason=reason, by=desk),
            ),
            "begin": (
                waiting and year in self.budgets,
                [year, "started"],
                lambda: gate.begin(award, by=self.made.official),
            ),
            "cancel": (
                status in {"waiting", "reduced"},
                [year, "cancelled"],
                lambda: gate.cancel(award, reason=reason, by=desk),
            ),
        }[how]
        if allowed:
            self.awards[at] = after
        self.play(allowed, act)

    @rule(what=st.sampled_from(("criteria", "stages", "reviewers", "round")))
    def somebody_moves_a_frozen_rule_by_sql(self, what: str) -> None:
        if what == "reviewers" and self.phase == "checking":
            return
        with pytest.raises(DatabaseError), transaction.atomic():
            self.by_sql(what)

    def by_sql(self, what: str) -> None:
        found = self.made.round
        match what:
            case "criteria":
                found.criteria.update(weight=99)
            case "stages":
                earlier = found.opened_at.date() - timedelta(days=999)
                RoundStage.objects.filter(round=found, key="scoring").update(ends_on=earlier)
            case "round":
                type(found).objects.filter(pk=found.pk).update(blind=not found.blind)
            case "reviewers":
                found.reviewers.update(capacity="ほか")

    @rule(days=st.sampled_from((1, 3, 23)))
    def time_passes(self, days: int) -> None:
        if self.now + timedelta(days=days + 1) < timezone.now():
            self.now += timedelta(days=days)


def play(examples: int) -> None:
    run_state_machine_as_test(
        type("Machine", (Judged,), {}),
        settings=settings(
            max_examples=examples,
            stateful_step_count=22,
            deadline=None,
            database=None,
            derandomize=True,
            print_blob=True,
            report_multiple_bugs=False,
            phases=(Phase.generate,),
            suppress_health_check=list(HealthCheck),
        ),
    )


@pytest.mark.django_db
def test_no_sequence_of_steps_shows_a_score_early_or_begins_before_the_budget():
    play(EXAMPLES)


def opened_at_any_time(patch):
    assert hasattr(scoring, "may_open")
    patch.setattr(scoring, "may_open", lambda *_: True)


def begun_without_a_budget(patch):
    assert hasattr(gate, "require_budget")
    patch.setattr(gate, "require_budget", lambda *_: None)


@pytest.mark.parametrize("break_a_rule", [opened_at_any_time, begun_without_a_budget])
@pytest.mark.django_db
def test_the_machine_finds_a_broken_rule(break_a_rule, monkeypatch):
    with connection.cursor() as sql:
        for table in ("judging", "sheet", "award", "proposal"):
            sql.execute(f"ALTER TABLE proposals_{table} DISABLE TRIGGER USER")
    break_a_rule(monkeypatch)
    with pytest.raises((AssertionError, DatabaseError)):
        play(EXAMPLES)
