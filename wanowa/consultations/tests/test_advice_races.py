"""The same second: two people release one wording; somebody rewrites it while another releases. Real commits."""

import pytest

from wanowa.activities.tests.test_races import at_once
from wanowa.consultations import queries, services
from wanowa.consultations.models import Wording
from wanowa.consultations.rules import Stage
from wanowa.consultations.tests.factories import REPLY, answered, reply
from wanowa.kernel.actors import Actor
from wanowa.people.tests.factories import PersonFactory

pytestmark = pytest.mark.usefixtures("committed")


def test_of_two_releases_one_counts_and_what_was_rewritten_meanwhile_is_never_public():
    first, second, third = (Actor(PersonFactory(is_coordinator=True).pk) for _ in range(3))
    case = answered()
    writer = Actor(case.owner_id)
    others = [one for one in (first, second, third) if one != writer]
    advice = services.propose_advice(case, reply(), by=writer)
    wording = advice.wordings.get()
    found = at_once(*(lambda by=by: services.release_advice(wording, by=by) for by in others))
    assert sorted(type(one).__name__ for one in found if isinstance(one, Exception)) == ["Conflict"]
    services.rewrite_advice(advice, reply(answer="古い書きなおし。"), by=writer)
    seen = advice.wordings.get(stage=Stage.PROPOSED)
    at_once(
        lambda: services.rewrite_advice(advice, reply(answer="新しい書きなおし。"), by=writer),
        lambda: services.release_advice(seen, by=others[0]),
    )
    assert Wording.objects.filter(stage=Stage.RELEASED).count() == 1
    assert queries.released().get().answer in {REPLY.answer, "古い書きなおし。"}
