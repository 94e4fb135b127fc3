"""Sealing: each side alone, all opened in one moment, and what is opened is what was sealed."""

import pytest

from wanowa.collaborations.tests.factories import town
from wanowa.evaluations import queries
from wanowa.evaluations.models import Draft
from wanowa.evaluations.rules import Answer, Status
from wanowa.evaluations.tests.factories import opened, sealed

pytestmark = pytest.mark.django_db


def test_the_last_seal_opens_all_envelopes_in_the_same_moment():
    people = town(3)
    found = opened(people)
    for actor in people.actors[:2]:
        found = sealed(found, actor)
        assert (found.status, queries.revealed(found)) == (Status.OPEN, None)
    found = sealed(found, people.actors[2], choice="unknown", words="まだ決めていません。")
    both = queries.revealed(found)
    assert found.status == Status.REVEALED
    assert [side.party.id for side in both.sides] == sorted(people.parties)
    answers = {side.party.id: side.answers["equality"] for side in both.sides}
    assert answers[people.parties[0]] == Answer(4, "よく話せました。")
    assert answers[people.parties[2]] == Answer(None, "まだ決めていません。")
    assert not Draft.objects.exists()
