"""What is found, what stands first, and that it is what a reader of the texts would find."""

import itertools
import random

import pytest
from django.db import connection

from wanowa.kernel.actors import PUBLIC
from wanowa.kernel.text import search_key
from wanowa.search.models import Document
from wanowa.search.queries import Wanted, finding, hits, is_found, meant, read, reader_of
from wanowa.search.queries.conditions import Sql, matches
from wanowa.search.rules import asked, loosened, needed
from wanowa.search.tests.factories import put

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def every_document_is_open(monkeypatch):
    """No app stands behind the documents of these tests: whatever the index shows may be opened."""
    monkeypatch.setattr(finding, "_allowed", lambda actor, rows: {pk for pk, _kind, _key in rows})


def titles(q, **narrowed):
    return [one.title for one in finding.find(Wanted(q=q, **narrowed), reader_of(PUBLIC)).documents]


def exact(q):
    """Return the keys found for the characters alone, as the database answers."""
    condition = matches(asked(q))
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT d.key FROM search_document d WHERE {condition.text}", condition.parameters)
        return {key for (key,) in cursor.fetchall()}


def truth(q):
    """Return the keys of the documents whose folded text has every term: read with Python, without an index."""
    terms = [term.text for term in asked(q).terms]
    rows = Document.objects.values_list("key", "folded")
    return {key for key, folded in rows if all(term in folded for term in terms)}


WRITTEN = (
    ("湧き水のみまもり", "毎月第1土曜に、下新倉の湧き水を調べます。参加費は100円、10人までです。"),
    ("こども食堂", "令和8年4月から。カレー5kgと、ﾎﾞﾗﾝﾃｨｱ3名を集めています。"),
    ("東京都の防災展", "東京都の展示を見に行く会です。水の備え、炊き出し。"),
    ("京都への旅", "渡邉さんと髙橋さんが話します。𠮷野の桜も。"),
    ("自治会の防災訓練", "AEDの使い方。it's \\ & | ! ( ) ' \" : * <b> 100%"),
    ("障がいのある人とスポーツ", "車いすバスケットを、いっしょに。"),
    ("第10回 市民まつり", "100人規模。11月3日（火・祝）\n10時から"),
)


def test_every_substring_of_one_and_more_characters_is_found_and_nothing_else():
    put(*WRITTEN)
    chance = random.Random(5)
    texts = [search_key(f"{title}\n{body}") for title, body in WRITTEN]
    asked_for = {
        run[start : start + length]
        for text in texts
        for run in text.split()
        for start, length in itertools.product(range(len(run)), (1, 2, 3, 7))
    }
    for q in chance.sample(sorted(asked_for), 300):
        assert exact(q) == truth(q) != set(), q


@pytest.mark.parametrize(
    "q",
    [
        *("水", "円", "1", "100", "10人", "5kg", "５ｋｇ", "ｶﾚｰ", "ボランティア", "ぼらんてぃあ", "aed"),
        *("ＡＥＤ", "令和8年", "令和８年", "渡辺", "渡邊", "高橋", "吉野", "100%", "it's", "\\", "'", "&|"),
        *("(火・祝)", "（火・祝）", ":*", "<b>", "防災 訓練", "防災　水"),
    ],
)
def test_how_people_type_it_does_not_matter(q):
    put(*WRITTEN)
    assert exact(q) == truth(q)
    assert q in {"&|", ":*"} or truth(q), q


def test_an_index_that_lacks_single_characters_would_be_noticed():
    put(*WRITTEN)
    with connection.cursor() as cursor:
        cursor.execute("UPDATE search_document SET index = ts_delete(index, ARRAY['水', '円'])")
    assert exact("水") != truth("水")


def test_pieces_alone_would_find_too_much():
    """The comparison character by character is needed: pairs of characters may stand apart."""
    put(("防災と災訓", "訓練"))
    assert needed("防災訓練") == ["防災", "災訓", "訓練"]
    assert exact("防災訓練") == truth("防災訓練") == set()
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT count(*) FROM search_document WHERE index @@ '(''防災''&''災訓''&''訓練'')'::tsquery"
        )
        assert cursor.fetchone() == (1,)


def test_long_texts_are_found_to_their_end():
    put(("長い文", "あいうえお" * 8000 + "さいごの湧水"))
    assert titles("さいごの湧水") == ["長い文"]


def test_a_word_stands_before_the_same_characters_inside_of_another():
    put(
        ("京都の話", ""), ("旅", "京都へ行きます。"), ("東京都の会", "東京都です。"), ("都内", "東京都の中。")
    )
    assert titles("京都") == ["京都の話", "旅", "東京都の会", "都内"]


def test_the_exact_title_first_then_titles_then_texts_and_the_newest_among_equals():
    put("防災の会", ("防災", "x"), ("集まり", "防災をします"), "防災の日", ("古い", "防災の話"))
    assert titles("防災") == ["防災", "防災の日", "防災の会", "古い", "集まり"]


@pytest.mark.parametrize(
    ("q", "title"),
    [
        ("障害", "障がいのある人とスポーツ"), ("障碍", "障がいのある人とスポーツ"), ("子供食堂", "こども食堂"),
        ("車椅子", "障がいのある人とスポーツ"), ("みずべ", None), ("ぼうさい", "自治会の防災訓練"),
        ("bousai", "自治会の防災訓練"), ("shimoniikura", "湧き水のみまもり"), ("しもにいくら", "湧き水のみまもり"),
        ("町内会", "自治会の防災訓練"), ("湧水", "湧き水のみまもり"),
        ("障害のある人のスポーツ", "障がいのある人とスポーツ"), ("防災訓練について", "自治会の防災訓練"),
    ],
)  # fmt: skip
def test_other_ways_of_writing_are_found(q, title):
    put(*WRITTEN)
    found = titles(q)
    assert title in found if title else found == []


def test_where_no_page_has_all_words_some_are_enough_and_it_says_so():
    put(*WRITTEN)
    found = finding.find(Wanted(q="防災 桜"), reader_of(PUBLIC))
    assert found.query.loose
    assert {one.title for one in found.documents} == {"東京都の防災展", "自治会の防災訓練", "京都への旅"}, (
        found.query
    )
    assert not finding.find(Wanted(q="防災 訓練"), reader_of(PUBLIC)).query.loose
    assert is_found(loosened(read("防災 桜")), reader_of(PUBLIC))


@pytest.mark.parametrize(
    ("q", "first"),
    [
        ("下新倉で湧き水を守る活動", "湧き水のみまもり"),
        ("車いすで楽しめるところはありますか", "障がいのある人とスポーツ"),
        ("ぬばたまの京都を旅するガムラン講座", "京都への旅"),
    ],
)
def test_a_sentence_that_stands_nowhere_finds_what_is_near(q, first):
    put(*WRITTEN)
    found = finding.find(Wanted(q=q), reader_of(PUBLIC))
    assert found.documents[0].title == first


def test_words_that_no_page_has_keep_nothing_back_and_words_of_half_the_meaning_are_enough():
    put(*WRITTEN)
    q = "AEDとスポーツの居場所"
    assert "居場所" in {piece.text for piece in loosened(read(q)).telling}
    found = finding.find(Wanted(q=q), reader_of(PUBLIC))
    assert found.query.loose
    assert found.query.is_sentence
    assert [one.title for one in found.documents] == ["障がいのある人とスポーツ", "自治会の防災訓練"]
    assert exact_loosely(q, 1.0) == set(), "a higher share is narrower"


def exact_loosely(q, share):
    """Return the titles of what has a share of the words, as the database answers."""
    condition = matches(loosened(read(q), share))
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT d.title FROM search_document d WHERE {condition.text}", condition.parameters)
        return {title for (title,) in cursor.fetchall()}


@pytest.mark.parametrize(
    ("q", "word"), [("ボランテイア", "ぼらんてぃあ"), ("すぽつ", "すぽ-つ"), ("防栽", "防災")]
)
def test_a_typing_error_is_asked_about(q, word):
    put(*WRITTEN)
    assert word in meant(read(q), reader_of(PUBLIC))


def test_a_word_in_katakana_is_no_ending():
    put(("パソコン教室", ""), ("教室", "ドローンです"))
    assert titles("ドローン教室") == ["教室"]
    assert set(titles("ガムラン教室")) == {"パソコン教室", "教室"}, "some of the words only"
    assert finding.find(Wanted(q="ガムラン教室"), reader_of(PUBLIC)).query.loose


def test_what_was_found_is_never_asked_about():
    put(*WRITTEN)
    assert meant(read("防災"), reader_of(PUBLIC)) == []


def test_the_pieces_of_a_result_follow_each_other_without_gap_or_repetition():
    put(*[(f"防災の会{number % 3}", "防災" * (number % 4)) for number in range(23)], kind="parties")
    reader, after, seen = reader_of(PUBLIC), "", []
    while True:
        found = finding.find(Wanted(q="防災"), reader, after, size=5)
        seen += [one.pk for one in found.documents]
        assert found.total == 23
        if not found.after:
            break
        after = found.after
    whole = finding.find(Wanted(q="防災"), reader, size=30)
    assert seen == [one.pk for one in whole.documents]
    assert len(set(seen)) == 23


def test_counts_are_those_of_the_whole_result_and_narrowing_gives_as_many():
    put(
        ("防災の会", "下新倉の子どもたち"),
        ("防災の話", "本町で"),
        kind="activities",
        fields=("disaster", "town"),
    )
    put(("防災課", "高齢の人へ"), kind="parties")
    found = finding.find(Wanted(q="防災"), reader_of(PUBLIC))
    assert found.total == 3
    assert found.counts["kind"] == {"activities": 2, "parties": 1}
    assert found.counts["field"] == {"disaster": 2, "town": 2}
    assert found.counts["place"] == {"下新倉": 1, "本町": 1}
    assert found.counts["year"] == {"2026": 3}
    assert found.counts["audience"] == {"children": 1, "elderly": 1}
    for name, counts in found.counts.items():
        for value, count in counts.items():
            narrowed = finding.find(Wanted(q="防災", **{name: value}), reader_of(PUBLIC))
            assert (narrowed.total, len(narrowed.documents)) == (count, count)


def test_nothing_typed_reaches_the_statement():
    sql = matches(read("x'); DROP TABLE search_document; --"))
    assert isinstance(sql, Sql)
    assert "DROP" not in sql.text
    assert "drop" not in sql.text


@pytest.mark.parametrize("rows", [2, 20])
def test_a_result_costs_the_same_however_long_it_is(rows, django_assert_num_queries):
    put(*[(f"防災の会{number}", "防災") for number in range(rows)])
    with django_assert_num_queries(5):
        assert len(finding.find(Wanted(q="防災"), reader_of(PUBLIC)).documents) == rows


def test_of_very_many_hits_the_titles_and_the_words_stand_first_and_the_newest_follow(monkeypatch):
    monkeypatch.setattr(hits, "MANY", 10)
    put(
        "京都の話",
        ("旅", "京都へ行きます。"),
        *[(f"東京都の会{number}", "東京都です。") for number in range(40)],
    )
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE search_document")
    found = finding.find(Wanted(q="京都"), reader_of(PUBLIC), size=5)
    assert found.many
    assert [one.title for one in found.documents][:3] == ["京都の話", "旅", "東京都の会39"]
    narrow = finding.find(Wanted(q="旅"), reader_of(PUBLIC))
    assert (narrow.total, narrow.many) == (1, False)
    browsed = finding.find(Wanted(kind="activities"), reader_of(PUBLIC), size=5)
    assert (browsed.total, browsed.many) == (10, True)
