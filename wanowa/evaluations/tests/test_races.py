"""Two processes at the same moment: two last seals, and two workers at the deadline. The envelopes open once.

Every round commits for real and starts both processes at a barrier, with a small shift that walks through their
overlap. With the row locks off the same rounds break: both have sealed and nothing opens, or honest people run into
an error of the database.
"""

import multiprocessing
import os
from contextlib import contextmanager
from dataclasses import replace
from datetime import timedelta
from types import SimpleNamespace

import pytest
import time_machine
from django.db import connection
from django.utils import timezone

from wanowa.collaborations.tests.factories import agreed, town
from wanowa.evaluations import queries
from wanowa.evaluations.models import Evaluation, Round
from wanowa.evaluations.rules import Status
from wanowa.evaluations.services import rounds
from wanowa.evaluations.tests.factories import filled, opened
from wanowa.evaluations.tests.racing import Job, racer
from wanowa.evaluations.verbs import REVEALED
from wanowa.guideline.queries import pack
from wanowa.record.queries import history
from wanowa.record.services import verify

pytestmark = pytest.mark.usefixtures("committed")

ROUNDS = 500 if os.environ.get("WANOWA_NIGHT") else 56
CONTROL_ROUNDS = 28
SHIFTS = (0.0, 0.001, 0.002, 0.004, 0.007, 0.011, 0.016)


@pytest.fixture
def people(monkeypatch):
    """Return two parties in a city that asks one question: what is raced is the seal, not the writing."""
    short = replace(pack().yardstick, criteria=[pack().yardstick.criteria[-1]])
    monkeypatch.setattr(rounds, "pack", lambda: SimpleNamespace(yardstick=short))
    return town(2)


@contextmanager
def two_racers(*, unlocked=False):
    """Start two processes; yield what runs a pair of jobs in them at once and returns both results."""
    spawn = multiprocessing.get_context("spawn")
    barrier, pipes, processes = spawn.Barrier(2), [], []
    for _ in range(2):
        ours, theirs = spawn.Pipe()
        arguments = (theirs, barrier, connection.settings_dict["NAME"], unlocked)
        process = spawn.Process(target=racer, args=arguments, daemon=True)
        process.start()
        pipes.append(ours)
        processes.append(process)

    def heard(pipe):
        assert pipe.poll(60), "a racer does not answer"
        return pipe.recv()

    def at_once(*jobs):
        for pipe, job in zip(pipes, jobs, strict=True):
            pipe.send(job)
        return sorted(heard(pipe) for pipe in pipes)

    try:
        assert [heard(pipe) for pipe in pipes] == ["ready", "ready"]
        yield at_once
    finally:
        for pipe in pipes:
            pipe.send(None)
        for process in processes:
            process.join(10)
            if process.is_alive():
                process.kill()


def delays(number):
    """Return how long each side waits: first the one, then the other, by every shift."""
    shift = SHIFTS[number % len(SHIFTS)]
    return (shift, 0.0) if number // len(SHIFTS) % 2 else (0.0, shift)


def race_seals(people, count, *, unlocked=False):
    """Let both parties seal the same round at once, again and again; return the results and the states."""
    collaboration, results, states = agreed(people), [], []
    with two_racers(unlocked=unlocked) as at_once:
        for number in range(count):
            found = opened(people, collaboration)
            for actor in people.actors:
                filled(found, actor)
            jobs = [
                Job(found.pk, actor.person, actor.party, queries.desk_of(found, actor).mark, delay)
                for actor, delay in zip(people.actors, delays(number), strict=True)
            ]
            results.append(at_once(*jobs))
            found.refresh_from_db()
            states.append(found.status)
            if found.status != Status.REVEALED:
                break
    return collaboration, results, states


def test_two_that_seal_at_once_open_the_envelopes_once(people):
    collaboration, results, states = race_seals(people, ROUNDS)
    assert results == [["done", "done"]] * ROUNDS
    assert states == [Status.REVEALED] * ROUNDS
    numbers = [entry.facts["number"] for entry in history(collaboration).filter(verb=REVEALED.name)]
    assert numbers == list(range(1, ROUNDS + 1))
    assert Evaluation.objects.filter(content__isnull=False).count() == 2 * ROUNDS
    assert not verify().problems


def test_without_the_locks_two_that_seal_at_once_would_break(people):
    _collaboration, results, states = race_seals(people, CONTROL_ROUNDS, unlocked=True)
    broken = [result for result in results if result != ["done", "done"]]
    assert broken or Status.OPEN in states, "the control must break, else the race above proves nothing"


def test_two_workers_at_the_deadline_open_the_envelopes_once(people):
    collaboration = agreed(people)
    with two_racers() as at_once:
        for number in range(8):
            with time_machine.travel(timezone.now() - timedelta(days=40)):
                found = opened(people, collaboration)
            early, late = delays(number)
            assert at_once(Job(found.pk, delay=early), Job(found.pk, delay=late)) == ["Refused", "done"]
    assert set(Round.objects.values_list("status", flat=True)) == {Status.REVEALED}
    assert history(collaboration).filter(verb=REVEALED.name).count() == 8
