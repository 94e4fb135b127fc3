"""A round from its draft on never gets stuck and drops nobody: a state machine over the desk and the parties.

After every step the machine asks the services themselves, in a savepoint that is rolled back: from every state that is
reached somebody has a move that leads on, now or when the calendar says so. The negative controls take one way away.
"""

import os
from collections.abc import Callable, Iterator
from datetime import date, datetime, timedelta

import pytest
import time_machine
from django.db import connection, transaction
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
from wanowa.people.tests.factories import PersonFactory
from wanowa.proposals.models import Proposal, Round
from wanowa.proposals.queries import judging as queries
from wanowa.proposals.queries.evidence import proposals_match_the_record
from wanowa.proposals.queries.rounds import apply_end, opens_on
from wanowa.proposals.rules.deadlines import GRACE, deadline
from wanowa.proposals.rules.judging import Finding
from wanowa.proposals.rules.judging import Phase as Judged
from wanowa.proposals.rules.lifecycle import Onward, RoundStatus, Status
from wanowa.proposals.rules.stages import StageKey
from wanowa.proposals.services import judging as services
from wanowa.proposals.services import rounds, submitting, writing
from wanowa.proposals.services.judging import checking
from wanowa.proposals.tests import factories as make
from wanowa.proposals.tests.judging import FINE
from wanowa.proposals.verbs import SENT_ON
from wanowa.record.queries import history

EXAMPLES = 60 if os.environ.get("WANOWA_NIGHT") else 4
MISSING = {**FINE, "papers": Finding(met=False, why="見積書をつけてください。")}
AT = st.sampled_from((0, 1))
ENDED = frozenset({Status.WITHDRAWN, Status.CARRIED, Status.OUTSIDE})

type Act = Callable[[], object]


class Rounds(RuleBasedStateMachine):
    """One round from the draft to the beginning of the scoring, with two parties that may propose."""

    @initialize()
    def start(self) -> None:
        self.undo = transaction.atomic()
        self.undo.__enter__()
        self.now = timezone.now() - timedelta(days=400)
        with self.then():
            self.desk, self.office = make.coordinator(), make.office()
            self.parties = [make.actor(), make.actor()]
            found = rounds.prepare(make.rules(), make.calendar(), by=self.desk)
            self.pk = found.pk
        self.first = self.now
        self.now -= timedelta(days=3)  # the first day of handing in has not come
        self.written: dict[int, int] = {}

    def teardown(self) -> None:
        if hasattr(self, "undo"):
            transaction.set_rollback(True)
            self.undo.__exit__(None, None, None)

    def then(self):
        return time_machine.travel(self.now, tick=False)

    @property
    def round(self) -> Round:
        """The round as it stands."""
        return Round.objects.prefetch_related("stages").get(pk=self.pk)

    def proposal(self, at: int) -> Proposal:
        """Return what a party proposes, as it stands."""
        return Proposal.objects.select_related("round").get(pk=self.written[at])

    def tries(self, act: Act) -> bool:
        """Let somebody act; whether the platform did it."""
        try:
            with self.then(), transaction.atomic():
                act()
        except Refused:
            return False
        finally:
            self.holds()
        return True

    def can(self, act: Act, at: datetime | None = None) -> bool:
        """Whether somebody could act, now or at another moment; nothing is done."""
        try:
            with time_machine.travel(at or self.now, tick=False), transaction.atomic():
                act()
                transaction.set_rollback(True)
        except Refused:
            return False
        return True

    def holds(self) -> None:
        """Hold the invariants: nothing stuck, nobody dropped, nothing early."""
        with self.then():
            self.somebody_has_a_move()
            self.nobody_is_dropped()
            assert not list(proposals_match_the_record())

    def somebody_has_a_move(self) -> None:
        """From here the round goes on: somebody acts, or the days of its calendar pass."""
        found = self.round
        match found.status:
            case RoundStatus.DRAFT:
                with transaction.atomic():
                    rounds.appoint(found, judges(), by=self.desk)
                    assert self.can(lambda: rounds.open_round(found, by=self.desk))
                    transaction.set_rollback(True)
            case RoundStatus.OPEN:
                assert self.can(lambda: rounds.close(found), over(apply_end(found))), (
                    "the round does not close"
                )
            case RoundStatus.JUDGING if queries.begun(found):
                last = over(queries.last_day(found, StageKey.SCORING))
                assert self.can(lambda: services.open_sheets(found), last), "the sheets do not open"
            case RoundStatus.JUDGING:
                assert any(self.can(act) for act in self.moves_of_the_desk(found)), "the round is stuck"

    def moves_of_the_desk(self, found: Round) -> Iterator[Act]:
        """Yield what leads on while the papers are checked; for what is asked for, the stage that ends."""
        for one in found.proposals.order_by("pk"):
            yield lambda one=one: services.check(one, findings=FINE, by=self.desk)
            yield lambda one=one: services.send_on(one, onward=Onward.JUDGE, reason="わけ", by=self.desk)
        yield lambda: services.begin_scoring(found, by=self.desk)
        yield lambda: services.end_unjudged(found, reason="わけ", by=self.desk)
        yield lambda: self.after_the_check(found)

    def after_the_check(self, found: Round) -> None:
        """Begin when the last day to add something is over."""
        with time_machine.travel(over(queries.last_day(found, StageKey.CHECK)), tick=False):
            services.begin_scoring(found, by=self.desk)

    def nobody_is_dropped(self) -> None:
        """Find of everything received a judging, or that its proposer was told where it goes on."""
        found = self.round
        for one in found.proposals.filter(receipt__isnull=False):
            assert (one.status not in {Status.CARRIED, Status.OUTSIDE}) or history(one).filter(
                verb=SENT_ON.name
            ).exists()
            if queries.begun(found) or found.status == RoundStatus.FINISHED:
                assert one.status in queries.JUDGED | ENDED, f"{one.status} was left behind"

    @precondition(lambda self: self.round.status == RoundStatus.DRAFT)
    @rule(number=st.sampled_from((0, 1, 2, 2)))
    def the_round_opens(self, number: int) -> None:
        found = self.round
        self.tries(lambda: rounds.appoint(found, judges(number), by=self.desk))
        assert self.tries(lambda: rounds.open_round(found, by=self.desk)) == (number >= 2)

    @precondition(lambda self: self.round.status in {RoundStatus.OPEN, RoundStatus.JUDGING})
    @rule(number=st.sampled_from((0, 2)))
    def other_people_judge(self, number: int) -> None:
        found = self.round
        allowed = number >= 2 and not queries.begun(found)
        assert (
            self.tries(lambda: rounds.appoint(found, judges(number), reason="病気", by=self.desk)) == allowed
        )

    @precondition(lambda self: self.round.status == RoundStatus.OPEN)
    @rule(at=AT, joined=st.booleans())
    def somebody_hands_in(self, at: int, joined: bool) -> None:
        by, found = self.parties[at], self.round
        if at not in self.written:
            with self.then():
                made = make.written(make.begun(found, by), by)
                if joined:
                    made = make.accompanied(made, by, self.office)
            self.written[at] = made.pk
        with self.then():
            early, read = opens_on(found) is not None, make.seen(self.proposal(at))
        draft = self.proposal(at).status == Status.DRAFT
        done = self.tries(lambda: submitting.submit(self.proposal(at), seen=read, by=by))
        assert done == (draft and not early)

    @precondition(lambda self: self.round.status == RoundStatus.OPEN and not self.written)
    @rule()
    def one_hands_in_with_a_partner_and_one_alone(self) -> None:
        self.the_first_day_comes()
        self.somebody_hands_in(0, True)
        self.somebody_hands_in(1, False)
        self.the_last_day_passes()
        self.the_desk_checks(0, False)

    @precondition(lambda self: self.written)
    @rule(at=AT)
    def a_department_says_yes(self, at: int) -> None:
        if at in self.written:
            one = self.proposal(at)
            self.tries(lambda: make.accompanied(one, self.parties[at], self.office))

    @precondition(lambda self: self.written)
    @rule(at=AT)
    def somebody_takes_it_back(self, at: int) -> None:
        if at in self.written:
            self.tries(lambda: writing.withdraw(self.proposal(at), by=self.parties[at]))

    @precondition(lambda self: self.round.status == RoundStatus.OPEN)
    @rule()
    def the_first_day_comes(self) -> None:
        self.now = max(self.now, self.first)

    @precondition(lambda self: self.round.status == RoundStatus.OPEN)
    @rule()
    def the_last_day_passes(self) -> None:
        found = self.round
        self.now = over(apply_end(found))
        assert self.tries(lambda: rounds.close(found))

    @precondition(lambda self: self.round.status == RoundStatus.JUDGING and self.written)
    @rule(at=AT, missing=st.booleans())
    def the_desk_checks(self, at: int, missing: bool) -> None:
        if at in self.written:
            one = self.proposal(at)
            allowed = one.status == Status.SUBMITTED and not queries.begun(one.round)
            findings = MISSING if missing else FINE
            assert self.tries(lambda: services.check(one, findings=findings, by=self.desk)) == allowed

    @precondition(lambda self: self.round.status == RoundStatus.JUDGING and self.written)
    @rule(at=AT, onward=st.sampled_from(Onward))
    def the_desk_says_where_it_goes_on(self, at: int, onward: Onward) -> None:
        if at in self.written:
            one = self.proposal(at)
            allowed = one.status == Status.MATCHING and not queries.begun(one.round)
            assert (
                self.tries(lambda: services.send_on(one, onward=onward, reason="わけ", by=self.desk))
                == allowed
            )

    @precondition(lambda self: self.round.status == RoundStatus.JUDGING)
    @rule(later=st.booleans())
    def the_scoring_begins(self, later: bool) -> None:
        found = self.round
        if later:
            self.now = max(self.now, deadline(queries.last_day(found, StageKey.CHECK)))
        states = set(found.proposals.filter(receipt__isnull=False).values_list("status", flat=True))
        with self.then():
            is_over = timezone.localdate() > queries.last_day(found, StageKey.CHECK)
        waits = states & {Status.MATCHING, Status.SUBMITTED} or (Status.RETURNED in states and not is_over)
        something = states & {Status.REVIEW, Status.RETURNED}
        allowed = not waits and bool(something) and not queries.begun(found)
        assert self.tries(lambda: services.begin_scoring(found, by=self.desk)) == allowed
        assert not allowed or queries.judging_of(found).phase == Judged.SCORING

    @rule()
    def the_desk_ends_it(self) -> None:
        found = self.round
        allowed = (
            found.status == RoundStatus.JUDGING
            and not queries.left_to_judge(found).exists()
            and not queries.begun(found)
        )
        assert self.tries(lambda: services.end_unjudged(found, reason="わけ", by=self.desk)) == allowed


def over(last: date) -> datetime:
    """Return a moment at which a last day is over, and the grace for what was on its way."""
    return deadline(last) + GRACE + timedelta(seconds=1)


def judges(number: int = 2) -> list[tuple[int, str]]:
    return [(PersonFactory().pk, "学識経験者") for _one in range(number)]


def play(examples: int) -> None:
    run_state_machine_as_test(
        type("Machine", (Rounds,), {}),
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


@pytest.mark.django_db
def test_no_sequence_of_steps_leaves_a_round_stuck_or_a_proposal_behind():
    play(EXAMPLES)


def opened_by_nobody(patch):
    assert rounds.LEAST_REVIEWERS == 2
    patch.setattr(rounds, "LEAST_REVIEWERS", 0)


def begun_over_somebody(patch):
    assert hasattr(checking, "without_a_way_on")
    patch.setattr(checking, "without_a_way_on", lambda _found: None)


@pytest.mark.parametrize("break_a_rule", [opened_by_nobody, begun_over_somebody])
@pytest.mark.django_db
def test_the_machine_finds_a_broken_rule(break_a_rule, monkeypatch):
    with connection.cursor() as sql:
        for table in ("round", "judging", "proposal"):
            sql.execute(f"ALTER TABLE proposals_{table} DISABLE TRIGGER USER")
    break_a_rule(monkeypatch)
    with pytest.raises(AssertionError):
        play(EXAMPLES * 2)
