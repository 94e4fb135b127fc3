"""The pages before the reveal: proposing, agreeing, filling in one after the other, sealing, waiting."""

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from wanowa.collaborations.tests.factories import agreed, town
from wanowa.evaluations import queries, services
from wanowa.evaluations.models import Draft, Round
from wanowa.evaluations.rules import Sketch, Status
from wanowa.evaluations.tests.factories import filled, opened, proposed, sealed
from wanowa.kernel.actors import Actor
from wanowa.parties.tests.factories import MembershipFactory
from wanowa.people.models import Draft as Kept
from wanowa.people.models import User
from wanowa.people.tests.factories import sign_in

pytestmark = pytest.mark.django_db


@pytest.fixture
def people():
    return town()


def browser(actor):
    client = Client()
    sign_in(client, User.objects.get(pk=actor.person))
    return client


def at(name, found, *more):
    return reverse(f"evaluations:{name}", args=[found.collaboration.slug, found.number, *more])


def test_a_round_is_proposed_agreed_to_filled_in_and_sealed_on_pages_alone(people):
    collaboration = agreed(people)
    first, second = (browser(actor) for actor in people.actors)
    rounds = reverse("evaluations:rounds", args=[collaboration.slug])
    page = first.get(rounds)
    typed = {name: page.context["form"][name].value() for name in ("since", "until", "deadline")}
    assert first.post(rounds, typed | {"occasion": "midterm"}).status_code == 302
    found = Round.objects.get()
    answer = {"answer": "agree", "seen": second.get(at("round", found)).context["round"].fingerprint}
    assert second.post(at("round", found), answer).status_code == 302
    for client in (first, second):
        address = client.get(at("desk", found)).context["next"]
        while address is not None:
            client.post(at("answer", found, address.key), {"choice": "5", "words": "よかった", "seen": "0"})
            address = client.get(at("desk", found)).context["next"]
        seen = client.get(at("seal", found)).context["seen"]
        assert client.post(at("seal", found), {"seen": seen}).status_code == 302
    found.refresh_from_db()
    assert found.status == Status.REVEALED
    assert {one.score for side in queries.revealed(found).sides for one in side.answers.values()} == {5}


def test_what_is_typed_is_kept_in_the_envelope_of_the_party_and_nowhere_else(people):
    found = opened(people)
    client = browser(people.actors[0])
    page = client.get(at("answer", found, "equality"))
    assert f'data-draft-to="{at("draft", found, "equality")}"' in page.text
    kept = client.post(at("draft", found, "equality"), {"choice": "", "words": "書きかけ", "seen": "0"})
    assert (kept.status_code, kept["Draft-Seen"]) == (204, "1")
    assert not Kept.objects.exists()
    assert "書きかけ" in client.get(at("answer", found, "equality")).text
    assert "書きかけ" not in browser(people.actors[1]).get(at("answer", found, "equality")).text
    assert Draft.objects.get().revision == 1


@pytest.mark.parametrize(
    ("typed", "status"),
    [
        ({"choice": "9", "words": "", "seen": "0"}, 400),
        ({"choice": "1", "words": "あ" * 1001, "seen": "0"}, 400),
        ({"choice": "1", "words": "", "seen": "7"}, 409),
        ({"choice": "1", "words": "", "seen": "x" * 40}, 204),
    ],
)
def test_a_draft_that_cannot_be_kept_is_refused_with_a_sentence(people, typed, status):
    found = opened(people)
    assert browser(people.actors[0]).post(at("draft", found, "equality"), typed).status_code == status


def test_an_answer_without_a_choice_loses_nothing_typed(people):
    found = opened(people)
    client = browser(people.actors[0])
    for typed in ({"words": "だいじなことば", "seen": "0"}, {"choice": "unknown", "words": "", "seen": "0"}):
        page = client.post(at("answer", found, "equality"), typed)
        assert page.status_code == 400
        assert typed["words"] in page.text
    assert not Draft.objects.exists()


def test_who_was_slower_sees_both_texts(people):
    found = opened(people)
    colleague = Actor(MembershipFactory(party_id=people.parties[0]).person_id, people.parties[0])
    services.save_draft(found, key="equality", sketch=Sketch("1", "先のことば"), seen=0, by=colleague)
    typed = {"choice": "5", "words": "あとのことば", "seen": "0"}
    page = browser(people.actors[0]).post(at("answer", found, "equality"), typed)
    assert page.status_code == 409
    assert "先のことば" in page.text
    assert "あとのことば" in page.text
    assert page.context["seen"] == 1, "sent again, it replaces what was just shown"


def test_pages_cost_the_same_with_many_rounds_and_many_answers(people):
    collaboration = agreed(people)
    client, rounds = browser(people.actors[0]), reverse("evaluations:rounds", args=[collaboration.slug])
    for _number in range(2):
        services.close(proposed(people, collaboration), by=people.actors[0])
    few = len(queries_of(client, rounds))
    for _number in range(18):
        services.close(proposed(people, collaboration), by=people.actors[0])
    assert len(queries_of(client, rounds)) == few
    found = opened(people, collaboration)
    empty = [len(queries_of(client, at(page, found))) for page in ("desk", "round", "seal")]
    filled(found, people.actors[0])
    assert [len(queries_of(client, at(page, found))) for page in ("desk", "round", "seal")] == empty
    assert max(empty) <= 12


def queries_of(client, address):
    with CaptureQueriesContext(connection) as ran:
        assert client.get(address).status_code == 200
    return ran.captured_queries


def test_what_waits_is_on_my_page_until_it_is_done(people):
    found = proposed(people)
    mine, theirs = browser(people.actors[0]), browser(people.actors[1])
    assert "ふりかえりの進め方に答える" in theirs.get("/me/").text
    assert "ふりかえりの進め方に答える" not in mine.get("/me/").text
    services.agree(found, seen=found.fingerprint, by=people.actors[1])
    assert "ふりかえりを書く" in mine.get("/me/").text
    sealed(found, people.actors[0])
    assert "ふりかえりを書く" not in mine.get("/me/").text


def test_the_way_to_looking_back_is_for_the_table(people):
    collaboration = agreed(people)
    page, rounds = (
        f"/collaborations/{collaboration.slug}/",
        reverse("evaluations:rounds", args=[collaboration.slug]),
    )
    assert rounds in browser(people.actors[0]).get(page).text
    assert rounds not in Client().get(page).text
