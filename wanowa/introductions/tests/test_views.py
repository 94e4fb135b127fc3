"""The pages of introductions: who opens them, what they cost, what they keep of what was typed."""

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from wanowa.exchange.tests import factories as exchange
from wanowa.introductions import services
from wanowa.introductions.models import Introduction, Remark
from wanowa.introductions.rules import Given, Status
from wanowa.introductions.tests.factories import GIVEN, PURPOSE, asked, in_days, met, pair, wished
from wanowa.kernel.actors import Actor
from wanowa.parties.rules import Role
from wanowa.parties.tests.factories import MembershipFactory
from wanowa.people.models import User
from wanowa.people.tests.factories import PersonFactory, sign_in
from wanowa.talent.queries import is_frozen

pytestmark = pytest.mark.django_db
NEW, BOARD, MINE = (f"/introductions/{name}" for name in ("new/", "", "mine/"))


def signed_in(by):
    """Return a browser in which somebody is signed in."""
    return sign_in(Client(), User.objects.get(pk=by.person))


def typed(two, **more):
    """Return what a party types to ask for another."""
    return {"first": two.first.pk, "second": two.second.pk, "purpose": PURPOSE, "until": "", **more}


def test_a_party_asks_on_the_page_and_gives_only_what_it_marked():
    two = pair()
    form = typed(two, give_phone="on", phone="048-464-1111", name="花子", until=in_days(9).isoformat())
    assert signed_in(two.one).post(NEW, form).status_code == 302
    introduction = Introduction.objects.get()
    services.accept(introduction, given=GIVEN, until=in_days(9), by=two.other)
    page = signed_in(two.other).get(introduction.get_absolute_url()).content.decode()
    assert "048-464-1111" in page
    assert "花子</bdi>" not in page.split("あなたの側が渡すこと")[0]
    assert GIVEN.name in signed_in(two.one).get(introduction.get_absolute_url()).content.decode()


def test_nothing_is_marked_before_and_the_account_s_name_and_address_are_proposed():
    two = pair()
    page = signed_in(two.one).get(NEW).content.decode()
    person = User.objects.get(pk=two.one.person)
    assert person.email in page
    assert "data-draft" not in page, "a draft would keep in the open what is sealed"
    assert "data-draft" in signed_in(two.desk).get(NEW).content.decode()
    assert "checked" not in page


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"purpose": ""}, "会いたいわけ"),
        ({"purpose": "電話は048-464-1111です"}, "電話番号のようです"),
        ({"give_mail": "on", "mail": ""}, "渡すしるしがついています"),
        ({"give_mail": "on", "mail": "花子", "until": in_days(3).isoformat()}, "メールアドレスを"),
        ({"give_name": "on", "name": "花子", "until": "2020-01-01"}, "1年のあいだ"),
        ({"second": "999999"}, "会いたい主体"),
        ({"origin": "nowhere"}, "origin"),
        ({"need": "1" * 40}, ""),
    ],
)
def test_bad_input_gets_a_sentence_and_loses_nothing(wrong, said):
    two = pair()
    form = typed(two, hope="土曜に会う") | wrong
    response = signed_in(two.one).post(NEW, form)
    page = response.content.decode()
    assert response.status_code in {302, 400}
    assert response.status_code == 302 or (said in page and "土曜に会う" in page)
    assert Introduction.objects.exists() is (response.status_code == 302)


def test_whoever_insists_on_a_number_in_the_text_can_send_it():
    two = pair()
    form = typed(two, purpose="電話は048-464-1111です", warned="on")
    assert signed_in(two.one).post(NEW, form).status_code == 302


def test_a_coordinator_brings_two_together_from_two_listings():
    two = pair()
    need = exchange.listing(two.one, side="need", title="水やり")
    offer = exchange.listing(two.other, title="水やりできます")
    browser = signed_in(two.desk)
    address = f"{NEW}?need={need.pk}&offer={offer.pk}&from=plan"
    page = browser.get(address).content.decode()
    assert (need.title in page, "相手に渡すこと" in page) == (True, False)
    form = typed(two, need=need.pk, offer=offer.pk, origin="plan")
    assert browser.post(address, form).status_code == 302
    made = Introduction.objects.get()
    assert (made.need, made.offer, made.origin, made.by_desk) == (need, offer, "plan", True)


def test_the_ways_in_are_on_a_party_s_page_and_on_a_listing():
    two = pair()
    offer = exchange.listing(two.other)
    browser = signed_in(two.one)
    assert f"{NEW}?to={two.second.pk}" in browser.get(two.second.get_absolute_url()).content.decode()
    listing = browser.get(offer.get_absolute_url()).content.decode()
    assert f"{NEW}?offer={offer.pk}" in listing
    proposed = browser.get(f"{NEW}?offer={offer.pk}").content.decode()
    assert f'value="{two.second.pk}" selected' in proposed
    assert f"「{offer.title}」のことで" in proposed


def test_who_sees_an_introduction_and_who_answers():
    two = pair()
    introduction = asked(two)
    address = introduction.get_absolute_url()
    viewer = MembershipFactory(party=two.second, role=Role.VIEWER).person
    stranger = pair().one
    assert Client().get(address).status_code == 302
    for by, status in (
        (two.one, 200),
        (two.other, 200),
        (two.desk, 200),
        (Actor(viewer.pk), 200),
        (stranger, 404),
    ):
        assert signed_in(by).get(address).status_code == status
    assert signed_in(Actor(viewer.pk)).post(address, {"act": "decline"}).status_code == 403
    assert signed_in(two.desk).post(address, {"act": "decline"}).status_code == 403
    assert signed_in(two.one).post(address, {"act": "nothing"}).status_code == 400
    assert signed_in(two.one).post(address, {"act": "hand_over", "owner": two.desk.person}).status_code == 403
    wrong = {"act": "accept", "give_name": "on", "name": "花子", "until": "きのう"}
    response = signed_in(two.one).post(address, wrong)
    assert (response.status_code, "花子" in response.content.decode()) == (400, True)


def test_what_was_given_is_not_shown_to_the_desk_unless_it_was_chosen():
    two = pair()
    introduction = met(two, other=Given(phone="048-000-1111", desk=True))
    page = signed_in(two.desk).get(introduction.get_absolute_url()).content.decode()
    assert ("048-000-1111" in page, GIVEN.phone in page) == (True, False)


def test_the_whole_way_on_the_page():
    two = pair()
    introduction = met(two)
    address = introduction.get_absolute_url()
    one, other, desk = (signed_in(by) for by in (two.one, two.other, two.desk))
    assert one.post(address, {"act": "try", "what": "", "day": ""}).status_code == 400
    assert (
        one.post(address, {"act": "try", "what": "水やり", "day": in_days(3).isoformat()}).status_code == 302
    )
    assert (
        desk.post(address, {"act": "plan", "action": "聞く", "due": in_days(4).isoformat()}).status_code
        == 302
    )
    heir = PersonFactory(is_coordinator=True)
    assert desk.post(address, {"act": "hand_over", "owner": heir.pk}).status_code == 302
    assert other.post(address, {"act": "take_back"}).status_code == 302
    assert other.post(address, {"act": "join", "title": "花だん", "summary": "手入れ"}).status_code == 302
    introduction.refresh_from_db()
    assert (introduction.status, introduction.owner) == (Status.COLLABORATION, heir)
    table = reverse("collaborations:collaboration", args=[introduction.collaboration.slug])
    assert address in other.get(table).content.decode()
    assert table in one.get(address).content.decode()


def test_a_reported_party_is_stopped_on_the_board():
    two = pair()
    introduction = wished(two)
    form = {"act": "report", "body": "何度も来ます。"}
    assert signed_in(two.other).post(introduction.get_absolute_url(), form).status_code == 302
    desk, remark = signed_in(two.desk), Remark.objects.get()
    assert "何度も来ます。" in desk.get(BOARD).content.decode()
    assert "何度も来ます。" not in signed_in(two.one).get(introduction.get_absolute_url()).content.decode()
    assert desk.post(BOARD, {"act": "freeze", "remark": remark.pk, "body": ""}).status_code == 400
    assert desk.post(BOARD, {"act": "freeze", "remark": remark.pk, "body": "しつこい"}).status_code == 302
    assert is_frozen(two.first.pk)
    assert desk.post(BOARD, {"act": "freeze", "remark": remark.pk, "body": "しつこい"}).status_code == 409
    assert desk.post(BOARD, {"act": "freeze", "remark": "x", "body": "しつこい"}).status_code == 409
    assert desk.post(BOARD, {"act": "?"}).status_code == 400
    assert signed_in(two.one).get(BOARD).status_code == 403
    assert desk.get(f"{BOARD}?day=あした").status_code == 400


def test_pages_cost_the_same_for_two_and_for_twenty():
    two = pair()
    costs = {}
    for rows in (2, 20):
        while Introduction.objects.count() < rows:
            asked(two, second=pair().second)
            exchange.listing(side="need", title="点字の訳")
        addresses = {
            "board": (two.desk, BOARD),
            "day": (two.desk, f"{BOARD}?day={in_days(3)}"),
            "mine": (two.one, MINE),
            "me": (two.one, reverse("home:me")),
            "desk's me": (two.desk, reverse("home:me")),
            "new": (two.one, NEW),
            "one": (two.one, Introduction.objects.first().get_absolute_url()),
        }
        for name, (by, address) in addresses.items():
            browser = signed_in(by)
            with CaptureQueriesContext(connection) as counted:
                assert browser.get(address).status_code == 200
            costs.setdefault(name, set()).add(len(counted))
    assert {name: len(cost) for name, cost in costs.items()} == dict.fromkeys(costs, 1), costs
    assert max(costs["board"]) <= 16, costs
