"""Answers, refusals and withdrawals in the same moment, with real commits: a question is settled once."""

from functools import partial

import pytest

from wanowa.collaborations import services, tasks
from wanowa.collaborations.models import Message, Question, Restatement
from wanowa.collaborations.queries import draft_of
from wanowa.collaborations.queries.understood_on_record import understanding_matches_the_record
from wanowa.collaborations.rules import Clause, mark
from wanowa.collaborations.services import asking
from wanowa.collaborations.tests import factories as make
from wanowa.collaborations.tests.test_measures_at_once import outcomes
from wanowa.record.queries import history

pytestmark = pytest.mark.usefixtures("committed")

SETTLING = (
    "collaborations.room.answered",
    "collaborations.question.declined",
    "collaborations.question.withdrawn",
)


@pytest.fixture
def raced(committed):
    two = make.town(2)
    return make.talking(two), two


def three_ways(message, two):
    asker, asked = two.actors
    return (
        partial(services.answer, message, body="4月です。", by=asked),
        partial(services.decline_question, message, reason="むりです。", by=asked),
        partial(services.withdraw_question, message, by=asker),
    )


def test_answer_refusal_and_withdrawal_at_once_settle_a_question_once(raced):
    table, two = raced
    for _round in range(8):
        message = services.ask(table, body="いつですか。", by=two.actors[0])
        assert outcomes(*three_ways(message, two)) == ["Refused", "Refused", "done"]
        told = history(table).filter(verb__in=SETTLING, facts__question=message.pk)
        assert told.count() == 1
        assert Question.objects.get(pk=message.pk).settled_at == told.get().at
    assert list(understanding_matches_the_record()) == []


def test_a_refusal_sent_twice_counts_once(raced):
    table, two = raced
    message = services.ask(table, body="いつですか。", by=two.actors[0])
    decline = three_ways(message, two)[1]
    assert outcomes(decline, decline) == ["Refused", "done"]
    assert Message.objects.filter(kind="declined").count() == 1


def test_a_yes_and_a_no_at_once_leave_one_outcome(raced):
    table, two = raced
    terms = draft_of(table).terms
    for _round in range(5):
        message = services.restate_clause(
            table,
            clause=Clause.PURPOSE,
            draft=True,
            seen=mark(terms, Clause.PURPOSE),
            body="次の世代のためですね。",
            by=two.actors[0],
        )
        by = two.actors[1]
        done = outcomes(
            partial(services.confirm, message, by=by),
            partial(services.differ, message, body="いいえ。", by=by),
        )
        assert done == ["Refused", "done"]
        assert Restatement.objects.get(pk=message.pk).status in {"confirmed", "different"}
    assert list(understanding_matches_the_record()) == []


def test_two_workers_remind_once(raced):
    table, two = raced
    message = services.ask(table, body="いつですか。", by=two.actors[0])
    Message.objects.filter(pk=message.pk).update(created_at="2026-01-05T00:00:00Z")
    assert outcomes(partial(tasks.remind, 0), partial(tasks.remind, 0)) == ["done", "done"]
    assert history(table).filter(verb="collaborations.question.waits").count() == 1


def test_without_the_locks_a_question_would_be_settled_more_than_once(raced, monkeypatch):
    """The negative control: nobody waits for the others, and the state is looked at too early."""
    table, two = raced
    message = services.ask(table, body="いつですか。", by=two.actors[0])
    early = Question.objects.select_related("message").get(pk=message.pk)

    def unlocked(asked, by):
        return early, table

    monkeypatch.setattr(asking, "_to_settle", unlocked)
    monkeypatch.setattr(asking, "_settle", lambda question, status, told: question)
    done = outcomes(*three_ways(message, two))
    assert done.count("done") > 1
    assert history(table).filter(verb__in=SETTLING, facts__question=message.pk).count() > 1
