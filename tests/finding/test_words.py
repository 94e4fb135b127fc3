"""The words of the desk, what was looked for in vain, and the pages around them."""

import pytest
from django.urls import reverse

from wanowa.kernel.actors import PUBLIC, Actor
from wanowa.kernel.errors import Conflict, Forbidden, Invalid
from wanowa.people.models import User
from wanowa.people.tests.factories import PersonFactory, sign_in
from wanowa.record.models import Entry
from wanowa.search import queries
from wanowa.search.models import Synonym, Unfound
from wanowa.search.queries import Wanted, find, finding, reader_of
from wanowa.search.rules import may_be_kept
from wanowa.search.services import add_synonyms, note_unfound, remove_synonyms, sift_unfound
from wanowa.search.tests.factories import put

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def every_document_is_open(monkeypatch):
    monkeypatch.setattr(finding, "_allowed", lambda actor, rows: {pk for pk, _kind, _key in rows})


@pytest.fixture
def desk():
    return Actor(PersonFactory(is_coordinator=True).pk)


def titles(q):
    return [one.title for one in find(Wanted(q=q), reader_of(PUBLIC)).documents]


def test_a_word_of_the_desk_finds_at_once_and_no_longer_once_it_is_taken_away(desk):
    put("ガムランの会")
    assert titles("青銅楽器") == []
    group = add_synonyms(["青銅楽器", "ガムラン"], by=desk)
    assert titles("青銅楽器") == ["ガムランの会"]
    remove_synonyms(group.pk, by=desk)
    assert titles("青銅楽器") == []
    assert [
        entry.verb for entry in Entry.objects.filter(case=f"search.synonym/{group.pk}").order_by("number")
    ] == [
        "search.synonym.added",
        "search.synonym.removed",
    ]


def test_others_than_the_desk_add_and_remove_nothing(desk):
    group = add_synonyms(["青銅楽器", "ガムラン"], by=desk)
    for by in (PUBLIC, Actor(PersonFactory().pk)):
        with pytest.raises(Forbidden):
            add_synonyms(["花", "華"], by=by)
        with pytest.raises(Forbidden):
            remove_synonyms(group.pk, by=by)


def test_twice_is_once(desk):
    group = add_synonyms(["青銅楽器", "ガムラン"], by=desk)
    with pytest.raises(Conflict):
        add_synonyms(["ガムラン", "青銅楽器"], by=desk)
    remove_synonyms(group.pk, by=desk)
    with pytest.raises(Conflict):
        remove_synonyms(group.pk, by=desk)
    with pytest.raises(Invalid):
        add_synonyms(["ガムラン", "がむらん"], by=desk)


@pytest.mark.parametrize(
    "typed",
    [
        *("090-1234-5678", "０９０１２３４５６７８", "a@example.jp", "やまださん", "山田 様", "12345"),
        *("https://example.jp", "中央1-2-3 番地", "あ", "あ" * 31, "佐藤くん"),
    ],
)  # fmt: skip
def test_what_may_tell_of_a_person_is_not_kept(typed):
    assert not note_unfound(typed)
    assert not Unfound.objects.exists()


def test_names_are_sifted_out_and_only_what_was_sifted_is_ever_shown():
    for _ in range(5):
        note_unfound("ドローン教室")
        note_unfound("田中太郎")
    assert queries.unfound() == []
    assert sift_unfound() == 1
    assert [one.text for one in queries.unfound()] == ["どろ-ん教室"]


def test_what_was_typed_seldom_is_not_shown():
    for _ in range(4):
        note_unfound("ドローン教室")
    sift_unfound()
    assert queries.unfound() == []
    note_unfound("ドローン教室")
    assert [(one.text, one.count, one.days) for one in queries.unfound()] == [("どろ-ん教室", 5, 1)]


def test_what_is_found_is_not_counted_as_missing():
    put("ドローン教室")
    assert not note_unfound("ドローン")
    assert may_be_kept("どろ-ん")


def test_looking_in_vain_leaves_nothing_until_it_is_sent(client):
    page = client.get(reverse("search:results"), {"q": "ぬばたま"})
    assert page.status_code == 200
    assert "見つかりませんでした" in page.text
    assert not Unfound.objects.exists()
    client.post(reverse("search:missed"), {"q": "ぬばたま", "idempotency_key": "a" * 22})
    client.post(reverse("search:missed"), {"q": "ぬばたま", "idempotency_key": "a" * 22})
    assert Unfound.objects.get().count == 1


@pytest.mark.parametrize(
    "query",
    [
        *("user__email=x", "q=水&q=火", "format=json", "kind__in=x", "after=1", "after=9.9999999.1"),
        *("year=abc", "q=%00", "q=" + "あ" * 101),
    ],
)
def test_what_an_address_may_not_say_is_refused_with_a_sentence(query, client):
    put("水")
    rest = query if query.startswith("q=") else f"q=水&{query}"
    page = client.get(f"{reverse('search:results')}?{rest}")
    assert page.status_code == 400
    assert "さが" in page.text


def test_hits_are_marked_where_they_stand(client):
    put(("ﾎﾞﾗﾝﾃｨｱの会", "毎週土曜に、渡邉さんのボランティアを<b>集めます。"))
    page = client.get(reverse("search:results"), {"q": "ボランティア"}).text
    assert "<mark>ﾎﾞﾗﾝﾃｨｱ</mark>の会" in page
    assert "<mark>ボランティア</mark>を&lt;b&gt;集めます。" in page


@pytest.mark.parametrize("rows", [2, 20])
def test_the_page_costs_the_same_however_much_is_found(rows, client, django_assert_num_queries):
    put(*[(f"防災の会{number}", "下新倉の子ども") for number in range(rows)])
    with django_assert_num_queries(5):
        assert client.get(reverse("search:results"), {"q": "防災"}).status_code == 200


def test_suggestions_are_a_piece_or_a_page(client):
    put("防災訓練の会", "防犯の会")
    page = client.get(reverse("search:suggestions"), {"q": "ぼうさ"})
    piece = client.get(reverse("search:suggestions"), {"q": "ぼうさ"}, headers={"HX-Request": "true"})
    assert "防災" in page.text
    assert "防災" in piece.text
    assert "<html" in page.text
    assert "<html" not in piece.text


def test_a_form_of_the_desk_that_is_refused_keeps_what_was_typed(client, desk):
    sign_in(client, User.objects.get(pk=desk.person))
    page = client.post(reverse("search:unfound"), {"words": "ひとつ だけ", "idempotency_key": "b" * 22})
    assert page.status_code == 400
    assert "ひとつ だけ" in page.text
    assert not Synonym.objects.exists()
