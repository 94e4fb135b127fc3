"""No order of steps opens an envelope too early, twice, or other than it was sealed: a state machine over a round.

Two or three parties propose, agree, write, seal, change goals, end, and let the clock run; a plain model says what the
rules allow. The negative controls break one rule each, and the machine must find it.
"""

import os
from dataclasses import replace
from datetime import timedelta
from types import SimpleNamespace

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

from wanowa.collaborations import services as collaborations
from wanowa.collaborations.rules import Clause, Goal, mark
from wanowa.collaborations.tests.factories import agreed, complete, town
from wanowa.evaluations import queries, services
from wanowa.evaluations.models import Evaluation, Round
from wanowa.evaluations.queries.evidence import evaluations_match_the_record
from wanowa.evaluations.rules import Sketch
from wanowa.evaluations.services import rounds, sealing
from wanowa.evaluations.tests.factories import proposed
from wanowa.guideline.queries import pack
from wanowa.kernel.errors import Refused

EXAMPLES = 400 if os.environ.get("WANOWA_NIGHT") else 8
DAYS = 30
"""From the proposal to the last day."""
place, rightly = st.integers(0, 2), st.sampled_from((True, True, True, False))


class LookingBack(RuleBasedStateMachine):
    """One round after the other in one collaboration, and what must hold after every step."""

    @initialize(count=st.integers(2, 3))
    def start(self, count: int) -> None:
        self.undo = transaction.atomic()
        self.undo.__enter__()
        self.people = town(count)
        self.past = timezone.now() - timedelta(days=400)
        with self.then():
            self.collaboration = agreed(self.people)
        self.status, self.agreed, self.sealed, self.written = "none", set(), {}, {}
        self.number, self.last, self.over = 0, None, False

    def teardown(self) -> None:
        if hasattr(self, "undo"):
            transaction.set_rollback(True)
            self.undo.__exit__(None, None, None)

    def then(self):
        return time_machine.travel(self.past, tick=False)

    def today(self):
        with self.then():
            return timezone.localdate()

    def by(self, at: int):
        return self.people.actors[at % len(self.people.actors)]

    def step(self, allowed: bool, action) -> None:
        """Let the platform act; it must do it exactly when the model allows it."""
        try:
            with self.then(), transaction.atomic():
                action()
            done = True
        except Refused as refusal:
            done, answer = False, str(refusal)
        assert done == allowed, "against the rules" if done else answer
        self.check()

    def found(self) -> Round:
        found = Round.objects.get(number=self.number)
        found.collaboration.refresh_from_db()
        return found

    def check(self) -> None:
        """Compare the rows with the model: who has sealed, what is open, and that it says what was sealed."""
        if not self.number:
            return
        found = self.found()
        assert found.status == self.status
        handed_in = Evaluation.objects.filter(round=found)
        assert {one.party_id for one in handed_in} == set(self.sealed)
        assert all((one.content is None) == (self.status != "revealed") for one in handed_in)
        both = queries.revealed(found)
        assert (both is None) == (self.status != "revealed")
        for side in both.sides if both else ():
            assert side.missing == (side.party.id not in self.sealed)
            assert {answer.words for answer in side.answers.values()} <= {self.sealed.get(side.party.id)}
        assert not list(evaluations_match_the_record())

    @precondition(lambda self: self.status in {"none", "closed", "revealed"})
    @rule()
    def propose(self) -> None:
        self.number += 1
        self.status, self.sealed, self.written = "proposed", {}, {}
        self.agreed, self.last = {self.by(0).party}, self.today() + timedelta(days=DAYS)
        self.collaboration.refresh_from_db()
        with self.then():
            if self.over:
                services.propose(
                    self.collaboration,
                    occasion="end",
                    since=self.today(),
                    until=self.today(),
                    deadline=self.last,
                    by=self.by(0),
                )
            else:
                proposed(self.people, self.collaboration, days=DAYS)
        self.check()

    @precondition(lambda self: self.number)
    @rule(at=place, fresh=rightly)
    def agree(self, at: int, fresh: bool) -> None:
        by, found = self.by(at), self.found()
        allowed = self.status == "proposed" and by.party not in self.agreed and fresh
        allowed = allowed and self.today() <= self.last
        if allowed:
            self.agreed.add(by.party)
            if self.agreed == set(self.people.parties):
                self.status = "open"
        self.step(
            allowed, lambda: services.agree(found, seen=found.fingerprint if fresh else "0" * 64, by=by)
        )

    @precondition(lambda self: self.number)
    @rule(at=place, sure=st.integers(0, 5))
    def close(self, at: int, sure: int) -> None:
        if sure:
            return
        allowed, found = self.status == "proposed", self.found()
        self.status = "closed" if allowed else self.status
        self.step(allowed, lambda: services.close(found, by=self.by(at)))

    @precondition(lambda self: self.status == "proposed")
    @rule()
    def everybody_agrees(self) -> None:
        for at in range(1, len(self.people.actors)):
            self.agree(at, True)

    @precondition(lambda self: self.number)
    @rule(at=place)
    def write(self, at: int) -> None:
        by, found = self.by(at), self.found()
        allowed = self.status == "open" and by.party not in self.sealed and self.today() <= self.last
        words = f"{by.party} in {self.number}"
        if allowed:
            self.written[by.party] = words
        desk = queries.desk_of(found, by)

        def act() -> None:
            for question in found.asked:
                seen = desk.of(question.key).revision
                services.save_draft(found, key=question.key, sketch=Sketch("3", words), seen=seen, by=by)

        self.step(allowed, act)

    @precondition(lambda self: self.number)
    @rule(at=place, fresh=rightly)
    def seal(self, at: int, fresh: bool) -> None:
        by, found = self.by(at), self.found()
        allowed = self.status == "open" and by.party in self.written and by.party not in self.sealed
        allowed = allowed and fresh and self.today() <= self.last
        if allowed:
            self.sealed[by.party] = self.written[by.party]
            if set(self.sealed) == set(self.people.parties):
                self.status = "revealed"
        seen = queries.desk_of(found, by).mark if fresh else "0" * 64
        self.step(allowed, lambda: services.seal(found, seen=seen, by=by))

    @precondition(lambda self: self.status == "open")
    @rule(at=place)
    def somebody_writes_and_seals(self, at: int) -> None:
        self.write(at)
        self.seal(at, True)

    @precondition(lambda self: self.number)
    @rule()
    def the_worker_comes_by(self) -> None:
        allowed, found = self.status == "open" and self.today() > self.last, self.found()
        self.status = "revealed" if allowed else self.status
        self.step(allowed, lambda: services.reveal(found))

    @precondition(lambda self: not self.over)
    @rule()
    def other_goals_are_offered(self) -> None:
        by = self.by(0)

        def act() -> None:
            draft = collaborations.begin_amendment(self.collaboration, by=by)
            text = complete(draft.terms, goals=(Goal("別", 1, "回", "2027-03-31"),))
            seen = mark(draft.terms, Clause.GOALS)
            draft = collaborations.edit(
                self.collaboration, clause=Clause.GOALS, written=text, seen=seen, by=by
            )
            version = collaborations.offer(self.collaboration, revision=draft.revision, by=by)
            collaborations.send_back(self.collaboration, reason="やめます", by=self.by(1))
            collaborations.drop_change(self.collaboration, by=by)
            assert version.number

        self.step(self.status != "open", act)

    @precondition(lambda self: not self.over)
    @rule(sure=st.integers(0, 6))
    def it_ends(self, sure: int) -> None:
        if sure or self.status == "proposed":
            return

        def act() -> None:
            version = collaborations.propose_turn(
                self.collaboration, change="end", reason="区切りです", by=self.by(0)
            )
            for actor in self.people.actors[1:]:
                collaborations.consent(self.collaboration, seen=version.fingerprint, by=actor)

        self.step(True, act)
        self.over = True

    @precondition(lambda self: self.status == "open")
    @rule(at=place)
    def somebody_tries_after_the_last_day(self, at: int) -> None:
        self.write(at)
        self.time_passes(DAYS + 1)
        self.write(at)
        self.seal(at, True)

    @rule(days=st.sampled_from((0, 1, 5, 31)))
    def time_passes(self, days: int) -> None:
        if self.past + timedelta(days=days + 1) < timezone.now():  # beyond that, the database's clock says no
            self.past += timedelta(days=days, minutes=1)


@pytest.fixture(autouse=True)
def _short(monkeypatch):
    """Ask two questions only: what is played are the steps, not the writing."""
    short = replace(pack().yardstick, criteria=pack().yardstick.criteria[-2:])
    monkeypatch.setattr(rounds, "pack", lambda: SimpleNamespace(yardstick=short))


def play(examples: int) -> None:
    run_state_machine_as_test(
        type("Machine", (LookingBack,), {}),
        settings=settings(
            max_examples=examples,
            stateful_step_count=20,
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
def test_no_sequence_of_steps_opens_an_envelope_too_early_or_otherwise_than_sealed():
    play(EXAMPLES)


def opened_at_any_time(patch):
    patch.setattr(sealing, "may_reveal", lambda *_: True)


def late_is_in_time(patch):
    patch.setattr(sealing, "_refuse_after_deadline", lambda *_: None)


@pytest.mark.parametrize("break_a_rule", [opened_at_any_time, late_is_in_time])
@pytest.mark.django_db
def test_the_machine_finds_a_broken_rule(break_a_rule, monkeypatch):
    with connection.cursor() as sql:
        for table in ("round", "evaluation", "draft"):
            sql.execute(f"ALTER TABLE evaluations_{table} DISABLE TRIGGER USER")
    break_a_rule(monkeypatch)
    with pytest.raises((AssertionError, DatabaseError)):
        play(EXAMPLES * 2)
