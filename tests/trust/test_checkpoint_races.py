"""Several nodes write while others sign, processes die in the middle: one root a number, no fork, all clean.

CI lets each node write 400 entries into one case; `WANOWA_NIGHT=1` lets it write 3,000.
"""

import os
import subprocess
import sys
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from threading import Barrier

import pytest
from django.conf import settings as django_settings
from django.db import DatabaseError, connection, transaction

from tests.foundation.processes import ROOT, environment
from wanowa.kernel.actors import SYSTEM
from wanowa.record.models import Checkpoint, Entry
from wanowa.record.queries.checkpoints import public_keys
from wanowa.record.rules.notes import linked, read_note
from wanowa.record.services import Halted, checkpoint, checkpoints, introduce_key, verify
from wanowa.record.tests.conftest import known_verbs, own_key  # noqa: F401 - fixtures
from wanowa.record.tests.factories import case, tick

pytestmark = pytest.mark.usefixtures("committed", "own_key")

APPENDS = 3_000 if os.environ.get("WANOWA_NIGHT") else 400
"""Entries that each of two nodes writes into one case."""

NODE = """
import sys
import django; django.setup()
from wanowa.record import verbs
from wanowa.record.tests import factories
for verb in (factories.OFFERED, factories.PAID, factories.SETTLED, factories.TICKED):
    setattr(verbs, verb.name.upper(), verb)
verbs.known.cache_clear()
from django.db import IntegrityError
from wanowa.record.models import Checkpoint, Head
from wanowa.record.services import checkpoint, checkpoints, keys, writing
"""
"""The beginning of a script that is a node of its own on the database of the test."""
APPEND = """
forks = 0
print("ready", flush=True); input()
for _ in range(int(sys.argv[1])):
    try:
        factories.tick(factories.case())
    except IntegrityError:
        forks += 1
print(forks)
"""
UNLOCKED = """
import time
def unlocked(name):
    head = Head.objects.get(case=name)
    time.sleep(0.002)
    return head
assert writing.locked_head
writing.locked_head = unlocked
"""
"""The lock off, with the moment between looking and writing that a busy machine would give by chance."""
SEAL = """
import time
print("ready", flush=True); input()
made = 0
while Head.objects.filter(case="auth.group/1").values_list("number", flat=True).first() != int(sys.argv[1]):
    made += checkpoint() is not None
    time.sleep(0.05)
print(made)
"""


def node(script: str, *arguments: str) -> subprocess.Popen[str]:
    """Start a process of the platform on the database and the key of this test."""
    home = django_settings.HOME
    more = {
        "WANOWA_DATABASE_NAME": connection.settings_dict["NAME"],
        "WANOWA_DATABASE_ROLE": "owner",
        "WANOWA_LOG_KEY": str(django_settings.LOG_KEY),
    }
    return subprocess.Popen(
        [sys.executable, "-c", NODE + script, *arguments],
        env=environment(home, **more),
        cwd=ROOT,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


def together(*nodes: subprocess.Popen[str]) -> list[int]:
    """Let nodes go at the same moment, when all are ready; return what each printed at its end."""
    for one in nodes:
        assert one.stdout.readline() == "ready\n", one.communicate()[1]
    for one in nodes:
        one.stdin.write("\n")
        one.stdin.flush()
    ended = [one.communicate(timeout=900) for one in nodes]
    assert [one.returncode for one in nodes] == [0] * len(nodes), ended
    return [int(out) for out, _error in ended]


def test_two_nodes_never_fork_a_chain_while_others_sign_it():
    tick(case())
    total = str(1 + 2 * APPENDS)
    writers = [node(APPEND, str(APPENDS)) for _ in range(2)]
    signers = [node(SEAL, total) for _ in range(2)]
    forks, other_forks, *made = together(*writers, *signers)
    assert (forks, other_forks) == (0, 0)
    assert Entry.objects.filter(case="auth.group/1").count() == int(total)
    rows = list(Checkpoint.objects.order_by("number"))
    assert len(rows) == sum(made) > 2
    assert linked([read_note(row.note) for row in rows]) is None
    checkpoint()
    assert verify().clean


def test_without_the_lock_two_nodes_would_fork_it():
    """The negative control: the same race with the lock off; the unique index stops what the lock would avoid."""
    tick(case())
    assert sum(together(*(node(UNLOCKED + APPEND, "200") for _ in range(2)))) > 0


def at_once(*jobs: Callable[[], object]) -> list[object]:
    """Run jobs in threads with a connection each; return their results."""

    def run(job):
        try:
            return job()
        finally:
            connection.close()

    with ThreadPoolExecutor(len(jobs)) as pool:
        return [done.result() for done in [pool.submit(run, job) for job in jobs]]


def test_of_two_workers_one_makes_the_checkpoint():
    for number in range(1, 11):
        tick(case(number))
        start = Barrier(2)

        def seal(start=start):
            start.wait()
            made = checkpoint()
            return made and made.number

        assert sorted(at_once(seal, seal), key=str) == [number, None]
    assert verify().clean
    assert len(public_keys()) == 1


def test_without_turns_the_database_still_takes_one_root_a_number(monkeypatch):
    """The negative control: both get as far as storing the same number."""

    @contextmanager
    def no_turns():
        with transaction.atomic():
            yield

    tick(case(1)), checkpoint(), tick(case(1))
    start, sign = Barrier(2), checkpoints._signed

    def slowly(last, state):
        start.wait()
        return sign(last, state)

    monkeypatch.setattr(checkpoints, "one_at_a_time", no_turns)
    monkeypatch.setattr(checkpoints, "_signed", slowly)

    def seal():
        try:
            return checkpoint().number
        except DatabaseError:
            return "refused"

    assert sorted(at_once(seal, seal), key=str) == [2, "refused"]


def test_only_what_is_committed_is_signed():
    tick(case(1)), checkpoint()
    with transaction.atomic():
        tick(case(1))
        assert checkpoint() is None
        transaction.set_rollback(True)
    tick(case(1))
    assert checkpoint().entries == 3


def test_reading_again_goes_over_a_connection_of_its_own():
    with checkpoints._as_committed() as line, line.cursor() as theirs, connection.cursor() as ours:
        theirs.execute("SELECT pg_backend_pid(), current_setting('transaction_isolation')")
        ours.execute("SELECT pg_backend_pid()")
        pid, isolation = theirs.fetchone()
        assert pid != ours.fetchone()[0]
        assert isolation == "repeatable read"


def test_what_was_changed_on_disk_is_not_signed():
    tick(case(1)), checkpoint(), tick(case(1))
    with connection.cursor() as sql:
        sql.execute("ALTER TABLE record_entry DISABLE TRIGGER USER")
        sql.execute("UPDATE record_entry SET party = 99 WHERE number = 2")
    with pytest.raises(Halted):
        checkpoint()
    assert Checkpoint.objects.count() == 1


DIE = """
import os
def die(*ignored, **also): os._exit(9)
"""
CRASHES = {
    "after the key file, before its row": "keys.LogKey.objects.create = die",
    "before signing": "checkpoints._signers = die",
    "after signing": "checkpoints.Checkpoint.objects.create = die",
    "after the checkpoint, before its heads": "checkpoints.CheckpointHead.objects.bulk_create = die",
    "before the commit": """
def late(*all, sign=checkpoints._signed): sign(*all); die()
checkpoints._signed = late""",
}


@pytest.mark.parametrize("crash", CRASHES.values(), ids=CRASHES.keys())
@pytest.mark.parametrize("first", [True, False], ids=["the first", "a later one"])
def test_a_process_that_dies_leaves_no_trace_and_no_second_root(crash, first):
    tick(case(1))
    if not first:
        checkpoint(), tick(case(1))
        introduce_key(by=SYSTEM)
    before = Checkpoint.objects.count()
    act = (
        "checkpoint()"
        if first or "LogKey" not in crash
        else "keys.introduce_key(lost=True, by=factories.SYSTEM)"
    )
    died = node(f"{DIE}{crash}\n{act}")
    _out, error = died.communicate(timeout=60)
    assert (died.returncode, Checkpoint.objects.count()) == (9, before), error
    checkpoint()
    tick(case(1)), checkpoint()
    numbers = list(Checkpoint.objects.order_by("number").values_list("number", flat=True))
    assert numbers == list(range(1, len(numbers) + 1))
    assert verify().clean


def test_a_process_that_dies_before_the_old_key_is_gone_lets_the_next_one_remove_it(own_key):  # noqa: F811 - the fixture
    tick(case(1)), checkpoint()
    introduce_key(by=SYSTEM)
    died = node(f"{DIE}\nkeys.keep_secrets = die\ncheckpoint()")
    died.communicate(timeout=60)
    assert (died.returncode, Checkpoint.objects.count()) == (9, 2)
    assert len(own_key.read_text().split()) == 2
    tick(case(1)), checkpoint()
    assert len(own_key.read_text().split()) == 1
    assert verify().clean
