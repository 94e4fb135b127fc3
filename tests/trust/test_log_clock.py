"""The clock: cached pages cost no query, and never outlive a commit."""

import os
from threading import Thread
from time import monotonic, sleep

import pytest
from django.db import connection

from wanowa.record.queries import clock, cursor_of
from wanowa.record.queries.clock import Clock
from wanowa.record.tests.conftest import known_verbs  # noqa: F401 - a fixture
from wanowa.record.tests.factories import case, tick

WAIT = 10.0
"""Seconds after which something that should happen at once counts as not happening."""


def eventually(question) -> bool:
    """Ask until the answer is yes, or too late."""
    end = monotonic() + WAIT
    while not question():
        if monotonic() > end:
            return False
        sleep(0.005)
    return True


@pytest.fixture
def running(committed, monkeypatch):
    """Give a clock of its own with a quick heart, allowed and listening."""
    monkeypatch.setattr(clock, "BEAT", 0.1)
    running = Clock()
    running.allow()
    running.read(["auth"])
    assert eventually(lambda: running.listening)
    yield running
    running.stop()


def elsewhere(job) -> None:
    """Do it in another connection, as another process would."""

    def run():
        try:
            job()
        finally:
            connection.close()

    thread = Thread(target=run)
    thread.start()
    thread.join()


def test_a_page_whose_cases_stand_still_costs_no_query(running, django_assert_num_queries):
    tick(case())
    assert eventually(lambda: running.read(["auth", "auth.group/1"]) and "auth" in running._known)
    eventually(lambda: running.read(["auth", "auth.group/1"]) and len(running._known) == 2)
    with django_assert_num_queries(0):
        assert running.read(["auth", "auth.group/1"]) == running.read(["auth", "auth.group/1"])


def test_a_commit_elsewhere_is_heard(running):
    before = running.read(["auth"])
    elsewhere(lambda: tick(case()))
    assert eventually(lambda: running.read(["auth"]) != before)
    assert running.read(["auth"]) == str(cursor_of("auth"))


def test_an_answer_that_grew_old_while_it_was_fetched_is_not_kept(running, monkeypatch):
    def slow(prefix):
        cursor = cursor_of(prefix)
        running.forget("auth.group/1")
        return cursor

    monkeypatch.setattr(clock, "cursor_of", slow)
    running.forget()
    running.read(["auth"])
    assert running._known == {}


def test_with_the_line_cut_pages_ask_the_database(running, django_assert_num_queries):
    with connection.cursor() as sql:
        sql.execute(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
            " WHERE datname = current_database() AND pid <> pg_backend_pid() AND query LIKE '%%pg_notify%%'"
        )
    assert eventually(lambda: not running.listening)
    assert running._known == {}
    tick(case())
    assert running.read(["auth"]) == str(cursor_of("auth"))
    assert eventually(lambda: running.listening)


def test_memory_counts_only_while_the_heart_beats(running, monkeypatch, django_assert_num_queries):
    running.read(["auth"])
    monkeypatch.setattr(clock, "TRUST", -1.0)
    with django_assert_num_queries(1):
        running.read(["auth"])


def test_memory_does_not_grow_without_end(running, monkeypatch):
    monkeypatch.setattr(clock, "ROOM", 3)
    for pk in range(10):
        running.read([f"auth.group/{pk}"])
    assert len(running._known) <= 3


@pytest.mark.django_db
def test_a_process_that_did_not_ask_gets_the_exact_answer(django_assert_num_queries):
    quiet = Clock()
    with django_assert_num_queries(1):
        assert quiet.read(["auth"]) == "0"
    assert quiet._thread is None


@pytest.mark.django_db
def test_inside_a_transaction_the_answer_is_exact():
    asked = Clock()
    asked.allow()
    tick(case())
    assert asked.read(["auth"]) == str(cursor_of("auth"))
    assert asked._thread is None


def test_a_writer_forgets_at_commit_without_waiting_to_hear(committed, monkeypatch):
    forgotten = []
    monkeypatch.setattr(clock, "forget", lambda *cases: forgotten.extend(cases))
    tick(case(3))
    assert forgotten == ["auth.group/3"]


def test_the_child_of_a_fork_starts_with_no_memory_and_no_thread():
    clock._clock._known["auth"] = 1
    child = os.fork()
    if child == 0:
        os._exit(0 if clock._clock._known == {} and clock._clock._thread is None else 1)
    _, status = os.waitpid(child, 0)
    clock.forget()
    assert status == 0
