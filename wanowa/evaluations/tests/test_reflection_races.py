"""Two parties at the same moment after the reveal, with real commits: published once, nothing lost, nobody slips in."""

from functools import partial
from threading import Barrier

import pytest
from django.db import transaction

from wanowa.collaborations.models import Draft
from wanowa.collaborations.tests.factories import town
from wanowa.collaborations.tests.test_measures_at_once import outcomes
from wanowa.evaluations.models import Approval, Round, Statement
from wanowa.evaluations.queries.reflecting import open_statement
from wanowa.evaluations.rules.joint import Joint, Part, mark, takes_effect
from wanowa.evaluations.services import approving
from wanowa.evaluations.services.approving import (
    approve,
    offer_statement,
    retract_approval,
    send_statement_back,
)
from wanowa.evaluations.services.continuing import prepare_next
from wanowa.evaluations.services.reflecting import write_together
from wanowa.evaluations.tests.reflecting import TEXT, offered, published, told, wrote
from wanowa.record.queries import history
from wanowa.record.services import verify

pytestmark = pytest.mark.usefixtures("committed")


def test_two_last_consents_at_once_publish_once():
    people = town(3)
    found = told(people)
    statement = offered(found, people)
    done = outcomes(*(partial(approve, found, seen=statement.fingerprint, by=by) for by in people.actors[1:]))
    assert done == ["done", "done"]
    assert Round.objects.get().status == "published"
    assert history(found.collaboration).filter(verb="evaluations.round.published").count() == 1
    assert verify().clean


def test_without_the_lock_nobody_would_publish(monkeypatch):
    """The negative control: each of two last consents sees only its own, and the round stays unpublished."""
    people = town(3)
    found = told(people)
    statement = offered(found, people)
    both = Barrier(2)

    def unlocked(one, by):
        return Round.objects.get(pk=one.pk), one.collaboration, open_statement(one)

    def seen(*arguments):
        both.wait(20)
        return takes_effect(*arguments)

    monkeypatch.setattr(approving, "_to_answer", unlocked)
    monkeypatch.setattr(approving, "takes_effect", seen)
    monkeypatch.setattr(approving, "write", lambda *_a, **_o: history(found.collaboration).last())
    raw = approving.approve.__wrapped__

    def yes(by):
        with transaction.atomic():
            raw(found, seen=statement.fingerprint, by=by)

    assert outcomes(*(lambda by=by: yes(by) for by in people.actors[1:])) == ["done", "done"]
    assert Round.objects.get().status == "revealed"


def test_a_double_click_consents_once_and_a_consent_and_a_return_leave_one_outcome():
    people = town(3)
    found = told(people)
    statement = offered(found, people)
    yes = partial(approve, found, seen=statement.fingerprint, by=people.actors[1])
    assert outcomes(yes, yes) == ["Refused", "done"]
    assert Approval.objects.count() == 2
    last = people.actors[2]
    for number in range(1, 6):
        statement = Statement.objects.get(closed_at=None)
        assert outcomes(
            partial(approve, found, seen=statement.fingerprint, by=last),
            partial(send_statement_back, found, reason="直したい", by=people.actors[0]),
        ) == ["Refused", "done"]
        if Round.objects.get().status == "published":
            break
        revision = wrote(found, people.actors[0], Joint("よい", "むずかしい", f"次{number}"))
        fresh = offer_statement(found, revision=revision, by=people.actors[0])
        approve(found, seen=fresh.fingerprint, by=people.actors[1])
    assert verify().clean


def test_a_consent_never_falls_on_a_text_that_changed_meanwhile():
    people = town(2)
    found = told(people)
    first = offered(found, people)

    def rewrite():
        retract_approval(found, by=people.actors[0])
        revision = wrote(found, people.actors[0], Joint("別", "の", "文"))
        offer_statement(found, revision=revision, by=people.actors[0])

    outcomes(partial(approve, found, seen=first.fingerprint, by=people.actors[1]), rewrite)
    in_force = Statement.objects.filter(in_force_at__isnull=False).first()
    assert in_force is None or in_force.pk == first.pk
    assert verify().clean


def test_two_who_write_at_once_lose_nothing():
    people = town(2)
    found = told(people)
    seen = mark(Joint(), Part.TEXT)
    done = outcomes(
        *(
            partial(write_together, found, part=Part.TEXT, written=text, seen=seen, by=by)
            for by, text in zip(people.actors, (TEXT, Joint("別", "の", "文")), strict=True)
        )
    )
    assert done == ["Conflict", "done"]


def test_the_next_year_is_prepared_once():
    people = town(2)
    found = published(people)
    done = outcomes(*(partial(prepare_next, found, by=by) for by in people.actors))
    assert done == ["Refused", "done"]
    assert Draft.objects.count() == 1
