"""The front page, what waits for me, and the doors of the demo."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils.encoding import iri_to_uri
from django.utils.timezone import localdate

from wanowa.activities.tests import factories as activities
from wanowa.collaborations import services
from wanowa.collaborations.rules import Seat
from wanowa.collaborations.tests import factories as make
from wanowa.contributions.services import confirm, give
from wanowa.contributions.tests.factories import yen
from wanowa.guideline.rules import Kind
from wanowa.kernel.actors import Actor
from wanowa.kernel.eras import fiscal_year_of
from wanowa.parties.services import apply_for_registration
from wanowa.parties.tests.factories import party_with
from wanowa.people.models import User
from wanowa.people.tests.factories import PersonFactory, sign_in

pytestmark = pytest.mark.django_db


def my_page(client, actor):
    sign_in(client, User.objects.get(pk=actor.person))
    return client.get(reverse("home:me")).content.decode()


def test_anybody_sees_what_moves_and_gets_no_cookie(client):
    make.talking(make.town(2), title="花の道をつくる")
    response = client.get("/")
    assert "花の道をつくる" in response.content.decode()
    assert not response.cookies


def test_an_idea_between_its_parties_is_not_on_the_front_page(client):
    make.started(make.town(2), title="まだ内緒の話")
    assert "まだ内緒の話" not in client.get("/").content.decode()


def test_my_page_is_mine_alone(client):
    assert client.get(reverse("home:me")).status_code == 302


def test_an_offer_waits_for_the_other_side_and_not_for_the_one_who_made_it(client):
    two = make.town(2)
    make.offered(two)
    assert "第1版に同意する" in my_page(client, two.actors[1])
    assert "第1版に同意する" not in my_page(client, two.actors[0])


def test_an_invitation_waits(client):
    two = make.town(2)
    make.started(two, title="花の道")
    assert "話し合いへの招き：花の道" in my_page(client, two.actors[1])


def test_a_text_to_write_waits_for_everybody_at_the_table(client):
    two = make.town(2)
    make.talking(two, title="花の道")
    for actor in two.actors:
        assert "内容を書く：花の道" in my_page(client, actor)


def test_a_request_to_join_waits_for_those_inside(client):
    three = make.town(3)
    collaboration = make.agreed(make.Town(three.actors[:2]))
    services.ask_to_join(collaboration, message="手伝えます", by=three.actors[2])
    assert "仲間に入りたいという申し出" in my_page(client, three.actors[0])
    assert "仲間に入りたいという申し出" not in my_page(client, three.actors[2])


def test_an_empty_page_says_how_to_begin(client):
    sign_in(client, PersonFactory())
    page = client.get(reverse("home:me")).content.decode()
    assert "いま、あなたを待っているものはありません。" in page
    assert reverse("collaborations:start") in page
    assert reverse("parties:new") in page


def test_the_doors_of_the_demo_exist_only_in_the_demo(client, settings, monkeypatch):
    person = PersonFactory()
    monkeypatch.setattr(
        "wanowa.people.queries._visitors", [lambda: [(person.name, "庭仕事40年の住民", person)]]
    )
    assert client.get(reverse("home:visitors")).status_code == 404
    settings.DEMO = True
    assert person.name in client.get(reverse("home:visitors")).content.decode()


def test_a_registration_waits_for_a_coordinator_and_for_nobody_else(client):
    party, (person,) = party_with()
    apply_for_registration(party, fiscal_year_of(localdate()), by=Actor(person.pk, party.pk))
    sign_in(client, PersonFactory(is_coordinator=True))
    assert f"団体登録を確かめる：{party.name}" in client.get(reverse("home:me")).content.decode()
    sign_in(client, PersonFactory())
    assert "団体登録を確かめる" not in client.get(reverse("home:me")).content.decode()


def test_a_suggestion_waits_for_the_side_that_has_not_answered(client):
    owner, office = activities.actor(), activities.actor(Kind.CITY)
    activities.suggested(activities.own(owner, title="朝の体操"), office, owner)
    assert "いっしょに動く申し出：朝の体操" in my_page(client, office)
    assert "いっしょに動く申し出：朝の体操" not in my_page(client, owner)


def written(people, *amounts):
    """Return an agreement in whose ledger the first party has written that it gave these amounts of yen."""
    collaboration = make.agreed(people, title="花の道")
    for amount in amounts:
        give(collaboration, yen(amount, giver=people.parties[0]), by=people.actors[0])
    return collaboration


def test_entries_of_a_ledger_wait_for_the_other_side_until_it_answers(client):
    two = make.town(2)
    collaboration = written(two, 100, 200)
    us, other = two.actors
    page = my_page(client, other)
    assert "出しあいを確かめる：花の道" in page
    assert "返事を待つ記録が、2件あります。" in page
    assert iri_to_uri(reverse("contributions:entries", args=[collaboration.slug])) in iri_to_uri(page)
    assert "出しあいを確かめる" not in my_page(client, us)
    for entry in collaboration.contributions.all():
        confirm(entry, by=other)
    assert "出しあいを確かめる" not in my_page(client, other)


def test_who_has_left_the_table_is_not_sent_to_a_ledger_that_stays_shut(client):
    three = make.town(3)
    collaboration = written(three, 100)
    make.agreed(make.Town(three.actors[1:]), title="つづける取組")
    assert "出しあいを確かめる" in my_page(client, three.actors[2])
    collaboration.participations.filter(party=three.parties[2]).update(seat=Seat.LEFT)
    assert "出しあいを確かめる" not in my_page(client, three.actors[2])


def test_my_page_costs_the_same_for_two_ledgers_and_for_twenty(client):
    two = make.town(2)

    def cost() -> int:
        my_page(client, two.actors[1])
        with CaptureQueriesContext(connection) as asked:
            page = client.get(reverse("home:me")).content.decode()
        assert "出しあいを確かめる" in page
        return len(asked)

    for _ in range(2):
        written(two, 100, 200)
    few = cost()
    for _ in range(18):
        written(two, 100, 200)
    assert cost() == few


def test_only_the_city_and_coordinators_are_led_to_the_watch_list(client):
    assert "市民の活動を見守る" in my_page(client, activities.actor(Kind.CITY))
    assert "市民の活動を見守る" not in my_page(client, activities.actor())
