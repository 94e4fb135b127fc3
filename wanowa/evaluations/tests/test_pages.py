"""The pages before the reveal: proposing, agreeing, filling in one after the other, sealing, waiting."""

import pytest
from django.test import Client
from django.urls import reverse

from wanowa.collaborations.tests.factories import agreed, town
from wanowa.evaluations import queries
from wanowa.evaluations.models import Round
from wanowa.evaluations.rules import Status
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
