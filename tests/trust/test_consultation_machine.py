"""No order of steps leaves a case without an owner, lets somebody act or read who may not, or loses who waits.

Two coordinators, two departments and the person answer, hand over, accept, refuse, leave, come back, end, write again,
and let the clock run; a plain model says what the rules allow. The negative controls break one rule each.
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

from wanowa.consultations import queries, services
from wanowa.consultations.models import Case
from wanowa.consultations.rules import AWAITED, Outcome, Passing, Sight, Status
from wanowa.consultations.services import authority, talking
from wanowa.consultations.tests.factories import brought, department
from wanowa.consultations.verbs import OVERDUE
from wanowa.kernel.actors import PUBLIC, Actor
from wanowa.kernel.errors import Refused
from wanowa.parties.models import Membership
from wanowa.parties.services import end_term, terms
from wanowa.parties.tests.factories import MembershipFactory
from wanowa.people.tests.factories import PersonFactory
from wanowa.record.queries import history

EXAMPLES = 200 if os.environ.get("WANOWA_NIGHT") else 4
A_DAY = timedelta(days=1)
who, office = st.integers(0, 3), st.integers(0, 1)


class LettingNobodyDown(RuleBasedStateMachine):
    """One case, and what must hold after every step."""

    @initialize(tries=office, takes=office, leaves=st.booleans())
    def start(self, tries: int, takes: int, leaves: bool) -> None:
        self.undo = transaction.atomic()
        self.undo.__enter__()
        self.now = timezone.now()
        self.desks = [PersonFactory(is_coordinator=True) for _ in range(2)]
        self.offices = [department() for _ in range(2)]
        self.bosses = [MembershipFactory(party=party).person for party, _by in self.offices]
        self.case = brought()
        self.status, self.owner, self.department = Status.RECEIVED, self.desks[0].pk, None
        self.offers: set[int] = set()
        self.waits = True
        self.present = [True, True]
        self.check()
        if leaves:
            self.answer(0)
            self.the_person_writes()
        self.both_are_asked_one_tries_to_act_one_takes_it_and_leaves(tries, takes, leaves)

    def teardown(self) -> None:
        if hasattr(self, "undo"):
            transaction.set_rollback(True)
            self.undo.__exit__(None, None, None)

    def then(self):
        return time_machine.travel(self.now, tick=False)

    def by(self, at: int) -> Actor:
        """Return one of the two coordinators, or one of the two officers."""
        return Actor(self.desks[at].pk) if at < 2 else self.offices[at - 2][1]

    def holds(self, at: int) -> bool:
        return self.owner == self.by(at).person and (at < 2 or self.present[at - 2])

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

    def check(self) -> None:
        """Compare the row with the model: who holds it until when, and who may read it by what right."""
        with connection.cursor() as cursor:
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
            cursor.execute("SET CONSTRAINTS ALL DEFERRED")
        with self.then():
            now = Case.objects.get(pk=self.case.pk)
            assert (now.status, now.owner_id, now.department_id) == (self.status, self.owner, self.department)
            assert (now.due_on is None) == (self.status == Status.CLOSED)
            assert (now.due in AWAITED) == self.waits
            assert self.status == Status.CLOSED or queries.is_able(now.owner_id, now.department_id)
            assert queries.holder_of(now).pk == self.owner
            waiting = now.handovers.filter(status=Passing.OFFERED)
            assert set(waiting.values_list("to_party_id", flat=True)) == self.offers
            for at in range(4):
                reader = queries.reader_of(self.by(at).person)
                right = queries.sight_of(now, reader) if reader else None
                assert right == self.right(at)
        days = [entry.facts["day"] for entry in history(self.case) if entry.verb == OVERDUE.name]
        assert len(days) == len(set(days))

    def right(self, at: int) -> Sight | None:
        if self.holds(at):
            return Sight.OWNER
        asked = at >= 2 and self.present[at - 2] and self.offices[at - 2][0].pk in self.offers
        return Sight.OFFERED if asked else None

    @rule(at=who)
    def answer(self, at: int) -> None:
        allowed = self.holds(at) and self.status != Status.CLOSED
        if allowed:
            self.status, self.waits = Status.UNDER_WAY, False
        self.step(allowed, lambda: services.answer(self.case, body="返事", by=self.by(at)))

    @rule(at=who)
    def plan(self, at: int) -> None:
        allowed = self.holds(at) and self.status == Status.UNDER_WAY and not self.waits
        self.step(allowed, lambda: services.plan(self.case, next_action="聞く", by=self.by(at)))

    @rule(at=who, to=office)
    def offer(self, at: int, to: int) -> None:
        party = self.offices[to][0]
        allowed = self.holds(at) and self.status != Status.CLOSED and party.pk not in self.offers
        if allowed:
            self.offers.add(party.pk)
        self.step(allowed, lambda: services.offer(self.case, to=[party], reason="わけ", by=self.by(at)))

    def holder(self) -> int | None:
        return next((at for at in range(4) if self.holds(at)), None)

    @precondition(lambda self: self.status != Status.CLOSED and self.holder() is not None)
    @rule(tries=office, takes=office, leaves=st.booleans())
    def both_are_asked_one_tries_to_act_one_takes_it_and_leaves(
        self, tries: int, takes: int, leaves: bool
    ) -> None:
        for to in range(2):
            self.offer(self.holder(), to)
        self.answer(tries + 2)
        self.accept(takes)
        if leaves:
            self.the_officer_leaves(takes)

    def asked(self, to: int):
        return self.case.handovers.filter(to_party=self.offices[to][0]).order_by("-pk").first()

    @precondition(lambda self: self.offers)
    @rule(to=office)
    def accept(self, to: int) -> None:
        party, by = self.offices[to]
        handover = self.asked(to)
        allowed = party.pk in self.offers and self.present[to]
        if handover is None:
            return
        if allowed:
            self.owner, self.department, self.offers = by.person, party.pk, set()
        self.step(allowed, lambda: services.accept(handover, by=by))

    @precondition(lambda self: self.offers)
    @rule(to=office)
    def refuse(self, to: int) -> None:
        party, by = self.offices[to]
        handover = self.asked(to)
        allowed = party.pk in self.offers and self.present[to]
        if handover is None:
            return
        if allowed:
            self.offers.discard(party.pk)
        self.step(allowed, lambda: services.refuse(handover, reason="わけ", by=by))

    @precondition(lambda self: self.offers)
    @rule(at=who, to=office)
    def withdraw(self, at: int, to: int) -> None:
        handover = self.asked(to)
        if handover is None:
            return
        allowed = self.holds(at) and self.offices[to][0].pk in self.offers
        if allowed:
            self.offers.discard(self.offices[to][0].pk)
        self.step(allowed, lambda: services.withdraw(handover, by=self.by(at)))

    @rule(at=who, sure=st.integers(0, 3))
    def close(self, at: int, sure: int) -> None:
        allowed = self.holds(at) and self.status != Status.CLOSED
        if allowed and sure:
            return
        if allowed:
            self.status, self.offers, self.waits = Status.CLOSED, set(), False
        self.step(
            allowed,
            lambda: services.close(self.case, outcome=Outcome.INFORMATION, words="まとめ", by=self.by(at)),
        )

    @rule()
    def the_person_writes(self) -> None:
        self.waits = True
        if self.status == Status.CLOSED:
            self.status = Status.UNDER_WAY
            with self.then():
                if not queries.is_able(self.owner, self.department):
                    self.owner, self.department = self.next_desk(), None
        self.step(True, lambda: services.speak(self.case, body="はい", by=PUBLIC))

    def next_desk(self) -> int:
        """Return to whom the desk gives a case: the first of two coordinators who hold no other one."""
        return self.desks[0].pk

    @rule(to=office)
    def the_officer_leaves(self, to: int) -> None:
        party, by = self.offices[to]
        if not self.present[to]:
            return
        self.present[to] = False
        if self.owner == by.person and self.status != Status.CLOSED:
            self.owner, self.department = self.next_desk(), None
        with self.then():
            term = Membership.objects.filter(party=party, person_id=by.person).latest("pk")
            last = timezone.localdate() - A_DAY
        boss = Actor(self.bosses[to].pk, party.pk)
        self.step(True, lambda: end_term(term, last_day=last, by=boss))

    @rule(to=office)
    def the_officer_comes_back(self, to: int) -> None:
        party, by = self.offices[to]
        if self.present[to]:
            return
        self.present[to] = True
        with self.then():
            today = timezone.localdate()
            Membership.objects.create(party=party, person_id=by.person, role="representative", since=today)
        self.check()

    @rule(days=st.sampled_from((0, 1, 7, 40)))
    def time_passes_and_the_worker_comes_by(self, days: int) -> None:
        self.now += timedelta(days=days, minutes=1)
        for _ in range(2):
            self.step(True, services.settle_owners)
            self.step(True, services.note_overdue)


def play(examples: int) -> None:
    run_state_machine_as_test(
        type("Machine", (LettingNobodyDown,), {}),
        settings=settings(
            max_examples=examples,
            stateful_step_count=12,
            deadline=None,
            database=None,
            derandomize=True,
            print_blob=True,
            report_multiple_bugs=False,
            phases=(Phase.generate,),
            suppress_health_check=list(HealthCheck),
        ),
    )


@pytest.fixture(autouse=True)
def _keys_of_this_test(settings, tmp_path):
    settings.PERSONAL_KEYS = tmp_path / "people"


@pytest.mark.django_db
def test_no_sequence_of_steps_leaves_a_case_without_an_owner():
    play(EXAMPLES)


def nobody_hears_that_she_leaves(patch):
    patch.setattr(terms, "_hooks", [])


def whoever_writes_again_is_overlooked(patch):
    patch.setattr(talking, "_await_answer", lambda _case: None)


def whoever_is_asked_may_act(patch):
    patch.setattr(authority, "HOLDS", frozenset(Sight))


@pytest.mark.parametrize(
    "break_a_rule",
    [nobody_hears_that_she_leaves, whoever_is_asked_may_act, whoever_writes_again_is_overlooked],
)
@pytest.mark.django_db
def test_the_machine_finds_a_broken_rule(break_a_rule, monkeypatch):
    break_a_rule(monkeypatch)
    with pytest.raises((AssertionError, DatabaseError)):
        play(EXAMPLES)
