"""Papers are found by their names once they are in force, collaborations in the fields of their parties."""

import pytest

from tests.finding.test_indexing import entries_of_this_transaction_count, followed, found, town  # noqa: F401
from wanowa.collaborations import services as table
from wanowa.collaborations.tests.factories import agreed, started
from wanowa.guideline.rules import Field
from wanowa.kernel.actors import PUBLIC, Actor
from wanowa.parties.models import Party
from wanowa.search.models import Document
from wanowa.search.queries import Wanted, find, reader_of
from wanowa.search.tests.factories import put

pytestmark = pytest.mark.django_db


def shelves(q, actor=PUBLIC):
    """Return the titles of the shelves that somebody finds."""
    documents = find(Wanted(q=q, kind="papers"), reader_of(actor)).documents
    return [one.title for one in documents]


def test_a_paper_is_found_by_its_name_once_all_have_agreed():
    two = town()
    started(two, title="龍笛をつくる会")
    followed()
    assert shelves("協定書") == []
    collaboration = agreed(town())
    followed()
    assert shelves("協定書") == ["書類（協定書）"]
    assert shelves("約束を書いた協定書") == ["書類（協定書）"]
    assert shelves(collaboration.title) == ["書類（協定書）"]
    assert found(collaboration.title)[0] == collaboration.title, "the collaboration stands before its papers"


def test_a_shelf_that_the_index_was_told_too_early_is_not_shown():
    two = town()
    idea = started(two, title="龍笛をつくる会")
    put(("龍笛をつくる会の書類", "協定書"), kind="papers", key=str(idea.pk))
    assert Document.objects.filter(kind="papers", public=True).exists()
    assert shelves("協定書") == shelves("協定書", Actor(two.actors[0].person)) == []


def test_a_collaboration_is_found_in_the_fields_of_those_at_its_table_and_of_nobody_else():
    two, guest = town(), town().actors[0]
    for actor, fields in zip(two.actors, ([Field.NATURE, Field.TOWN], [Field.TOWN]), strict=True):
        Party.objects.filter(pk=actor.party).update(fields=fields)
    Party.objects.filter(pk=guest.party).update(fields=[Field.RIGHTS])
    idea = started(two, title="龍笛をつくる会")
    table.sit_down(idea, by=two.actors[1])
    followed()
    result = find(Wanted(q="龍笛"), reader_of(PUBLIC))
    assert result.counts["field"] == {Field.NATURE: 1, Field.TOWN: 1}
    assert [
        one.title
        for one in find(Wanted(field=Field.NATURE, kind="collaborations"), reader_of(PUBLIC)).documents
    ] == ["龍笛をつくる会"]
