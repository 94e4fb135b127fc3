"""What the scheme asks of people on their pages: sheets of reviewers, answers of coordinators."""

from datetime import timedelta

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from wanowa.home.queries import ideas_to_answer, reviews_to_do
from wanowa.kernel.actors import Actor
from wanowa.people.models import User
from wanowa.people.tests.factories import PersonFactory, sign_in
from wanowa.proposals.services import judging as services
from wanowa.proposals.services import seeds
from wanowa.proposals.tests.factories import idea
from wanowa.proposals.tests.judging import LENGTHS, bench, checked, seal

pytestmark = pytest.mark.django_db


def reviews_of(actor):
    return reviews_to_do(User.objects.get(pk=actor.person))


def in_days(number):
    return time_machine.travel(timezone.now() + timedelta(days=number), tick=False)


def test_a_round_waits_for_its_reviewer_until_she_has_sealed_or_stood_back_from_everything():
    made = bench(3, 2)
    me, other = made.reviewers
    assert reviews_of(me) == [], "the check is not over"
    checked(made)
    (todo,) = reviews_of(me)
    assert (todo.title, todo.action) == ("審査する：第1回の募集", "申し出る")
    services.declare(made.round, related=[made.proposals[0].party_id], by=me)
    (todo,) = reviews_of(me)
    assert todo.detail.startswith("あと2件です。")
    assert todo.href == reverse("proposals:reviews")
    seal(made, me, 1)
    assert reviews_of(me)[0].detail.startswith("あと1件です。")
    services.stand_back(made.fresh(2), by=me)
    assert reviews_of(me) == []
    assert len(reviews_of(other)) == 1
    assert reviews_of(made.desk) == []


def test_a_review_is_urgent_at_its_end_and_gone_after_it():
    made = checked(bench(1, 1))
    last = LENGTHS["scoring"][1]
    for day, urgent in ((last - 3, False), (last - 2, True), (last, True)):
        with in_days(day):
            assert [one.urgent for one in reviews_of(made.reviewers[0])] == [urgent], day
    with in_days(last + 1):
        assert reviews_of(made.reviewers[0]) == []


def test_many_rounds_cost_a_reviewer_one_query():
    judge = PersonFactory()
    for proposals in (1, 4, 2):
        checked(bench(proposals, judges=[judge, PersonFactory()]))
    with CaptureQueriesContext(connection) as asked:
        assert len(reviews_to_do(judge)) == 3
    assert len(asked) == 1


def test_an_idea_waits_for_its_coordinator_until_she_has_answered(client):
    desk = PersonFactory(is_coordinator=True)
    seed = idea()
    other = PersonFactory(is_coordinator=True)
    (todo,) = ideas_to_answer(desk)
    assert (todo.title, todo.urgent) == ("返事を待つひとこと提案が、1件あります", False)
    assert ideas_to_answer(other) == []
    assert ideas_to_answer(PersonFactory()) == []
    sign_in(client, desk)
    assert todo.title in client.get(reverse("home:me")).text
    with in_days(30):
        (late,) = ideas_to_answer(desk)
        assert (late.detail, late.urgent) == ("返事をする日をすぎたものが、1件あります。", True)
    seeds.answer(seed, body="やってみましょう。", by=Actor(desk.pk))
    assert ideas_to_answer(desk) == []
