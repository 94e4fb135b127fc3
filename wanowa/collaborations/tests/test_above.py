"""What an app above can hold back: new goals, at the offer and at each consent, and nothing else of the text."""

from dataclasses import replace

import pytest

from wanowa.collaborations import services
from wanowa.collaborations.models import Draft
from wanowa.collaborations.queries import Step, above, register_obstacle
from wanowa.collaborations.rules import Clause, Goal, mark
from wanowa.collaborations.tests import factories as make
from wanowa.kernel.errors import Refused

pytestmark = pytest.mark.django_db

WAIT = "ふりかえりの途中です。"
OTHER_GOALS = (Goal("観察会をひらく", 12, "回", "2027-03-31"),)


@pytest.fixture
def people():
    return make.town(2)


@pytest.fixture
def held(monkeypatch):
    """Hold new goals back; the list of obstacles is as before afterwards."""
    monkeypatch.setattr(above, "_obstacles", list(above._obstacles))

    def hold():
        register_obstacle(Step.NEW_GOALS, lambda collaboration: WAIT)

    return hold


def _prepared(people, clause, **changed):
    collaboration = make.agreed(people)
    by = people.actors[0]
    draft = services.begin_amendment(collaboration, by=by)
    services.edit(
        collaboration,
        clause=clause,
        written=replace(draft.terms, **changed),
        seen=mark(draft.terms, clause),
        by=by,
    )
    return collaboration, Draft.objects.get(collaboration=collaboration).revision


def test_new_goals_are_not_offered_while_something_comes_before(people, held):
    collaboration, revision = _prepared(people, Clause.GOALS, goals=OTHER_GOALS)
    held()
    with pytest.raises(Refused, match=WAIT):
        services.offer(collaboration, revision=revision, reason="ふやす", by=people.actors[0])


def test_new_goals_that_were_offered_before_wait_at_the_consent(people, held):
    collaboration, revision = _prepared(people, Clause.GOALS, goals=OTHER_GOALS)
    version = services.offer(collaboration, revision=revision, reason="ふやす", by=people.actors[0])
    held()
    with pytest.raises(Refused, match=WAIT):
        services.consent(collaboration, seen=version.fingerprint, by=people.actors[1])


def test_everything_else_can_still_be_changed(people, held):
    collaboration, revision = _prepared(people, Clause.PURPOSE, purpose="湧き水を、となりの町にも伝える。")
    held()
    version = services.offer(collaboration, revision=revision, reason="広げる", by=people.actors[0])
    assert services.consent(collaboration, seen=version.fingerprint, by=people.actors[1]).in_force_at


def test_without_an_obstacle_the_goals_change(people):
    collaboration, revision = _prepared(people, Clause.GOALS, goals=OTHER_GOALS)
    version = services.offer(collaboration, revision=revision, reason="ふやす", by=people.actors[0])
    assert services.consent(collaboration, seen=version.fingerprint, by=people.actors[1]).in_force_at
