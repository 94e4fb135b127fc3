"""The index follows the record, is rebuilt while it is used, and forgets at once what is erased."""

import pytest
from django.db import connection
from procrastinate.contrib.django.models import ProcrastinateJob

from wanowa.collaborations import services as table
from wanowa.collaborations.tests.factories import Town, agreed, started
from wanowa.guideline.rules import Kind
from wanowa.kernel.actors import PUBLIC, Actor
from wanowa.parties import services as parties
from wanowa.parties.models import Party
from wanowa.parties.tests.factories import party_with
from wanowa.people.services import erase
from wanowa.record.models import Entry
from wanowa.record.services import writing
from wanowa.search.models import Document, Position, Rebuild, Word
from wanowa.search.queries import Source, Wanted, find, lag, reader_of, sources
from wanowa.search.services import follow, indexing, rebuild, recount, wake
from wanowa.search.tests.factories import put

pytestmark = pytest.mark.django_db


def town():
    return Town(tuple(Actor(people[0].pk, party.pk) for party, people in (party_with(), party_with())))


def quiet(kind, done):
    pass


def found(q, actor=PUBLIC):
    return [one.title for one in find(Wanted(q=q), reader_of(actor)).documents]


def followed():
    """Read the record to its end, entries of this very transaction too."""
    while follow():
        pass


@pytest.fixture(autouse=True)
def entries_of_this_transaction_count(monkeypatch):
    """Read what this test wrote, which stands above the horizon because a test never commits."""
    monkeypatch.setattr(
        indexing, "after", lambda at, limit: list(Entry.objects.filter(pk__gt=at).order_by("pk")[:limit])
    )


def test_what_happens_is_found_afterwards_and_not_before_it_is_public():
    two = town()
    idea = started(two, title="龍笛をつくる会")
    followed()
    mine = Actor(two.actors[0].person)
    assert found("龍笛") == []
    assert found("龍笛", mine) == ["龍笛をつくる会"]
    assert not Word.objects.filter(surface="龍笛").exists(), "words of a hidden page are not learnt"
    table.sit_down(idea, by=two.actors[1])
    followed()
    assert found("龍笛") == ["龍笛をつくる会"]
    assert lag().waiting == 0


def test_a_name_that_changes_changes_in_every_text():
    two = town()
    collaboration = agreed(two)
    followed()
    party = two.actors[0].party
    parties.rename(Party.objects.get(pk=party), parties.Naming(name="あたらしい龍笛の会"), by=two.actors[0])
    followed()
    assert collaboration.title in found("あたらしい龍笛の会")


def test_reading_the_record_again_changes_nothing():
    agreed(town())
    followed()
    before = list(Document.objects.order_by("kind", "key").values_list("kind", "key", "folded", "parties"))
    Position.objects.update(entry=0)
    followed()
    assert (
        list(Document.objects.order_by("kind", "key").values_list("kind", "key", "folded", "parties"))
        == before
    )


def test_following_and_rebuilding_make_the_same_index():
    agreed(town())
    followed()
    columns = ("kind", "key", "title", "folded", "public", "parties", "places", "words", "index")
    rows = Document.objects.filter(kind="collaborations").values_list(*columns)
    before = list(rows)
    assert before
    Document.objects.all().delete()
    rebuild(quiet)
    assert list(rows.all()) == before


def test_a_rebuilding_that_was_stopped_goes_on_and_the_index_is_never_empty(monkeypatch):
    monkeypatch.setattr(indexing, "BATCH", 3)
    party_with(name="龍笛の会")
    for number in range(8):
        party_with(name=f"会{number}")
    rebuild(quiet)
    stale = put("もうないもの", kind="parties", key="999999")
    assert stale

    class Stopped(Exception):
        pass

    def stop(kind, done):
        assert found("龍笛") == ["龍笛の会"], "never an empty moment"
        if kind == "parties" and done >= 3:
            raise Stopped

    with pytest.raises(Stopped):
        rebuild(stop)
    assert Rebuild.objects.filter(kind="parties", finished=False, done__gte=3).exists()
    assert lag().rebuilding
    told = []
    rebuild(lambda kind, done: told.append((kind, done)))
    assert ("parties", 3) not in told, "what was done is not done again"
    assert not Rebuild.objects.exists()
    assert not Document.objects.filter(key="999999").exists(), "what is gone is taken out at the end"


def test_an_erased_person_is_nowhere_in_the_index_at_once():
    _party, (person,) = party_with(kind=Kind.RESIDENT, name="曼荼羅 龍笛子", story="鰻をやく曼荼羅")
    rebuild(quiet)
    assert found("曼荼羅") == ["曼荼羅 龍笛子"]
    erase(person, by=Actor(person.pk))
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM search_document d WHERE d::text ~ '曼荼羅|龍笛子'")
        assert cursor.fetchone() == (0,)
        cursor.execute("SELECT count(*) FROM search_word w WHERE w::text ~ '曼荼羅|龍笛子'")
        assert cursor.fetchone() == (0,)
    followed()
    assert found("曼荼羅") == []


def test_words_that_no_page_has_are_forgotten_with_the_page_and_by_the_nightly_count():
    put(("曼荼羅", "防災"), ("防災", ""))
    assert Word.objects.get(surface="防災").documents == 2
    indexing.forget("activities", ["activities-0-曼荼羅"])
    assert not Word.objects.filter(surface="曼荼羅").exists()
    assert Word.objects.filter(surface="防災").exists()
    Document.objects.all().delete()
    assert recount() == 0


def test_the_worker_is_woken_once_and_only_by_a_commit(django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks() as callbacks:
        started(town())
    woken = [callback for callback in callbacks if callback is writing._wake_followers]
    assert len(woken) == 1, "many entries, one call"
    wake()
    wake()
    assert ProcrastinateJob.objects.filter(task_name="search.follow", status="todo").count() == 1


@pytest.mark.parametrize("kind", ["collaborations", "papers", "activities", "parties", "guideline", "policy"])
def test_every_source_costs_the_same_for_2_rows_and_for_20(kind, django_assert_max_num_queries):
    for _ in range(20):
        party_with()
    source: Source = sources()[kind]
    with django_assert_max_num_queries(5):
        keys = source.keys("", 20)
        list(source.documents(keys))
    with django_assert_max_num_queries(2):
        source.may_be_seen(PUBLIC, keys)


def test_pages_of_the_program_are_read_again_with_another_program():
    followed()
    assert "対等" in found("対等")
    Document.objects.filter(kind="guideline").delete()
    followed()
    assert "対等" not in found("対等")
    Position.objects.update(release="another")
    followed()
    assert "対等" in found("対等")
