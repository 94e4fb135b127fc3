"""Nothing binds without everybody: a state machine over two to six parties, and proof that it would notice.

CI plays a fixed set of examples (≥ 5,000 steps); `WANOWA_NIGHT=1` plays fresh ones (≥ 100,000 steps). `pytest -s`
prints how often each action was done and refused. A break is not shrunk (that takes minutes): the printed blob
reproduces it. The negative controls break one rule each, guards of the database included, and the machine must
find it.
"""

import os
from collections import Counter

import pytest
from django.db import DatabaseError, connection
from hypothesis import HealthCheck, Phase, settings
from hypothesis.stateful import run_state_machine_as_test

from tests.trust.consent.seldom import Consent
from tests.trust.consent.stage import cast
from wanowa.collaborations.queries import evidence, require_seat
from wanowa.collaborations.rules import fingerprint
from wanowa.collaborations.services import changing, consenting

NIGHT = bool(os.environ.get("WANOWA_NIGHT"))
LEAST, EXAMPLES = (100_000, 3_000) if NIGHT else (5_000, 130)
CONTROL_EXAMPLES = 80
NEVER_ALLOWED = {"edit parties", "edit ownership", "propose amend"}


def play(examples, *, fresh=False):
    """Run the machine; return how often each action was done and refused."""
    machine = type("Machine", (Consent,), {"cast": cast(), "tally": Counter()})
    run_state_machine_as_test(
        machine,
        settings=settings(
            max_examples=examples,
            stateful_step_count=40,
            deadline=None,
            database=None,
            derandomize=not fresh,
            print_blob=True,
            report_multiple_bugs=False,
            phases=(Phase.generate,),
            suppress_health_check=list(HealthCheck),
        ),
    )
    return machine.tally


@pytest.mark.django_db
def test_no_sequence_of_actions_binds_anybody_without_consent():
    tally = play(EXAMPLES, fresh=NIGHT)
    for name in sorted({name for name, _done in tally}):
        print(f"{name:20}{tally[name, True]:6} done {tally[name, False]:6} refused")  # noqa: T201 - the numbers
    print(f"{tally.total()} steps, 0 breaks")  # noqa: T201 - same
    assert tally.total() >= LEAST
    never = {name for name, _done in tally if not tally[name, True]} - NEVER_ALLOWED
    assert not never, "the machine never got so far"


def without_triggers():
    """Take away what the database refuses by trigger."""
    with connection.cursor() as cursor:
        for table in ("version", "consent", "collaboration"):
            cursor.execute(f"ALTER TABLE collaborations_{table} DISABLE TRIGGER USER")


def without_guards():
    """Take away all that the database refuses: triggers, one consent a person, one use of a fingerprint."""
    without_triggers()
    with connection.cursor() as cursor:
        cursor.execute("DROP INDEX consent_one_person_one_party")
        cursor.execute(
            "SELECT conname FROM pg_constraint WHERE conrelid = 'collaborations_version'::regclass"
            " AND contype = 'u' AND conname LIKE '%fingerprint%'"
        )
        for (name,) in cursor.fetchall():
            cursor.execute(f"ALTER TABLE collaborations_version DROP CONSTRAINT {name}")


def nobody_is_awaited(patch):
    patch.setattr(consenting, "awaiting", lambda *_: frozenset())
    patch.setattr(consenting, "two_persons", lambda _: True)


def one_person_is_two(patch):
    patch.setattr(consenting, "two_persons", lambda _: True)


def a_fingerprint_without_its_number(patch):
    for module in (consenting, evidence):
        patch.setattr(module, "fingerprint", lambda pk, _number, *rest: fingerprint(pk, 0, *rest))


def anybody_speaks(patch):
    patch.setattr(consenting, "require", lambda *_: None)


def leavers_are_not_asked(patch):
    patch.setattr(consenting, "concerned", lambda proposed, _bound: frozenset(proposed))


def a_newcomer_acts_for_the_table(patch):
    patch.setattr(changing, "require_own_seat", require_seat)


@pytest.mark.parametrize(
    "break_a_rule",
    [
        nobody_is_awaited,
        one_person_is_two,
        a_fingerprint_without_its_number,
        anybody_speaks,
        leavers_are_not_asked,
        a_newcomer_acts_for_the_table,
    ],
)
@pytest.mark.django_db
def test_the_machine_finds_a_broken_rule(break_a_rule, monkeypatch):
    without_guards()
    break_a_rule(monkeypatch)
    with pytest.raises((AssertionError, DatabaseError)):
        play(CONTROL_EXAMPLES)


@pytest.mark.django_db
def test_the_machine_finds_nothing_when_only_the_triggers_are_off():
    """The control of the controls: the services keep the rules without triggers, which are a second line.

    That one person does not consent twice is not in this: services leave it to the unique index.
    """
    without_triggers()
    assert play(20).total()
