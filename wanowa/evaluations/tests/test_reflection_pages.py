"""The pages after the reveal: who may read, what they cost, what they say when somebody else was faster."""

import pytest
from django.core.cache import cache
from django.test import Client
from django.urls import reverse

from wanowa.collaborations import services as table
from wanowa.collaborations.models import Draft
from wanowa.collaborations.rules import Change
from wanowa.collaborations.tests.factories import town
from wanowa.evaluations.models import Comment, Reason, Round, Statement, Successor
from wanowa.evaluations.rules.joint import Joint, Part, mark
from wanowa.evaluations.services.approving import offer_statement, send_statement_back
from wanowa.evaluations.services.reflecting import give_reason
from wanowa.evaluations.tests import factories as make
from wanowa.evaluations.tests import reflecting
from wanowa.evaluations.tests.reflecting import TEXT, offered, published, told_without_the_last, wrote
from wanowa.guideline.rules import Kind
from wanowa.parties.models import Party
from wanowa.people.models import User
from wanowa.people.tests.factories import PersonFactory, sign_in
from wanowa.press.reading import faults

pytestmark = pytest.mark.django_db


@pytest.fixture
def people():
    return town(2, (Kind.CITIZEN, Kind.LOCAL))


@pytest.fixture
def told(people):
    return reflecting.told(people)


def signed_in(person):
    return sign_in(Client(), person if isinstance(person, User) else User.objects.get(pk=person))


@pytest.fixture
def browsers(people):
    return [signed_in(actor.person) for actor in people.actors]


def address(found, page="results", *more):
    return reverse(f"evaluations:{page}", args=[found.collaboration.slug, found.number, *more])


def test_before_the_publication_only_the_table_reads(told, browsers, client):
    page = address(told)
    assert client.get(page).status_code == 404
    assert signed_in(PersonFactory(is_staff=True, is_superuser=True)).get(page).status_code == 404
    assert signed_in(PersonFactory(is_coordinator=True)).get(page).status_code == 404
    for browser in browsers:
        answer = browser.get(page)
        assert answer.status_code == 200
        assert "主体1のことば" in answer.text
        assert "主体2のことば" in answer.text


def test_after_it_everybody_reads_and_the_page_is_kept(people, client):
    found = published(people, lesson=True)
    answer = client.get(address(found))
    assert answer.status_code == 200
    for words in ("見方がいちばん分かれたところ", "主体1のことば", TEXT.ahead, "早く話すこと。"):
        assert words in answer.text
    assert answer.cases


def test_the_largest_difference_stands_above_the_others(people, client):
    found = make.opened(people)
    reflecting.sealed(found, people.actors[0], choice="5", words="つよい")
    weak = {found.asked[4].key: "1"}
    found = reflecting.sealed(found, people.actors[1], choice="4", words="よわい", **weak)
    text = signed_in(people.actors[0].person).get(address(found)).text
    first, other = found.asked[4].title, found.asked[0].title
    scores = text[text.index("<table") :]
    assert scores.index(first) < scores.index(other)
    assert "ちがい 4" in scores


def test_a_missing_side_is_shown_honestly(people):
    found = told_without_the_last(people)
    text = signed_in(people.actors[0].person).get(address(found)).text
    name = Party.objects.get(pk=people.parties[1]).name
    assert f"{name}は、未提出です。" in text


@pytest.mark.parametrize("page", ["results", "paper"])
def test_a_page_costs_the_same_for_many_rows(people, page, django_assert_max_num_queries):
    found = published(people)
    costs = []
    for _more in range(2):
        client = Client()
        with django_assert_max_num_queries(16) as spent:
            assert client.get(address(found, page)).status_code == 200
        costs.append(len(spent))
        Comment.objects.bulk_create(
            Comment(
                round=found,
                body="会議",
                text="意見",
                said_on=found.until,
                source="録",
                entered_at=found.revealed_at,
            )
            for _one in range(20)
        )
        cache.clear()
    assert costs[0] == costs[1]


def test_the_results_cost_the_same_for_many_reasons(told, people, browsers, django_assert_max_num_queries):
    costs = []
    for count in (2, 18):
        for _one in range(count):
            give_reason(told, criterion=told.asked[0].key, text="わけ", by=people.actors[0])
        with django_assert_max_num_queries(30) as spent:
            browsers[0].get(address(told))
        costs.append(len(spent))
    assert costs[0] == costs[1]


def test_a_reason_is_typed_and_read_by_the_other_side(told, browsers):
    page = address(told, "why", told.asked[0].key)
    assert browsers[0].post(page, {"text": ""}).status_code == 400
    kept = browsers[0].post(page, {"text": "x" * 1200})
    assert kept.status_code == 400
    assert "x" * 1200 in kept.text
    assert browsers[0].post(page, {"text": "雨が多かった。"}).status_code == 302
    assert "雨が多かった。" in browsers[1].get(address(told)).text
    assert browsers[0].get(address(told, "why", "nothing")).status_code == 404
    assert Reason.objects.count() == 1


def test_the_joint_text_is_written_together_and_the_slower_loses_nothing(told, browsers):
    page = address(told, "write", "text")
    seen = mark(Joint(), Part.TEXT)
    typed = {"well": "よい", "hard": "むずかしい", "ahead": "次", "seen": seen}
    assert browsers[0].post(page, typed).status_code == 302
    slower = browsers[1].post(page, typed | {"well": "わたしの文"})
    assert slower.status_code == 409
    assert "わたしの文" in slower.text
    assert "よい" in slower.text
    assert browsers[0].get(address(told, "write", "nothing")).status_code == 404


def test_an_empty_card_is_proposed_from_what_is_known(told, people, browsers):
    wrote(told, people.actors[0])
    text = browsers[1].get(address(told, "write", "lesson")).text
    assert told.version.terms.title in text
    assert TEXT.hard in text
    answer = browsers[1].post(
        address(told, "write", "lesson"),
        {"title": "題", "summary": "あ" * 301, "seen": mark(TEXT, Part.LESSON)},
    )
    assert answer.status_code == 400
    assert "あ" * 301 in answer.text


def test_two_windows_from_the_joint_text_to_the_publication(told, people, browsers, client):
    wrote(told, people.actors[0])
    page = address(told, "approve")
    assert "このまとめを出す" in browsers[0].get(page).text
    assert browsers[0].post(page, {"answer": "offer", "revision": "1"}).status_code == 302
    waiting = browsers[1].get(page).text
    assert "すぐに公開されます" in waiting
    seen = Statement.objects.get().fingerprint
    assert client.get(address(told)).status_code == 404
    assert browsers[1].post(page, {"answer": "approve", "seen": seen}).status_code == 302
    assert client.get(address(told)).status_code == 200
    assert browsers[1].get(page).status_code == 302
    assert browsers[1].post(page, {"answer": "approve", "seen": seen}).status_code == 409
    assert Round.objects.get().published_at


def test_a_text_that_moved_is_answered_with_the_difference(told, people, browsers):
    first = offered(told, people)
    send_statement_back(told, reason="直したい", by=people.actors[1])
    wrote(
        told, people.actors[0], Joint("よく話せました。", "日程が合いませんでした。", "先に場所を決めます。")
    )
    offer_statement(told, revision=2, by=people.actors[0])
    answer = browsers[1].post(address(told, "approve"), {"answer": "approve", "seen": first.fingerprint})
    assert answer.status_code == 409
    assert "変わったところ" in answer.text
    assert "<ins>" in answer.text


@pytest.mark.parametrize(
    ("typed", "status"),
    [
        ({"answer": "offer", "revision": "x"}, 409),
        ({"answer": "offer", "revision": "99999999999"}, 409),
        ({"answer": "nothing"}, 400),
        ({}, 400),
        ({"answer": "approve", "seen": "x"}, 409),
        ({"answer": "retract"}, 409),
        ({"answer": "send_back", "reason": ""}, 400),
        ({"answer": "approve", "as_party": "9" * 30}, 409),
    ],
)
def test_strange_answers_are_refused_with_a_sentence(told, people, browsers, typed, status):
    wrote(told, people.actors[0])
    answer = browsers[0].post(address(told, "approve"), typed)
    assert answer.status_code == status
    assert 'role="alert"' in answer.text


def test_a_resident_is_asked_about_its_own_words():
    people = town(2, (Kind.CITIZEN, Kind.RESIDENT))
    found = reflecting.told(people)
    offered(found, people)
    page = address(found, "approve")
    question = "わたしの点とことばも、公開してよい"
    assert question in signed_in(people.actors[1].person).get(page).text
    assert question not in signed_in(people.actors[0].person).get(page).text
    seen = Statement.objects.get().fingerprint
    signed_in(people.actors[1].person).post(page, {"answer": "approve", "seen": seen})
    text = Client().get(address(found)).text
    assert "主体2のことば" not in text
    assert "本人が公開をえらんでいない" in text
    signed = Client().get(address(found, "paper"))
    assert signed.status_code == 200


def test_a_body_is_quoted_by_the_desk_alone(people, browsers):
    found = published(people)
    page = address(found, "comment")
    typed = {
        "meeting": "懇話会",
        "said_on": found.until.isoformat(),
        "text": "よい取組です。",
        "source": "会議録",
    }
    assert browsers[0].get(page).status_code == 403
    assert browsers[0].post(page, typed).status_code == 403
    desk = signed_in(PersonFactory(is_coordinator=True))
    wrong = desk.post(page, typed | {"said_on": "きのう"})
    assert wrong.status_code == 400
    assert "よい取組です。" in wrong.text
    assert desk.post(page, typed).status_code == 302
    text = Client().get(address(found)).text
    assert "よい取組です。" in text
    assert "点やまとめは、変わりません。" in text


def test_a_published_evaluation_is_a_sound_paper(people, client):
    found = published(people, lesson=True)
    first, second = (b"".join(client.get(address(found, "paper")).streaming_content) for _again in range(2))
    assert first == second
    assert faults(first) == []


def test_the_next_year_begins_from_the_largest_difference(people, browsers):
    found = published(people)
    page = address(found, "ahead")
    label = browsers[0].get(page).text
    assert "次の内容の下書きを作る" in label
    answer = browsers[0].post(page)
    assert answer.status_code == 302
    terms = Draft.objects.get(collaboration=found.collaboration).terms
    assert found.asked[0].title in terms.schedule
    assert TEXT.ahead in terms.schedule
    before = found.version.terms
    assert terms.starts > before.ends
    again = browsers[1].post(page)
    assert again.status_code == 409
    assert "別の変更を準備しています" in again.text


def test_an_ended_project_goes_on_as_a_new_one_with_the_same_parties_once(people, browsers):
    found = published(people)
    version = table.propose_turn(
        found.collaboration, change=Change.END, reason="年度の終わり", by=people.actors[0]
    )
    table.consent(found.collaboration, seen=version.fingerprint, by=people.actors[1])
    page = address(found, "ahead")
    assert browsers[0].post(page).status_code == 302
    begun = Successor.objects.get().collaboration
    assert begun.continuing_since == 2026
    assert set(begun.participations.values_list("party_id", flat=True)) == set(people.parties)
    assert TEXT.ahead in Draft.objects.get(collaboration=begun).terms.schedule
    assert browsers[1].post(page).status_code == 409
    assert Successor.objects.count() == 1


def test_the_previous_look_back_stands_where_the_change_is_read(people, browsers):
    found = published(people)
    browsers[0].post(address(found, "ahead"))
    draft = Draft.objects.get(collaboration=found.collaboration)
    table.offer(found.collaboration, revision=draft.revision, reason="続けます", by=people.actors[0])
    text = browsers[1].get(reverse("collaborations:consent", args=[found.collaboration.slug])).text
    assert "第1回のふりかえり" in text
    assert TEXT.ahead in text
    assert address(found) in text
