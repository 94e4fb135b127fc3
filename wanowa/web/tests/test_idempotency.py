"""However often a form is sent, it counts once; proved with threads and committed transactions."""

import secrets
import threading
from datetime import timedelta

import pytest
from django.conf import settings
from django.contrib import messages
from django.db import connection, connections
from django.http import HttpResponse, HttpResponseRedirect
from django.test import Client, override_settings
from django.urls import include, path
from django.utils import timezone

from wanowa.kernel.errors import Refused
from wanowa.web import idempotency
from wanowa.web.models import Submission

INSIDE = threading.Semaphore(0)
"""Released by a view that is at work, so that a test knows the race has begun."""


def effects():
    with connection.cursor() as cursor:
        cursor.execute("select count(*) from effect")
        return cursor.fetchone()[0]


def act(request):
    with connection.cursor() as cursor:
        cursor.execute("insert into effect default values")
    INSIDE.release()
    if wait := request.POST.get("wait"):
        with connection.cursor() as cursor:
            cursor.execute("select pg_sleep(%s)", [float(wait)])
    if "refuse" in request.POST:
        raise Refused("いまはできません。")
    if "wrong" in request.POST:
        return HttpResponse("書き直してください", status=400)
    messages.success(request, "受け取りました。")
    return HttpResponseRedirect("/done/")


def answer(request):
    return HttpResponse(f"答え {secrets.token_hex(4)}")


urlpatterns = [
    path("act/", act),
    path("other/", act),
    path("answer/", answer),
    path("style/", include("wanowa.web.urls")),
]
pytestmark = pytest.mark.urls("wanowa.web.tests.test_idempotency")
WITHOUT = [name for name in settings.MIDDLEWARE if name != "wanowa.web.idempotency.Idempotency"]


@pytest.fixture(autouse=True)
def _committed(django_db_setup, django_db_blocker):
    """Commit for real. No flush afterwards: the record refuses TRUNCATE, and rightly."""
    with django_db_blocker.unblock(), connection.cursor() as cursor:
        cursor.execute("create table effect (id bigserial)")
        yield
        cursor.execute("drop table effect")
        Submission.objects.all().delete()


@pytest.fixture
def key():
    return secrets.token_urlsafe(16)


def double_click(key):
    """Send the same form twice at once, from two connections, and return both answers."""
    answers = []

    def send():
        try:
            answers.append(Client().post("/act/", {"idempotency_key": key, "wait": "0.3"}))
        finally:
            connections.close_all()

    threads = [threading.Thread(target=send) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return answers


def test_a_double_click_has_exactly_one_effect(key):
    first, second = double_click(key)
    assert effects() == 1
    assert {first.status_code, second.status_code} == {302}
    assert first["Location"] == second["Location"] == "/done/"


@override_settings(MIDDLEWARE=WITHOUT)
def test_without_the_middleware_a_double_click_has_two_effects(key):
    double_click(key)
    assert effects() == 2


def test_a_repetition_gets_the_same_page(key):
    client = Client()
    bodies = {client.post("/answer/", {"idempotency_key": key}).content for _ in range(3)}
    assert len(bodies) == 1


def test_a_repetition_repeats_the_toast(key):
    for client in (Client(), Client()):
        client.post("/act/", {"idempotency_key": key})
        assert "受け取りました。" in client.get("/style/").content.decode()


@pytest.mark.parametrize(("fault", "status"), [("refuse", 409), ("wrong", 400)])
def test_a_refused_form_leaves_nothing_and_may_be_sent_again(key, fault, status):
    client = Client()
    assert client.post("/act/", {"idempotency_key": key, fault: "1"}).status_code == status
    assert (effects(), Submission.objects.count()) == (0, 0)
    assert client.post("/act/", {"idempotency_key": key}).status_code == 302
    assert effects() == 1


def test_the_one_who_waited_acts_when_the_first_is_refused(key):
    answers = []

    def refuse():
        answers.append(Client().post("/act/", {"idempotency_key": key, "wait": "0.3", "refuse": "1"}))
        connections.close_all()

    thread = threading.Thread(target=refuse)
    thread.start()
    INSIDE.acquire(timeout=10)
    second = Client().post("/act/", {"idempotency_key": key})
    thread.join()
    assert (answers[0].status_code, second.status_code, effects()) == (409, 302, 1)


def test_a_key_used_at_another_address_is_refused(key):
    Client().post("/act/", {"idempotency_key": key})
    assert Client().post("/other/", {"idempotency_key": key}).status_code == 409
    assert effects() == 1


def test_a_key_used_by_another_browser_is_refused(key):
    first, second = Client(), Client()
    first.cookies[settings.CSRF_COOKIE_NAME], second.cookies[settings.CSRF_COOKIE_NAME] = "a" * 32, "b" * 32
    first.post("/act/", {"idempotency_key": key})
    assert second.post("/act/", {"idempotency_key": key}).status_code == 409
    assert effects() == 1


def test_other_words_under_the_same_key_are_refused_and_given_back(key):
    client = Client()
    client.post("/act/", {"idempotency_key": key, "text": "はじめの 文"})
    response = client.post("/act/", {"idempotency_key": key, "text": "書き直した 文"})
    assert response.status_code == 409
    assert "書き直した 文</textarea>" in response.content.decode()


@pytest.mark.parametrize("broken", ["", "short", "ひらがな" * 8, "a" * 65, "a" * 22 + "'"])
def test_a_key_that_is_not_ours_is_400(broken):
    assert Client().post("/act/", {"idempotency_key": broken}).status_code == 400
    assert effects() == 0


def test_receipts_are_forgotten_after_a_day(key):
    Client().post("/act/", {"idempotency_key": key})
    assert idempotency.purge() == 0
    Submission.objects.update(created_at=timezone.now() - timedelta(hours=25))
    assert idempotency.purge() == 1
