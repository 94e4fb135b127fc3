"""Very many hits: known from a fair sample, put in the same order as few, read without gaps; rows stay narrow."""

import random

import pytest
from django.db import connection

from wanowa.kernel.actors import PUBLIC
from wanowa.search.models import Document
from wanowa.search.queries import Wanted, finding, hits, read, reader_of
from wanowa.search.queries.conditions import tiers
from wanowa.search.tests.factories import put

pytestmark = pytest.mark.django_db

BITS = ("京都", "東京都", "の会", "障がい", "障害", "もちつき", "餅つき", "町内会", "自治会", "、", "旅")


@pytest.fixture(autouse=True)
def every_document_is_open(monkeypatch):
    monkeypatch.setattr(finding, "_allowed", lambda actor, rows: {pk for pk, _kind, _key in rows})


def town_of(count):
    """Index texts put together by chance, the same ones every time."""
    chance = random.Random(30)
    put(*[("".join(chance.choices(BITS, k=2)), "".join(chance.choices(BITS, k=6))) for _ in range(count)])


def pages_of(q, size):
    """Return the ids of a whole result, read page by page."""
    found, after = [], ""
    while True:
        page = finding.find(Wanted(q=q), reader_of(PUBLIC), after, size=size)
        found += [one.pk for one in page.documents]
        after = page.after
        if not after:
            return found


def one(statement, parameters=()):
    with connection.cursor() as cursor:
        cursor.execute(statement, parameters)
        return cursor.fetchone()[0]


@pytest.mark.parametrize("often", [False, True])
@pytest.mark.parametrize("q", ["京都", "障害", "餅つき", "町内会", "旅"])
def test_many_hits_come_in_the_same_order_as_few_and_each_of_them_once(q, often, monkeypatch):
    town_of(60)
    few = pages_of(q, 100)
    assert few
    monkeypatch.setattr(hits, "MANY", 1)
    monkeypatch.setattr(hits, "OFTEN", 0 if often else 1)
    assert pages_of(q, 7) == few


def test_of_several_words_the_weakest_one_says_where_a_hit_stands(monkeypatch):
    put(("旅", "京都と自治会"), ("京都", "旅の自治会"), ("京都の自治会", ""), ("自治会", "東京都"))
    monkeypatch.setattr(hits, "MANY", 1)
    found = finding.find(Wanted(q="京都 自治会"), reader_of(PUBLIC))
    assert [document.title for document in found.documents] == ["京都の自治会", "京都", "旅", "自治会"]
    assert [tier.worth for tier in tiers(read("京都 自治会"))] == sorted(
        {tier.worth for tier in tiers(read("京都 自治会"))}, reverse=True
    )


def test_what_a_sample_shows_beyond_doubt_is_not_counted(monkeypatch):
    put(*[(f"防災の会{number}", "") for number in range(20)])
    sees = [reader_of(PUBLIC).sees]
    in_sample = one("SELECT count(*) FROM search_document d WHERE d.index @@ '''n:64'''::tsquery")
    assert hits.measured(read("防災"), sees) == (20, in_sample)
    Document.objects.filter(title__lte="防災の会15").update(index="'防災' 'n:64'")
    sampled = Document.objects.filter(title__lte="防災の会15").count()
    monkeypatch.setattr(hits, "SURE", sampled)
    assert hits.measured(read("防災"), sees).total == hits.MANY + 1
    monkeypatch.setattr(hits, "SURE", 20)
    assert hits.measured(read("防災"), sees).total == 20


def test_samples_are_fair_and_always_the_same():
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT tsvector_to_array(search_sample('activities/' || number)) FROM generate_series(1, 12800) AS number"
        )
        drawn = [set(pieces) for (pieces,) in cursor.fetchall()]
    for one_in, piece in ((8, "n:8"), (64, "n:64"), (512, "n:512")):
        expected = 12800 / one_in
        assert abs(sum(piece in pieces for pieces in drawn) - expected) < 4 * expected**0.5, piece
    assert all("n:8" in pieces for pieces in drawn if "n:64" in pieces)
    assert all("n:64" in pieces for pieces in drawn if "n:512" in pieces)
    put(*[f"防災の会{number}" for number in range(30)])
    every = one(
        "SELECT bool_and(tsvector_to_array(search_sample(kind || '/' || key)) <@ tsvector_to_array(index))"
        " FROM search_document"
    )
    assert every
    assert one("SELECT count(*) FROM search_document WHERE 'n:8' = ANY(tsvector_to_array(index))")


def test_pieces_lie_apart_from_the_row_and_what_is_compared_in_it():
    chance = random.Random(3)
    put(("長い文", "".join(chr(chance.randrange(0x4E00, 0x9FFF)) for _ in range(600))))
    apart = "SELECT pg_column_toast_chunk_id({}) IS NOT NULL FROM search_document"
    kept = {
        column: not one(apart.format(column)) for column in ("index", "body", "folded", "words", "title_key")
    }
    assert kept == {"index": False, "body": False, "folded": True, "words": True, "title_key": True}


def test_numbers_of_a_sample_are_not_shown_as_if_they_were_counted(client, monkeypatch):
    put(*[(f"防災の会{number}", "本町で") for number in range(30)])
    shown = client.get("/search/", {"q": "防災"}).text
    assert '本町 <span class="soft">30</span>' in shown
    monkeypatch.setattr(hits, "MANY", 10)
    monkeypatch.setattr(hits, "SAMPLES", (8, 8, 8))
    shown = client.get("/search/", {"q": "防災"}).text
    assert "10件以上" in shown
    assert "place=%E6%9C%AC%E7%94%BA" in shown
    assert '<span class="soft">' not in shown[shown.index("しぼりこむ") : shown.index('class="found')]


@pytest.mark.parametrize("rows", [12, 40])
def test_many_hits_cost_the_same_however_many(rows, django_assert_num_queries, monkeypatch):
    put(*[(f"防災の会{number}", "") for number in range(rows)])
    monkeypatch.setattr(hits, "MANY", 10)
    with django_assert_num_queries(7):
        assert len(finding.find(Wanted(q="防災"), reader_of(PUBLIC), size=5).documents) == 5
