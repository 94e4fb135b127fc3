"""The gate for city staff and coordinators, the step-up for everybody, and the demo's doors."""

import re
import time
from datetime import timedelta

import pytest
import time_machine
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value, yield_hotp_counters_from_time
from django.core import mail
from django.core.cache import cache
from django.db import transaction
from django.http import HttpResponse
from django.test import Client
from django.utils import timezone

from wanowa.people import queries
from wanowa.people.models import Session
from wanowa.people.services import demo_link
from wanowa.people.tests.factories import PersonFactory, sign_in
from wanowa.people.views.confirm import recent_confirmation_required

pytestmark = pytest.mark.django_db
INSIDE = "/people/settings/"


@pytest.fixture(autouse=True)
def _fresh_limits():
    cache.clear()


@pytest.fixture
def coordinator():
    return PersonFactory(is_coordinator=True)


def totp(secret):
    return format_hotp_value(hotp_value(secret, next(yield_hotp_counters_from_time())))


def set_up_app(client):
    page = client.get("/people/safety/app/add/").content.decode()
    secret = re.search(r"<code>([A-Z2-7]+)</code>", page).group(1)
    return secret, client.post("/people/safety/app/add/", {"code": totp(secret)})


def test_a_resident_passes_the_gate(client):
    client.force_login(PersonFactory())
    assert client.get(INSIDE).status_code == 200


@pytest.mark.parametrize("flag", ["is_coordinator", "is_staff"])
def test_staff_without_a_second_factor_are_led_to_set_one_up(client, flag):
    client.force_login(PersonFactory(**{flag: True}))
    for answer in (client.get(INSIDE), client.post("/people/export/"), client.get("/admin/")):
        assert (answer.status_code, answer.url) == (302, "/people/safety/")
    assert client.get("/people/safety/").status_code == 200
    assert client.get("/people/privacy/").status_code == 200


def test_a_person_a_registered_check_names_needs_a_second_factor(client, monkeypatch):
    person = PersonFactory()
    monkeypatch.setattr(queries, "_checks", [lambda asked: asked == person])
    client.force_login(person)
    assert client.get(INSIDE).url == "/people/safety/"


def test_setting_up_an_app_opens_the_gate_and_seals_the_secret(client, coordinator, monkeypatch):
    monkeypatch.setattr(transaction, "on_commit", lambda run: run())
    client.force_login(coordinator)
    secret, done = set_up_app(client)
    assert (done.status_code, done.url) == (302, "/people/safety/codes/")
    assert client.get(INSIDE).status_code == 200
    assert "予備のコード" in client.get("/people/safety/codes/").content.decode()
    stored = Authenticator.objects.get(user=coordinator, type="totp").data
    assert secret not in str(stored)
    assert any("認証アプリ" in letter.subject for letter in mail.outbox)


def test_signing_in_by_code_asks_for_the_app_too(client, coordinator):
    client.force_login(coordinator)
    secret, _done = set_up_app(client)
    other = Client()
    with time_machine.travel(timezone.now() + timedelta(minutes=2)):
        page = other.post("/people/sign-in/", {"email": coordinator.email})
        code = re.search(r"\d{3}-\d{3}", mail.outbox[-1].body).group()
        step = other.post(page.url, {"code": code})
        assert step.url == "/people/sign-in/second-factor/"
        assert "_auth_user_id" not in other.session
        assert other.get(step.url).status_code == 200
        assert other.post(step.url, {"code": "000000"}).status_code == 200
        assert other.post(step.url, {"credential": "x"}).status_code == 200
        done = other.post(step.url, {"code": totp(secret)})
        assert done.url == "/me/"
        assert other.get(INSIDE).status_code == 200


def test_a_session_without_the_app_is_led_to_show_it(client, coordinator):
    client.force_login(coordinator)
    set_up_app(client)
    other = Client()
    other.force_login(coordinator)
    assert other.get(INSIDE).url == "/people/safety/confirm/?next=%2Fpeople%2Fsettings%2F"
    assert other.get("/people/safety/confirm/?next=/people/settings/").status_code == 200
    assert other.get("/people/safety/app/remove/").status_code == 302


def test_staff_sessions_end_after_thirty_idle_minutes_and_after_twelve_hours(client, coordinator):
    start = timezone.now()
    with time_machine.travel(start, tick=False) as clock:
        sign_in(client, coordinator)
        for _half_hour in range(24):
            assert client.get(INSIDE).status_code == 200
            clock.shift(timedelta(minutes=29, seconds=59))
        clock.shift(timedelta(minutes=1))
        assert client.get(INSIDE).url == "/people/sign-in/?next=%2Fpeople%2Fsettings%2F"
        sign_in(client, coordinator)
        assert client.get(INSIDE).status_code == 200
        clock.shift(timedelta(minutes=30, seconds=1))
        assert client.get(INSIDE).url.startswith("/people/sign-in/")


def test_an_idle_mark_from_another_session_does_not_count(client, coordinator):
    with time_machine.travel(timezone.now(), tick=False) as clock:
        sign_in(client, coordinator)
        clock.shift(timedelta(minutes=40))
        other = sign_in(Client(), coordinator)
        assert other.get(INSIDE).status_code == 200
        client.cookies["seen"] = other.cookies["seen"].value
        assert client.get(INSIDE).url.startswith("/people/sign-in/")


def test_a_resident_stays_signed_in_for_thirty_days(client):
    with time_machine.travel(timezone.now(), tick=False) as clock:
        client.force_login(PersonFactory())
        clock.shift(timedelta(days=29, hours=23))
        assert client.get(INSIDE).status_code == 200
        clock.shift(timedelta(hours=2))
        assert client.get(INSIDE).status_code == 302


def test_the_gate_costs_a_visitor_no_query_and_no_cookie(client, django_assert_num_queries):
    with django_assert_num_queries(0):
        answer = client.get("/people/privacy/")
    assert "session" not in answer.cookies
    assert "Cookie" not in answer.headers.get("Vary", "")


def test_opening_pages_changes_no_session_row(client, coordinator):
    sign_in(client, coordinator)
    before = list(Session.objects.values())
    for address in (
        INSIDE,
        "/people/safety/",
        "/people/export/",
        "/people/erase/",
        "/people/address/",
        "/people/sign-out/",
    ):
        assert client.get(address).status_code == 200
    assert list(Session.objects.values()) == before


def test_a_sensitive_act_asks_a_resident_for_a_fresh_mail_code(client, rf, settings):
    settings.STEP_UP = True
    person = PersonFactory()
    client.force_login(person)
    signing = recent_confirmation_required(lambda request: HttpResponse("signed"))

    def sign():
        request = rf.post("/sign/")
        request.user, request.session = person, client.session
        request.allauth = None
        return signing(request)

    assert sign().url == "/people/confirm/?next=%2Fsign%2F"
    assert client.post("/people/confirm/?next=/people/settings/", {"send": "1"}).status_code == 302
    code = re.search(r"\d{3}-\d{3}", mail.outbox[-1].body).group()
    assert client.post("/people/confirm/", {"code": "x"}).status_code == 400
    done = client.post("/people/confirm/?next=https://evil.example/", {"code": code})
    assert done.url == INSIDE
    assert sign().content == b"signed"
    with time_machine.travel(time.time() + 601):
        assert sign().status_code == 302


def test_a_demo_link_signs_in_with_one_press_and_needs_no_second_factor(client, settings, coordinator):
    settings.DEMO = True
    link = demo_link(coordinator)
    page = client.get(link)
    assert coordinator.name in page.content.decode()
    assert "_auth_user_id" not in client.session
    assert client.post(link).url == "/me/"
    assert client.get(INSIDE).status_code == 200


@pytest.mark.parametrize(
    "meta",
    [
        {"REMOTE_ADDR": "203.0.113.7"},
        {"REMOTE_ADDR": ""},
        {"REMOTE_ADDR": "10.0.0.1"},
        {"HTTP_X_FORWARDED_FOR": "127.0.0.1"},
        {"HTTP_X_FORWARDED_HOST": "x"},
        {"HTTP_FORWARDED": "for=127.0.0.1"},
    ],
)
def test_a_demo_link_does_not_exist_from_elsewhere(settings, meta):
    settings.DEMO = True
    link = demo_link(PersonFactory())
    assert Client(**meta).get(link).status_code == 404
    assert Client(**meta).post(link).status_code == 404


def test_a_demo_link_does_not_exist_outside_the_demo(client, settings):
    settings.DEMO = False
    assert client.post(demo_link(PersonFactory())).status_code == 404


def test_a_forged_demo_link_does_not_exist(client, settings):
    settings.DEMO = True
    link = demo_link(PersonFactory())
    assert client.post(link[:-3] + "xx/").status_code == 404
