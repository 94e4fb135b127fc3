"""Answers to a measure, redactions and verify in the same moment, with real commits: each counts once."""

from functools import partial
from threading import Barrier

import pytest
from django.db import transaction

from tests.trust.test_log_concurrency import at_once
from wanowa.collaborations import services
from wanowa.collaborations.models import Assent, Measure
from wanowa.collaborations.rules import takes_effect
from wanowa.collaborations.services import measuring
from wanowa.collaborations.tests import factories as make
from wanowa.collaborations.tests.test_measures import propose
from wanowa.kernel.actors import SYSTEM, Actor
from wanowa.kernel.errors import Refused
from wanowa.people import services as people
from wanowa.people.models import User
from wanowa.record import services as record
from wanowa.record.models import Entry, Opening
from wanowa.record.queries import history
from wanowa.record.rules import Ground
from wanowa.record.services import verify


@pytest.fixture
def raced(committed):
    people_there = make.town(3)
    return make.agreed(people_there), people_there


def outcomes(*jobs):
    """Run jobs in the same moment; return what each did: "done", or the name of the refusal."""
    together = Barrier(len(jobs))

    def run(job):
        together.wait(20)
        try:
            job()
        except Refused as refusal:
            return type(refusal).__name__
        return "done"

    return sorted(at_once(*[lambda job=job: run(job) for job in jobs]))


def test_two_parties_that_agree_at_once_settle_it_once(raced):
    collaboration, there = raced
    for target in range(1, 11):
        measure = propose(collaboration, target, there.actors[0])
        assert (
            outcomes(*(partial(services.assent, measure, by=by) for by in there.actors[1:])) == ["done"] * 2
        )
    assert history(collaboration).filter(verb="record.entry.hidden").count() == 10
    assert Measure.objects.filter(settled__isnull=False).count() == 10
    assert verify().clean


def test_a_double_click_counts_once(raced):
    collaboration, there = raced
    measure = propose(collaboration, 1, there.actors[0])
    yes = partial(services.assent, measure, by=there.actors[1])
    assert outcomes(yes, yes) == ["Refused", "done"]
    assert Assent.objects.count() == 2


def test_a_yes_and_a_no_at_once_leave_one_outcome(raced):
    collaboration, there = raced
    for target in range(1, 9):
        measure = propose(collaboration, target, there.actors[0])
        services.assent(measure, by=there.actors[1])
        last = there.actors[2]
        assert outcomes(
            partial(services.assent, measure, by=last), partial(services.reject_measure, measure, by=last)
        ) == ["Refused", "done"]
    assert verify().clean


def test_without_the_lock_two_that_agree_at_once_would_settle_nothing(raced, monkeypatch):
    """The negative control: each sees only its own yes."""
    collaboration, there = raced
    measure = propose(collaboration, 1, there.actors[0])
    both = Barrier(2)

    def unlocked(one, by):
        return Measure.objects.get(pk=one.pk), one.collaboration

    def seen(*arguments):
        both.wait(20)
        return takes_effect(*arguments)

    monkeypatch.setattr(measuring, "_to_answer", unlocked)
    monkeypatch.setattr(measuring, "takes_effect", seen)
    monkeypatch.setattr(measuring, "write", lambda *_a, **_o: history(collaboration).last())
    raw = measuring.assent.__wrapped__

    def yes(by):
        with transaction.atomic():
            raw(measure, by=by)

    assert outcomes(*(lambda by=by: yes(by) for by in there.actors[1:])) == ["done", "done"]
    assert Measure.objects.get().settled is None


def test_a_value_redacted_from_two_sides_at_once_goes_once(raced):
    collaboration, there = raced
    person = User.objects.get(pk=there.actors[0].person)
    mine = Opening.objects.filter(field="actor.person", value=str(person.pk))
    entries = list(mine.values_list("entry", flat=True))
    first = Entry.objects.get(pk=entries[0])

    def one():
        record.redact(collaboration, first.number, "actor.person", ground=Ground.LAW, by=SYSTEM)

    def own():
        people.redact_own(person, entries, by=Actor(person=person.pk))

    done = outcomes(one, own, own)
    assert done in (["Invalid", "Refused", "done"], ["Invalid", "done", "done"], ["Refused", "done", "done"])
    told = Entry.objects.filter(verb="record.value.redacted", case=first.case)
    assert told.filter(facts__target=first.number).count() == 1
    assert told.filter(facts__ground="request").count() in {len(entries), len(entries) - 1}
    assert [problem.kind for problem in verify().problems] in ([], ["alone"])


def test_verifying_while_values_go_sees_a_whole_log(raced):
    collaboration, there = raced
    together, results = Barrier(2), []

    def remove():
        together.wait(20)
        for entry in history(collaboration).filter(verb__startswith="collaborations"):
            for field in entry.commitments:
                record.redact(collaboration, entry.number, field, ground=Ground.REQUEST, by=SYSTEM)

    def look():
        together.wait(20)
        results.extend(verify().problems for _ in range(12))

    at_once(remove, look)
    assert results == [[]] * 12
    assert not Opening.objects.filter(entry__case__startswith="collaborations").exists()
    assert there
