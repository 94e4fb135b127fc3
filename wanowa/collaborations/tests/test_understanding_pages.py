"""The room, the page of what is understood, and what stands beside the role sheet, as pages answer."""

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from wanowa.collaborations import services
from wanowa.collaborations.models import Message, Question, Restatement
from wanowa.collaborations.queries import draft_of
from wanowa.collaborations.rules import Clause, mark
from wanowa.collaborations.tests import factories as make
from wanowa.parties.models import Party
from wanowa.people.models import User
from wanowa.people.tests.factories import sign_in

pytestmark = pytest.mark.django_db


@pytest.fixture
def two():
    return make.town(2)


@pytest.fixture
def table(two):
    return make.talking(two)


def browser(actor):
    return sign_in(Client(), User.objects.get(pk=actor.person))


def page(table, more):
    return f"/collaborations/{table.slug}/{more}"


def restated(table, by):
    terms = draft_of(table).terms
    seen = mark(terms, Clause.PURPOSE)
    return services.restate_clause(
        table, clause=Clause.PURPOSE, draft=True, seen=seen, body="こう受けとりました", by=by
    )


def test_a_refusal_without_words_keeps_the_question_in_view_and_sends_nothing(table, two):
    asked = services.ask(table, body="費用はだれが出しますか", by=two.actors[0])
    answer = browser(two.actors[1]).post(
        page(table, "room/"), {"body": "", "answers": asked.pk, "reply": "decline"}
    )
    assert answer.status_code == 400
    assert f'name="answers" value="{asked.pk}"' in answer.content.decode()
    assert Question.objects.get().status == "open"


def test_a_question_that_is_gone_is_refused_with_what_was_typed(table, two):
    answer = browser(two.actors[1]).post(
        page(table, "room/"), {"body": "4月からです。", "answers": 999_999, "reply": "answer"}
    )
    assert answer.status_code == 409
    assert "その質問は見つかりません" in answer.content.decode()
    assert "4月からです。" in answer.content.decode()


def test_only_those_at_the_table_can_be_asked(table, two):
    answer = browser(two.actors[0]).post(page(table, "room/"), {"body": "いつですか", "to": "999999"})
    assert answer.status_code == 400
    assert not Message.objects.exists()


def test_a_clause_that_moved_is_shown_anew_and_nothing_typed_is_lost(table, two):
    answer = browser(two.actors[1]).post(
        page(table, "understood/draft-purpose/"), {"body": "5年は続けるのですね", "seen": "f" * 16}
    )
    text = answer.content.decode()
    assert answer.status_code == 409
    assert "この条が変わりました" in text
    assert "5年は続けるのですね" in text
    assert f'name="seen" value="{mark(draft_of(table).terms, Clause.PURPOSE)}"' in text


@pytest.mark.parametrize(
    "about", ["message-0", "message-x", "draft-parties", "agreed-purpose", "x", "draft-"]
)
def test_what_is_not_there_cannot_be_restated(table, two, about):
    assert browser(two.actors[0]).get(page(table, f"understood/{about}/")).status_code == 404


def test_a_difference_that_is_too_long_is_given_back(table, two):
    message = restated(table, two.actors[0])
    answer = browser(two.actors[1]).post(
        page(table, "understood/"), {"reply": "differ", "restatement": message.pk, "body": "あ" * 1001}
    )
    assert answer.status_code == 400
    assert "あ" * 1001 in answer.content.decode()
    assert Restatement.objects.get().status == "waiting"


def test_what_each_is_good_and_bad_at_stands_beside_the_roles_and_leads_to_ones_own(two):
    Party.objects.filter(pk=two.parties[0]).update(good_at="道あるき", hard_for="会計の書類")
    table = make.offered(two).collaboration
    read = {
        "terms/roles/": browser(two.actors[0]).get(page(table, "terms/roles/")),
        "offer/": browser(two.actors[0]).get(page(table, "offer/")),
        "consent/": browser(two.actors[1]).get(page(table, "consent/")),
    }
    slugs = [Party.objects.get(pk=pk).slug for pk in two.parties]
    own, other = (reverse("parties:edit", args=[slug]) for slug in slugs)
    for address, answer in read.items():
        text = answer.content.decode()
        assert answer.status_code == 200, address
        assert "道あるき" in text
        assert "会計の書類" in text
        assert (own in text) is (address != "consent/")
        assert (other in text) is (address == "consent/")
    goals = browser(two.actors[0]).get(page(table, "terms/goals/")).content.decode()
    assert "道あるき" not in goals


def test_the_offer_and_the_consent_say_which_questions_wait(two):
    table = make.offered(two).collaboration
    services.ask(table, body="雨の日は、どうしますか。", by=two.actors[0])
    for actor, address in ((two.actors[0], "offer/"), (two.actors[1], "consent/")):
        text = browser(actor).get(page(table, address)).content.decode()
        assert "答えを待っている質問が、1つあります" in text
        assert "雨の日は、どうしますか。" in text


def test_my_page_says_what_waits_for_the_party_asked_alone(table, two):
    services.ask(table, body="いつですか", to=two.parties[1], by=two.actors[0])
    restated(table, two.actors[0])
    asker, asked = (browser(actor).get("/me/").content.decode() for actor in two.actors)
    assert "答えを待っている質問：" in asked
    assert "受けとりを確かめる：" in asked
    assert "答えを待っている質問：" not in asker
    assert "受けとりを確かめる：" not in asker


def test_both_sides_see_the_same_questions_and_restatements(table, two):
    """G-22a: apart from what each may do next, the pages hold the same words in the same order."""
    services.ask(table, body="いつですか", to=two.parties[1], by=two.actors[0])
    refused = services.ask(table, body="だれですか", by=two.actors[1])
    services.decline_question(refused, reason="言えません", by=two.actors[0])
    services.confirm(restated(table, two.actors[0]), by=two.actors[1])
    sides = [browser(actor) for actor in two.actors]
    rooms = [client.get(page(table, "room/")).context["said"] for client in sides]
    assert rooms[0] == rooms[1] != []
    both = [client.get(page(table, "understood/")).context["confirmed"] for client in sides]
    assert [[one.restatement.message.body for one in side] for side in both] == [["こう受けとりました"]] * 2


def test_pages_cost_the_same_for_two_and_for_twenty(table, two):
    client, counts = browser(two.actors[1]), []
    pages = [page(table, address) for address in ("room/", "understood/", "offer/")]
    for more in (2, 18):
        for _turn in range(more):
            services.ask(table, body="いつですか", by=two.actors[0])
            restated(table, two.actors[0])
            services.confirm(restated(table, two.actors[0]), by=two.actors[1])
        counts.append([cost(client, path) for path in (*pages, "/me/")])
    assert counts[0] == counts[1]


def cost(client, path):
    client.get(path)
    with CaptureQueriesContext(connection) as asked:
        assert client.get(path).status_code == 200
    return len(asked)
