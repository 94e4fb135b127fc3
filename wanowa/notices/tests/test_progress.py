"""What is called to mind in the progress of a collaboration reaches whom it concerns, and nobody else."""

from datetime import UTC, date, datetime

import pytest
import time_machine

from wanowa.collaborations.tests.factories import town
from wanowa.notices.queries import audience
from wanowa.parties.rules import Role
from wanowa.parties.tests.factories import MembershipFactory
from wanowa.people.tests.factories import PersonFactory
from wanowa.progress.tasks import remind
from wanowa.progress.tests import factories as make
from wanowa.progress.verbs import DUE_SOON, OVERDUE, QUIET, UNMEASURED
from wanowa.record.queries import history

pytestmark = pytest.mark.django_db


def test_each_reminder_reaches_whom_it_concerns():
    with time_machine.travel(datetime(2026, 9, 1, 3, tzinfo=UTC)):
        two = town(2)
        coordinator = PersonFactory(is_coordinator=True)
        second = MembershipFactory(party_id=two.parties[0], role=Role.MEMBER).person
        found = make.running(two, due=date(2026, 9, 25))
    for day in (datetime(2026, 9, 24, 3, tzinfo=UTC), datetime(2026, 11, 1, 3, tzinfo=UTC)):
        with time_machine.travel(day, tick=False):
            remind(0)
    mine, others = {two.actors[0].person, second.pk}, {two.actors[1].person}
    expected = {DUE_SOON: mine, OVERDUE: mine, UNMEASURED: mine | others, QUIET: {coordinator.pk}}
    for verb, persons in expected.items():
        (entry,) = history(found).filter(verb=verb.name)
        assert audience(entry) == persons, verb.name
