"""The same second: two move one task, two enter one day, two correct one number. Real threads, real commits."""

from functools import partial

import pytest

from wanowa.activities.tests.test_races import at_once
from wanowa.collaborations.models import Collaboration
from wanowa.collaborations.tests.factories import town
from wanowa.kernel.actors import SYSTEM
from wanowa.progress import queries, services
from wanowa.progress.models import Measurement, Move
from wanowa.progress.rules import Reading, State
from wanowa.progress.services import moving
from wanowa.progress.tests import factories as make
from wanowa.record.services import verify

pytestmark = pytest.mark.usefixtures("committed")
ROUNDS = 5


def outcomes_of(acts):
    return sorted(type(one).__name__ for one in at_once(*acts))


def both_move(found, two):
    task = make.task_of(found)
    states = (State.DOING, State.DONE)
    return [
        partial(services.move, found, state, task=task.key, seen=task.turn, by=by)
        for state, by in zip(states, two.actors, strict=True)
    ]


def test_of_two_who_move_one_task_one_does():
    two = town(2)
    for _ in range(ROUNDS):
        found = make.running(two)
        assert outcomes_of(both_move(found, two)) == ["Conflict", "NoneType"]
        assert Move.objects.filter(collaboration=found).count() == 1
    assert verify().clean


def test_without_the_lock_the_second_move_breaks_on_the_database(monkeypatch):
    """The negative control: the race is real; the lock turns it into a sentence, the guards keep it from harm."""
    import threading  # noqa: PLC0415 - used once

    two = town(2)
    found, together = make.running(two), threading.Barrier(2)

    def unlocked(collaboration, by, states):
        row = Collaboration.objects.select_related("in_force").get(pk=collaboration.pk)
        return row, row.in_force

    def standing(collaboration, task):
        read = next(one for one in queries.tasks_of(collaboration) if one.key == task)
        together.wait(timeout=10)
        return read

    assert moving.locked_for
    assert moving._standing
    monkeypatch.setattr(moving, "locked_for", unlocked)
    monkeypatch.setattr(moving, "_standing", standing)
    outcomes = outcomes_of(both_move(found, two))
    assert outcomes != ["Conflict", "NoneType"]
    assert Move.objects.filter(collaboration=found).count() == 1


def test_of_two_numbers_for_one_day_one_is_taken():
    two = town(2)
    for _ in range(ROUNDS):
        found = make.running(two)
        acts = [
            partial(make.measured, found, by, value=value) for by, value in zip(two.actors, "23", strict=True)
        ]
        assert outcomes_of(acts) == ["Conflict", "NoneType"]
        assert Measurement.objects.filter(collaboration=found).count() == 1
    assert verify().clean


def test_of_two_corrections_of_one_number_one_is_taken():
    two = town(2)
    for _ in range(ROUNDS):
        row = make.measured(make.running(two), two.actors[0], value="9")
        acts = [
            partial(services.remeasure, row, Reading(row.value - less, row.on), by=by)
            for less, by in enumerate(two.actors, 1)
        ]
        assert outcomes_of(acts) == ["Conflict", "NoneType"]
    assert verify().clean


def test_of_two_workers_one_calls_to_mind():
    two = town(2)
    found = make.running(two, due=make.days_ago(3))
    ((where, reminder),) = queries.to_remind(found)
    acts = [partial(services.remind, where, reminder, by=SYSTEM)] * 2
    assert outcomes_of(acts) == ["NoneType", "Refused"]
    assert verify().clean
