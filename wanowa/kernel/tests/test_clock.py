"""The time of the platform is the database's, whatever the clock of this machine says."""

from datetime import UTC, datetime, timedelta
from time import monotonic

import pytest
import time_machine
from django.db import OperationalError
from django.utils import timezone

from wanowa.kernel import clock
from wanowa.kernel.clock import Clock, Reading, complaint

TRUE = datetime(2026, 12, 20, 14, 59, 30, tzinfo=UTC)
NEAR = timedelta(seconds=1)


class Database:
    """A database whose clock stands at `TRUE` when it is made, and which can be away."""

    def __init__(self):
        self.began, self.away, self.asked, self.took = monotonic(), False, 0, 0.0

    def read(self):
        self.asked += 1
        if self.away:
            raise OperationalError("away")
        tick = monotonic()
        return Reading(TRUE + timedelta(seconds=tick - self.began), timezone.now(), tick, self.took)


@pytest.fixture
def database(monkeypatch):
    made = Database()
    monkeypatch.setattr(clock, "read", made.read)
    return made


def following(seconds_wrong):
    """Return the clock of a process on a machine that is so much ahead, and the machine's traveller."""
    traveller = time_machine.travel(TRUE + timedelta(seconds=seconds_wrong))
    return Clock(), traveller


@pytest.mark.parametrize("wrong", [-86_400, -120, -6, 0, 6, 120, 86_400])
def test_a_machine_that_is_wrong_lives_by_the_time_of_the_database(database, wrong):
    mine, machine = following(wrong)
    with machine:
        mine.follow()
        assert abs(mine.now() - TRUE) < NEAR
        mine.following = False
        assert abs(mine.now() - TRUE - timedelta(seconds=wrong)) < NEAR


def test_an_earlier_tick_is_an_earlier_time(database):
    mine, machine = following(120)
    with machine:
        mine.follow()
        for follows in (True, False):
            mine.following = follows
            assert abs(mine.now() - mine.at(monotonic() - 20) - timedelta(seconds=20)) < NEAR


def test_the_time_is_asked_for_once_in_a_while(database, monkeypatch):
    mine = Clock()
    mine.follow()
    for _ in range(20):
        mine.now()
    assert database.asked == clock.FIRST
    monkeypatch.setattr(clock, "TRUST", 0.0)
    mine.now()
    assert database.asked == clock.FIRST + 1


def test_a_clock_that_was_set_is_asked_about_at_once(database):
    mine = Clock()
    with time_machine.travel(TRUE) as machine:
        mine.follow()
        machine.shift(120)
        assert mine.known_at(monotonic()) is None
        assert abs(mine.now() - TRUE) < NEAR
        assert database.asked == clock.FIRST + 1
        assert mine.reading.ahead > timedelta(seconds=119)


def test_while_the_database_is_away_the_ticks_go_on(database, monkeypatch):
    mine, machine = following(-120)
    with machine:
        mine.follow()
        database.away = True
        monkeypatch.setattr(clock, "TRUST", 0.0)
        assert abs(mine.now() - TRUE) < NEAR
        assert abs(mine.known_at(monotonic()) - TRUE) < NEAR


def test_what_was_never_read_is_not_known(database):
    database.away = True
    mine = Clock()
    mine.follow()
    assert mine.known_at(monotonic()) is None
    with pytest.raises(OperationalError):
        mine.now()
    database.away = False
    assert abs(mine.now() - TRUE) < NEAR


def test_a_slow_answer_does_not_replace_a_reading_that_holds(database, monkeypatch):
    mine = Clock()
    mine.follow()
    first, database.took = mine.reading, clock.SLOW + 1
    monkeypatch.setattr(clock, "TRUST", 0.0)
    mine.now()
    assert mine.reading is first
    mine.reading = None
    mine.now()
    assert mine.reading.took == database.took


@pytest.mark.django_db
def test_the_database_is_really_asked(django_assert_num_queries):
    with django_assert_num_queries(1):
        found = clock.read()
    assert abs(found.ahead) < timedelta(seconds=5)
    with time_machine.travel(timezone.now() + timedelta(seconds=120)):
        assert abs(clock.read().ahead - timedelta(seconds=120)) < timedelta(seconds=5)


def test_tests_and_commands_do_not_follow():
    assert not clock.platform.following
    with time_machine.travel(TRUE, tick=False):
        assert abs(clock.platform.now() - TRUE) < NEAR


@pytest.mark.parametrize(
    ("ahead", "word"), [(0, ""), (5, ""), (-5, ""), (6, "6秒進んで"), (-120, "120秒おくれて")]
)
def test_an_operator_is_told_in_words(ahead, word):
    said = complaint(timedelta(seconds=ahead))
    assert word in said
    assert bool(said) is bool(word)
