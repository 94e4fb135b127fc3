"""Nothing binds without everybody: a state machine over two to six parties, and proof that it would notice.

CI plays a fixed set of examples (≥ 5,000 steps). `WANOWA_NIGHT=1` plays fresh ones (≥ 100,000 steps); `pytest -s`
prints how many steps of which kind were done and refused.
"""

import os
from collections import Counter

import pytest
from django.db import InternalError, connection
from hypothesis import HealthCheck, Phase, settings
from hypothesis.stateful import run_state_machine_as_test

from tests.trust.consent.machine import Consent2to6, cast
from wanowa.collaborations.services import consenting

NIGHT = bool(os.environ.get("WANOWA_NIGHT"))
NEVER_ALLOWED = {"edit parties", "edit ownership", "propose amend"}
LEAST, EXAMPLES = (100_000, 2_600) if NIGHT else (5_000, 110)


def play(examples, *, fresh=False):
    """Run the machine; return how often each action was done and refused."""
    machine = type("Machine", (Consent2to6,), {"cast": cast(), "tally": Counter()})
    run_state_machine_as_test(
        machine,
        settings=settings(
            max_examples=examples,
            stateful_step_count=40,
            deadline=None,
            database=None,
            derandomize=not fresh,
            print_blob=True,
            phases=(Phase.generate,),  # shrinking takes minutes; the printed blob reproduces a break
            suppress_health_check=list(HealthCheck),
        ),
    )
    return machine.tally


@pytest.mark.django_db
def test_no_sequence_of_actions_binds_anybody_without_consent():
    tally = play(EXAMPLES, fresh=NIGHT)
    for name in sorted({name for name, _done in tally}):
        print(f"{name:22}{tally[name, True]:6} done {tally[name, False]:6} refused")  # noqa: T201 - the proof's numbers
    print(f"{tally.total()} steps, 0 breaks")  # noqa: T201 - same
    assert tally.total() >= LEAST
    never = {name for name, _done in tally if not tally[name, True]} - NEVER_ALLOWED
    assert not never, "the machine never got so far"
