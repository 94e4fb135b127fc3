"""Several writers and readers at once, with real commits: chains do not fork, deliveries miss nothing."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier, Event

import pytest
from django.db import IntegrityError, connection, transaction

from wanowa.record.models import Entry, Head
from wanowa.record.queries import after, cursor_of
from wanowa.record.services import verify, writing
from wanowa.record.tests.conftest import known_verbs  # noqa: F401 - a fixture
from wanowa.record.tests.factories import case, offer, tick

pytestmark = pytest.mark.usefixtures("committed")

APPENDS = 150


def at_once(*jobs: Callable[[], object]) -> list[object]:
    """Run jobs in threads with a connection each; return their results."""

    def run(job):
        try:
            return job()
        finally:
            connection.close()

    with ThreadPoolExecutor(len(jobs)) as pool:
        return [done.result() for done in [pool.submit(run, job) for job in jobs]]


def test_two_writers_of_one_case_never_fork_its_chain():
    start = Barrier(2)

    def write_many():
        start.wait()
        for _ in range(APPENDS):
            offer(case())

    at_once(write_many, write_many)
    assert sorted(Entry.objects.values_list("number", flat=True)) == list(range(1, 2 * APPENDS + 1))
    assert verify().clean


def test_writers_who_begin_a_case_together_write_one_chain():
    for pk in range(20):
        start = Barrier(2)

        def begin(pk=pk, start=start):
            start.wait()
            tick(case(pk))

        at_once(begin, begin)
    assert Entry.objects.count() == 40
    assert verify().clean


def test_without_the_lock_two_writers_would_collide(monkeypatch):
    """The negative control: the same race with the lock off."""

    def unlocked(name):
        head = Head.objects.get(case=name)
        together.wait()
        return head

    tick(case())
    together = Barrier(2)
    monkeypatch.setattr(writing, "locked_head", unlocked)

    def collide():
        try:
            tick(case())
        except IntegrityError:
            return "fork"
        return "written"

    assert sorted(at_once(collide, collide)) == ["fork", "written"]


class Race:
    """Two transactions that take their ids in one order and commit in the other, read at each moment.

    `steps` is called after each: nothing committed, the later one committed, both committed.
    """

    def __init__(self, step: Callable[[], object]) -> None:
        self.seen: list[object] = []
        self._step = step
        self._first_wrote, self._second_committed = Event(), Event()

    def run(self) -> list[object]:
        """Return what `step` returned at each moment."""
        at_once(self._first, self._second)
        self.seen.append(self._step())
        return self.seen

    def _first(self) -> None:
        with transaction.atomic():
            tick(case(1))
            self._first_wrote.set()
            assert self._second_committed.wait(20)

    def _second(self) -> None:
        try:
            assert self._first_wrote.wait(20)
            self.seen.append(self._step())
            tick(case(2))
            self.seen.append(self._step())
        finally:
            self._second_committed.set()


def test_a_reader_misses_nothing_when_transactions_commit_out_of_order():
    cursor, read = 0, []

    def step():
        nonlocal cursor
        for entry in after(cursor):
            read.append(entry.case)
            cursor = entry.pk
        return list(read)

    assert Race(step).run() == [[], [], ["auth.group/1", "auth.group/2"]]


def test_a_plain_cursor_over_ids_would_miss_an_entry():
    """The negative control: the same race, read by id alone."""
    cursor, read = 0, []

    def step():
        nonlocal cursor
        for entry in Entry.objects.filter(id__gt=cursor).order_by("id"):
            read.append(entry.case)
            cursor = entry.pk
        return list(read)

    assert Race(step).run()[-1] == ["auth.group/2"]


@pytest.mark.parametrize("prefixes", [(), ("auth",), ("auth.group/1", "auth.group/2"), ("auth", "parties")])
def test_the_cursor_of_pages_grows_with_every_commit_in_whatever_order(prefixes):
    nothing, later, both = Race(lambda: cursor_of(*prefixes)).run()
    assert nothing < later < both


def test_the_largest_id_would_not_tell_that_something_is_new():
    """The negative control: after the second commit the largest id is what it was before."""

    def largest():
        return Head.objects.order_by("-last_id").values_list("last_id", flat=True).first()

    _, later, both = Race(largest).run()
    assert later == both
