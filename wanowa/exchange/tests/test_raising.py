"""Raising a hand without an account, page by page; the host, the counter, and looking back."""

import re
from datetime import timedelta

import pytest
from django.core import mail
from django.urls import reverse
from django.utils import timezone

from wanowa.exchange import queries
from wanowa.exchange.models import Hand, Listing
from wanowa.exchange.rules import HandStatus
from wanowa.exchange.tests import factories as make
from wanowa.exchange.tests.factories import page, signed_in
from wanowa.people.tests.factories import PersonFactory, sign_in

pytestmark = pytest.mark.django_db


def code_in(message):
    return re.search(r"^\d{6}$", message.body, re.MULTILINE)[0]


def test_a_hand_is_raised_without_an_account(client):
    step = make.step()
    shown = page(client, step.get_absolute_url())
    assert 'name="email"' in shown
    asked = client.post(
        reverse("exchange:raise", args=[step.pk]), {"name": "みなみ", "email": "m@example.jp"}
    )
    assert asked["Location"] == reverse("exchange:code", args=[step.pk])
    assert not Hand.objects.exists()
    wrong = client.post(asked["Location"], {"code": "000000x"})
    assert wrong.status_code == 400
    code = code_in(mail.outbox[0])
    done = client.post(
        asked["Location"], {"code": code.translate(str.maketrans("0123456789", "０１２３４５６７８９"))}
    )
    assert done.status_code == 302
    thanks = page(client, done["Location"])
    assert "みなみさん、ありがとうございます" in thanks
    file = client.get(f"{done['Location']}calendar/")
    assert file["Content-Type"].startswith("text/calendar")
    assert b"BEGIN:VEVENT" in file.content


def test_the_code_counts_three_times_at_most(client):
    step = make.step()
    client.post(reverse("exchange:raise", args=[step.pk]), {"name": "み", "email": "m@example.jp"})
    address = reverse("exchange:code", args=[step.pk])
    for _ in range(3):
        assert client.post(address, {"code": "x"}).status_code == 400
    assert client.post(address, {"code": code_in(mail.outbox[0])}).status_code == 409
    assert not Hand.objects.exists()


def test_three_tries_are_three_even_with_a_key(client):
    """A refused form undoes what it did to the tables; the tries must be counted nevertheless."""
    step = make.step()
    client.post(reverse("exchange:raise", args=[step.pk]), {"name": "み", "email": "m@example.jp"})
    address = reverse("exchange:code", args=[step.pk])
    for n in range(3):
        client.post(address, {"code": "x", "idempotency_key": f"{n}" * 22})
    response = client.post(address, {"code": code_in(mail.outbox[0]), "idempotency_key": "k" * 22})
    assert response.status_code == 409


def test_another_browser_has_no_use_for_the_code(client):
    step = make.step()
    client.post(reverse("exchange:raise", args=[step.pk]), {"name": "み", "email": "m@example.jp"})
    other = type(client)()
    address = reverse("exchange:code", args=[step.pk])
    assert other.post(address, {"code": code_in(mail.outbox[0])}).status_code == 409


def test_who_has_signed_in_raises_a_hand_at_once(client):
    step, person = make.step(), PersonFactory(name="新井")
    sign_in(client, person)
    shown = page(client, step.get_absolute_url())
    assert 'name="email"' not in shown
    assert client.post(reverse("exchange:raise", args=[step.pk]), {"name": "あら"}).status_code == 302
    assert Hand.objects.get().email == person.email
    assert "花だんの水やり" in page(client, reverse("exchange:mine"))


@pytest.mark.parametrize(
    "wrong", [{"name": ""}, {"email": ""}, {"email": "x"}, {"email": "a" * 300 + "@example.jp"}]
)
def test_a_hand_with_wrong_input_loses_nothing(client, wrong):
    step = make.step()
    told = {"name": "みなみ", "email": "m@example.jp"} | wrong
    response = client.post(reverse("exchange:raise", args=[step.pk]), told)
    assert response.status_code == 400
    kept = told["name"] or told["email"]
    assert kept in response.content.decode()
    assert not mail.outbox


def test_the_host_sees_names_to_call_and_never_an_address(client):
    by = make.actor()
    step = make.step(by)
    make.hand(step, name="みなみ", email="secret@example.jp")
    shown = page(signed_in(client, by), reverse("exchange:guests", args=[step.pk]))
    assert "みなみ" in shown
    assert "secret" not in shown


def test_nobody_else_sees_who_comes(client):
    step = make.step()
    make.hand(step, name="ひみつの名")
    address = reverse("exchange:guests", args=[step.pk])
    assert signed_in(client, make.actor()).get(address).status_code == 403
    assert "ひみつの名" not in page(client, step.get_absolute_url())


def test_the_counter_takes_a_hand_and_prints_a_receipt(client):
    step = make.step()
    sign_in(client, PersonFactory(is_coordinator=True))
    address = reverse("exchange:guests", args=[step.pk])
    response = client.post(address, {"name": "よし江", "channel": "phone"})
    receipt = page(client, response["Location"])
    assert "控えにできます" in receipt
    assert "新倉の公園の入口" in receipt
    assert response["Location"] in page(client, address), "so that the desk can lower it again"


def test_whoever_has_the_mail_does_not_come_after_all(client):
    hand = make.hand(make.step())
    address = queries.address_of(hand)
    assert "来られなくなったとき" in page(client, address)
    assert client.post(address, {"act": "x"}).status_code == 400
    assert client.post(address, {"act": "lower"}).status_code == 302
    assert Hand.objects.get().status == HandStatus.LOWERED
    assert "取りやめました" in page(client, address)
    assert client.get(f"{address}calendar/").status_code == 404


@pytest.mark.parametrize("token", ["x", "1:x", "１:x"])
def test_a_link_that_is_wrong_leads_nowhere(client, token):
    make.hand(make.step())
    assert client.get(f"/exchange/hands/{token}/").status_code == 404
    assert client.get(f"/exchange/keep/{token}/").status_code == 404


def test_the_first_time_is_looked_back_on(client):
    hand = make.hand(make.step())
    Listing.objects.update(day=timezone.localdate() - timedelta(days=1))
    make.step(title="つぎの一歩")
    address = queries.address_of(hand)
    shown = page(client, address)
    assert "どうでしたか" in shown
    assert "つぎの一歩" in shown
    assert client.post(address, {"verdict": "x"}).status_code == 400
    assert (
        client.post(address, {"verdict": "good", "comment": "たのしい", "age_band": "to_39"}).status_code
        == 302
    )
    hand.refresh_from_db()
    assert (hand.verdict, hand.age_band) == ("good", "to_39")
