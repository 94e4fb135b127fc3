"""Signing up and in by mail code, from the first page to the last."""

import re
from datetime import timedelta

import pytest
import time_machine
from allauth.account.models import EmailAddress
from django.core import mail
from django.core.cache import cache
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from wanowa.people.models import Allowance, User
from wanowa.people.services import forget_unconfirmed
from wanowa.people.tests.factories import PersonFactory
from wanowa.people.verbs import JOINED
from wanowa.record.queries import history

pytestmark = pytest.mark.django_db
SIGN_IN, SIGN_UP = "/people/sign-in/", "/people/sign-up/"


@pytest.fixture(autouse=True)
def _fresh_limits():
    cache.clear()


def code_in(message):
    return re.search(r"\b\d{3}-\d{3}\b", message.body).group()


def plain(response):
    """Return the page without what differs by design: tokens and the address itself."""
    text = re.sub(
        r'(name="(csrfmiddlewaretoken|idempotency_key)" value=")[^"]*', r"\1", response.content.decode()
    )
    return re.sub(r"[\w.]+@example\.jp", "ADDRESS", text)


def test_a_newcomer_signs_up_with_a_code_from_the_mail(client):
    page = client.post(SIGN_UP, {"name": "髙﨑 𠮷子", "email": "New@Example.jp"})
    assert page.status_code == 302
    assert page.url == "/people/sign-up/code/"
    (letter,) = mail.outbox
    assert letter.to == ["new@example.jp"]
    assert "コード" in letter.subject
    assert "髙﨑" not in letter.body
    done = client.post(page.url, {"code": code_in(letter)})
    assert done.status_code == 302
    person = User.objects.get(email="new@example.jp")
    assert person.name == "髙﨑 𠮷子"
    assert not person.has_usable_password()
    assert client.session["_auth_user_id"] == str(person.pk)
    assert [entry.verb for entry in history(person)] == [JOINED.name]


def test_a_person_signs_in_with_a_code_typed_full_width(client):
    person = PersonFactory()
    page = client.post(SIGN_IN, {"email": person.email.upper()})
    wide = code_in(mail.outbox[0]).translate(str.maketrans("0123456789", "０１２３４５６７８９"))
    done = client.post(page.url, {"code": wide})
    assert done.status_code == 302
    assert done.url == "/me/"
    assert client.session["_auth_user_id"] == str(person.pk)


def test_a_known_and_an_unknown_address_get_the_same_page():
    person = PersonFactory()
    for address in (SIGN_IN, SIGN_UP):
        answers = []
        for email in (person.email, "nobody@example.jp"):
            client = Client()
            first = client.post(address, {"email": email, "name": "和光 太郎"})
            second = client.get(first.url)
            third = client.post(first.url, {"code": "000-000"})
            answers.append(
                (
                    first.status_code,
                    first.url,
                    second.status_code,
                    plain(second),
                    third.status_code,
                    plain(third),
                )
            )
            User.objects.exclude(pk=person.pk).delete()
        assert answers[0] == answers[1]


def test_three_wrong_codes_end_the_attempt(client):
    person = PersonFactory()
    page = client.post(SIGN_IN, {"email": person.email})
    right = code_in(mail.outbox[0])
    wrong = "111-111" if right != "111-111" else "222-222"
    answers = [client.post(page.url, {"code": wrong}).status_code for _attempt in range(3)]
    assert answers == [400, 400, 302]
    client.post(page.url, {"code": right})
    assert "_auth_user_id" not in client.session


def test_a_code_is_used_once(client):
    person = PersonFactory()
    page = client.post(SIGN_IN, {"email": person.email})
    code = code_in(mail.outbox[0])
    client.post(page.url, {"code": code})
    client.post(reverse("account_logout"))
    client.post(page.url, {"code": code})
    assert "_auth_user_id" not in client.session


def test_a_code_dies_after_fifteen_minutes(client):
    person = PersonFactory()
    with time_machine.travel(timezone.now(), tick=False) as clock:
        page = client.post(SIGN_IN, {"email": person.email})
        clock.shift(timedelta(minutes=15, seconds=1))
        client.post(page.url, {"code": code_in(mail.outbox[0])})
    assert "_auth_user_id" not in client.session


def test_forty_requests_from_forty_places_send_an_address_three_codes():
    person = PersonFactory()
    for place in range(40):
        cache.clear()
        answer = Client(REMOTE_ADDR=f"10.0.0.{place}").post(SIGN_IN, {"email": person.email})
        assert answer.status_code == 302
        Client(REMOTE_ADDR=f"10.0.1.{place}").post(SIGN_UP, {"email": person.email, "name": "和光"})
    assert len(mail.outbox) == 6
    with time_machine.travel(timezone.now() + timedelta(days=1)):
        Client().post(SIGN_IN, {"email": person.email})
    assert len(mail.outbox) == 7
    assert person.email not in str(list(Allowance.objects.values()))


@pytest.mark.parametrize(
    "typed",
    [
        {},
        {"email": "", "name": ""},
        {"email": "a" * 300 + "@example.jp", "name": "和光"},
        {"email": "a" * 60 + "@" + ".".join(["b" * 60] * 4) + ".jp", "name": "和光"},
        {"email": "x@example.jp\r\nBcc: y@example.jp", "name": "和光"},
        {"email": "x@example.jp", "name": "\x00"},
        {"email": "x\x00@example.jp", "name": "和光"},
        {"email": "x@example.jp", "name": "あ" * 41},
        {"email": "x@example.jp", "name": "和光\u202e花子"},
        {"email": "x@example.jp", "name": "和光\u200b花子"},
    ],
)
def test_bad_input_is_answered_with_a_sentence_and_kept(client, typed):
    answer = client.post(SIGN_UP, typed)
    assert answer.status_code == 400
    assert re.search("入力を確かめてください|読み取れませんでした", answer.content.decode())
    assert not mail.outbox
    assert not User.objects.exists()
    assert client.post(SIGN_IN, {"email": typed.get("email", "")}).status_code in {302, 400}


@pytest.mark.parametrize(
    "credential",
    ["", "x", "[]", "1", "null", '"\\u0000"', "{}", '{"id": 1}', '{"rawId": "\\u0000", "response": {}}'],
)
def test_a_broken_passkey_answer_leads_back_to_the_sign_in_page(client, credential):
    client.get("/people/sign-in/passkey/", headers={"accept": "application/json"})
    answer = client.post("/people/sign-in/passkey/", {"credential": credential})
    assert answer.status_code == 302
    assert answer.url == SIGN_IN


@pytest.mark.parametrize(
    "path",
    [
        "password/reset/",
        "password/change/",
        "password/set/",
        "login/",
        "signup/",
        "email/",
        "reauthenticate/",
    ],
)
def test_pages_of_allauth_that_we_do_not_use_do_not_exist(client, path):
    assert client.get(f"/people/{path}").status_code == 404


def test_a_sign_up_nobody_confirms_is_forgotten_after_a_day(client):
    client.post(SIGN_UP, {"name": "和光", "email": "new@example.jp"})
    kept = PersonFactory()
    with time_machine.travel(timezone.now() + timedelta(hours=25)):
        assert forget_unconfirmed() == 1
    assert list(User.objects.all()) == [kept]
    assert not EmailAddress.objects.exclude(user=kept).exists()


def test_opening_the_entrance_pages_changes_nothing_in_the_database(client, django_assert_num_queries):
    with django_assert_num_queries(0):
        for address in (
            SIGN_IN,
            SIGN_UP,
            "/people/sign-up/with-passkey/",
            "/people/privacy/",
            "/people/inactive/",
        ):
            assert client.get(address).status_code == 200


def test_a_change_of_address_needs_the_code_sent_to_the_new_one(client):
    person = PersonFactory()
    client.force_login(person)
    page = client.post("/people/address/", {"email": "later@example.jp", "action_add": "1"})
    assert page.status_code == 302
    person.refresh_from_db()
    assert person.email != "later@example.jp"
    (letter,) = (message for message in mail.outbox if message.to == ["later@example.jp"])
    client.post("/people/sign-up/code/", {"code": code_in(letter)})
    person.refresh_from_db()
    assert person.email == "later@example.jp"
    assert list(EmailAddress.objects.filter(user=person).values_list("email", "verified")) == [
        ("later@example.jp", True)
    ]
