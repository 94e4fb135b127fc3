"""Anything that three parties do with a ledger, in any order: it balances, and only what is confirmed counts."""

import re
from collections import Counter

import pytest
from django.db import connection, transaction
from django.test import Client
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, rule, run_state_machine_as_test

from wanowa.contributions import queries, services
from wanowa.contributions.models import Contribution, Line
from wanowa.contributions.rules import Status, Way
from wanowa.contributions.services import answering
from wanowa.contributions.tests import factories as make
from wanowa.guideline.rules import Resource
from wanowa.kernel.errors import Refused
from wanowa.people.models import User
from wanowa.people.tests.factories import sign_in
from wanowa.record.services import verify

who, place = st.integers(0, 2), st.integers(0, 9)
GIFTS = {
    "hours": lambda first, _second, amount: make.hours(first, amount),
    "gave": lambda first, _second, amount: make.yen(amount, giver=first),
    "spent": lambda _first, _second, amount: make.yen(amount, Way.SPENT),
    "passed": lambda first, second, amount: make.yen(amount, Way.PASSED, giver=first, taker=second),
    "returned": lambda first, _second, amount: make.yen(amount, Way.RETURNED, taker=first),
    "goods": lambda first, _second, amount: make.goods(first, amount),
}


class Ledger(RuleBasedStateMachine):
    """Three parties, one ledger."""

    tally: Counter
    cast: tuple

    @initialize()
    def begin(self):
        self.point = transaction.savepoint_create()
        self.collaboration, people = self.cast
        self.actors = people.actors
        self.sound = True

    def entry(self, at, *, confirmed=False):
        rows = Contribution.objects.filter(collaboration=self.collaboration).order_by("number")
        found = list(rows.filter(status=Status.CONFIRMED) if confirmed else rows)
        return found[at % len(found)] if found else None

    def act(self, name, deed):
        before, self.sound = self.sums(), False
        try:
            with transaction.atomic():
                deed()
                with connection.cursor() as cursor:
                    cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
                    cursor.execute("SET CONSTRAINTS ALL DEFERRED")
            self.tally[name, True] += 1
        except Refused:
            self.tally[name, False] += 1
            assert self.sums() == before, "a refusal changed a sum"
        if name != "confirm":
            assert self.sums() == before, f"{name} changed the sums of what is confirmed"
        self.check()
        self.sound = True

    def sums(self):
        sums = queries.sums_of(self.collaboration)
        things = {(total.party, total.unit): total.amount for total in sums.things}
        return dict(sums.hours), dict(sums.money), things, sums.income, sums.spent

    def check(self):
        rows = Contribution.objects.filter(collaboration=self.collaboration)
        for row in rows.prefetch_related("lines"):
            assert sum(line.amount for line in row.lines.all()) == 0
        counted = Counter()
        for line in Line.objects.filter(contribution__in=rows.filter(status=Status.CONFIRMED)).select_related(
            "contribution"
        ):
            if line.party_id and line.contribution.resource == Resource.MONEY:
                counted[line.party_id] -= line.amount
        assert {party: sum_ for party, sum_ in self.sums()[1].items() if sum_} == {
            party: sum_ for party, sum_ in counted.items() if sum_
        }

    @rule(by=who, first=who, second=who, sort=st.sampled_from(sorted(GIFTS)), amount=st.integers(1, 900))
    def give(self, by, first, second, sort, amount):
        parties = [actor.required_party for actor in self.actors]
        gift = GIFTS[sort](parties[first], parties[second], amount)
        self.act("give", lambda: services.give(self.collaboration, gift, by=self.actors[by]))

    @rule(by=who, at=place)
    def confirm(self, by, at):
        if entry := self.entry(at):
            self.act("confirm", lambda: services.confirm(entry, by=self.actors[by]))

    @rule(by=who, at=place)
    def confirm_more(self, by, at):
        """Confirm twice as often as the rest, so that enough counts to be undone."""
        if entry := self.entry(at):
            self.act("confirm", lambda: services.confirm(entry, by=self.actors[by]))

    @rule(by=who, at=place)
    def dispute(self, by, at):
        if entry := self.entry(at):
            self.act("dispute", lambda: services.dispute(entry, word="ちがう", by=self.actors[by]))

    @rule(by=who, at=place, rightly=st.booleans())
    def withdraw(self, by, at, rightly):
        if entry := self.entry(at):
            writer = next(actor for actor in self.actors if actor.party == entry.party_id)
            actor = writer if rightly else self.actors[by]
            self.act("withdraw", lambda: services.withdraw(entry, by=actor))

    @rule(by=who, at=place, rightly=st.booleans())
    def undo(self, by, at, rightly):
        if entry := self.entry(at, confirmed=rightly):
            self.act("undo", lambda: services.undo(entry, reason="まちがい", by=self.actors[by]))

    def teardown(self):
        if not hasattr(self, "point"):
            return
        if self.sound:
            self.compare()
        transaction.savepoint_rollback(self.point)

    def compare(self):
        """Look at the end at what only shows as a whole: the record, and the pages of two sides."""
        assert verify().clean
        pages = []
        for actor in self.actors[:2]:
            client = sign_in(Client(), User.objects.get(pk=actor.person))
            page = client.get(f"/contributions/{self.collaboration.slug}/entries/").content.decode()
            main = re.sub(r"<form.*?</form>", "", page[page.index("<main") :], flags=re.DOTALL)
            pages.append(re.sub(r"\n\s*\n", "\n", main))
        assert pages[0] == pages[1], "the two sides see different ledgers"


def play(examples):
    machine = type("Machine", (Ledger,), {"cast": make.table(3), "tally": Counter()})
    run_state_machine_as_test(
        machine,
        settings=settings(
            max_examples=examples,
            stateful_step_count=25,
            deadline=None,
            database=None,
            derandomize=True,
            phases=(Phase.generate,),
            suppress_health_check=list(HealthCheck),
        ),
    )
    return machine.tally


@pytest.mark.django_db
def test_whatever_is_done_the_ledger_balances_and_both_sides_see_the_same():
    tally = play(14)
    done = {name for name, was_done in tally if was_done}
    assert done == {"give", "confirm", "dispute", "withdraw", "undo"}, "the machine never got so far"
    assert tally.total() >= 100


@pytest.mark.django_db
def test_the_machine_notices_a_dispute_that_counts(monkeypatch):
    """The negative control: a no that settles like a yes, the guards of the database switched off with it."""
    tables = ("contribution", "answer")
    with connection.cursor() as cursor:
        for table in tables:
            cursor.execute(f"ALTER TABLE contributions_{table} DISABLE TRIGGER USER")
    own = answering.standing

    def counts(asked, said, *, everybody):
        return own(asked, said, everybody=everybody) if said[-1][1] else Status.CONFIRMED

    monkeypatch.setattr(answering, "standing", counts)
    with pytest.raises(AssertionError, match="dispute changed the sums"):
        play(8)
