"""The queue page gives a form back whole with its first moment, which nobody can forge: it is no way to be late."""

import re
from datetime import UTC, datetime, timedelta
from html import unescape
from time import monotonic

import pytest
import time_machine
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import OperationalError
from django.http import HttpResponse
from django.test import Client, RequestFactory
from django.urls import include, path
from psycopg_pool import PoolTimeout

from wanowa.kernel.errors import Refused
from wanowa.web import arrival, waiting
from wanowa.web.arrival import KEPT, arrived, counts_arrival, known_arrival, seal
from wanowa.web.sent import FIELD, MOMENT

END = datetime(2026, 12, 20, 15, 0, tzinfo=UTC)
FIRST = END - timedelta(seconds=29)
AGAIN = END + timedelta(seconds=40)
FORM = {FIELD: "k" * 22, "text": "花壇の <水やり>", "csrfmiddlewaretoken": "c" * 32}
HOME = {"Referer": "http://testserver/hand-in/"}
DOWN = []
"""What a view raises, while there is something in it."""


def take(request, name=""):
    if DOWN:
        raise DOWN[0]
    return HttpResponse(arrived(request).isoformat())


@counts_arrival
def hand_in(request):
    return take(request)


urlpatterns = [
    path("healthz", take),
    path("hand-in/", hand_in),
    path("write/<str:name>/", take),
    path("style/", include("wanowa.web.urls")),
]
pytestmark = pytest.mark.urls("wanowa.web.tests.test_waiting")


@pytest.fixture
def client(monkeypatch, settings):
    # What is looked at here needs neither rows nor sessions.
    settings.MIDDLEWARE = ["wanowa.web.arrival.Arrival", "wanowa.web.middleware.Problems"]
    monkeypatch.setattr(arrival, "KEPT", KEPT)
    monkeypatch.setattr(waiting.door, "_shut_until", 0.0)
    yield Client(headers=HOME)
    DOWN.clear()


def post(at, form=FORM, where="/hand-in/", **more):
    """Return a request as it comes at a moment."""
    with time_machine.travel(at, tick=False):
        request = RequestFactory(headers=HOME).post(where, form, **more)
        arrival.Arrival(lambda passed: HttpResponse())(request)
    return request


def came(at, form=FORM, where="/hand-in/"):
    """Return when a form counts as arrived that is sent at a moment."""
    with time_machine.travel(at, tick=False):
        return arrived(post(at, form, where))


def sealed(at=FIRST, form=FORM, where="/hand-in/"):
    """Return a form that was sent at a moment, with the field that a queue page adds."""
    return form | {MOMENT: seal(post(at, form, where), at)}


def hidden(page):
    return {
        name: unescape(value)
        for name, value in re.findall(r'type="hidden" name="(\w+)" value="([^"]*)"', page)
    }


def test_a_form_counts_from_its_first_moment():
    assert came(AGAIN, sealed()) == FIRST
    assert came(AGAIN) == pytest.approx(AGAIN, abs=timedelta(seconds=1))


@pytest.mark.parametrize(
    "form",
    [
        pytest.param(sealed() | {FIELD: "q" * 22}, id="another key"),
        pytest.param(sealed() | {"text": "べつの文"}, id="another content"),
        pytest.param(sealed() | {"more": "1"}, id="more content"),
        pytest.param(sealed(where="/write/this/"), id="another address"),
        pytest.param(FORM | {MOMENT: f"{int(FIRST.timestamp())}.000000:AAAA"}, id="made up"),
        pytest.param(FORM | {MOMENT: f"{int(FIRST.timestamp())}.000000"}, id="without a signature"),
        pytest.param(sealed() | {MOMENT: sealed()[MOMENT].replace(".000000", ".000001")}, id="altered"),
        pytest.param(sealed(AGAIN - KEPT - timedelta(seconds=2)), id="too old"),
        pytest.param(sealed(AGAIN + timedelta(seconds=5)), id="to come"),
    ],
)
def test_what_is_not_ours_or_not_for_this_form_does_not_count(form):
    assert abs(came(AGAIN, form) - AGAIN) < timedelta(seconds=1)


def test_a_moment_of_an_address_counts_there():
    """The control of the table above: the same seals count where they belong."""
    assert came(AGAIN, sealed(where="/write/this/"), "/write/this/") == FIRST
    assert came(AGAIN, sealed(AGAIN - KEPT + timedelta(seconds=2))) == AGAIN - KEPT + timedelta(seconds=2)


def test_without_the_signature_a_moment_could_be_made_up(monkeypatch):
    """The control of the guard: with the comparison off, the made-up moment would count."""
    monkeypatch.setattr(arrival, "constant_time_compare", lambda *_: True)
    assert came(AGAIN, FORM | {MOMENT: f"{int(FIRST.timestamp())}.000000:AAAA"}) == FIRST


def test_a_late_form_stays_late_however_often_it_is_sent(client):
    DOWN.append(OperationalError("away"))
    late = END + timedelta(seconds=1)
    with time_machine.travel(late, tick=False) as machine:
        form = hidden(client.post("/hand-in/", FORM).content.decode())
        machine.shift(60)
        form = hidden(client.post("/hand-in/", form).content.decode())
    assert abs(came(late + timedelta(seconds=90), form) - late) < timedelta(seconds=1)


def test_the_page_gives_back_what_counts_after_the_end(client):
    DOWN.append(OperationalError("away"))
    with time_machine.travel(FIRST + timedelta(seconds=0.5), tick=False):
        answer = client.post("/hand-in/?from=mail", FORM)
    page = answer.content.decode()
    assert (answer.status_code, answer["Retry-After"]) == (503, "30")
    assert "23:59:31" in page
    assert "00:09:31" in page
    assert 'action="/hand-in/?from=mail"' in page
    assert {**hidden(page), MOMENT: ""} == FORM | {MOMENT: ""}
    DOWN.clear()
    with time_machine.travel(AGAIN, tick=False):
        counted = datetime.fromisoformat(client.post("/hand-in/", hidden(page)).content.decode())
    assert abs(counted - FIRST) < timedelta(seconds=1)


def test_a_page_whose_deadline_does_not_look_promises_nothing(client):
    DOWN.append(OperationalError("away"))
    page = client.post("/write/this/", FORM).content.decode()
    assert hidden(page) == FORM
    assert "受けつけの列に入りました" not in page
    assert "もう一度送る" in page


def test_a_moment_that_is_not_known_is_not_promised(client, monkeypatch):
    DOWN.append(OperationalError("away"))
    monkeypatch.setattr(arrival.platform, "following", True)
    assert known_arrival(post(FIRST)) is None
    page = client.post("/hand-in/", FORM).content.decode()
    assert hidden(page) == FORM
    assert "受けつけの列に入りました" not in page


@pytest.mark.parametrize(
    ("form", "headers"),
    [
        (FORM, {"Referer": "https://evil.example/"}),
        (FORM, {"Referer": "", "Origin": "null"}),
        (FORM, {"Referer": "http://[testserver/"}),
        (FORM | {FIELD: "short"}, {}),
        (FORM | {"password": "あいことば"}, {}),
        (FORM | {"file": SimpleUploadedFile("a.txt", b"a")}, {}),
    ],
)
def test_what_a_page_cannot_or_must_not_give_back_has_no_button(client, form, headers):
    DOWN.append(OperationalError("away"))
    answer = client.post("/hand-in/", form, headers=headers)
    assert answer.status_code == 503
    assert "data-again" not in answer.content.decode()


def test_a_form_of_another_site_gets_none_of_its_words_into_our_page(client):
    DOWN.append(OperationalError("away"))
    assert "花壇の" in client.post("/hand-in/", FORM).content.decode()
    answer = client.post("/hand-in/", FORM, headers={"Referer": "https://evil.example/"})
    assert "花壇の" not in answer.content.decode()


def test_a_form_of_another_site_would_get_a_button_without_the_look(client, monkeypatch):
    """The control: with the look at the sender off, words and button of another site stand in our page."""
    DOWN.append(OperationalError("away"))
    monkeypatch.setattr(waiting, "ours", lambda _request: True)
    answer = client.post("/hand-in/", FORM, headers={"Referer": "https://evil.example/"})
    assert "data-again" in answer.content.decode()


def test_other_refusals_have_nothing_to_send_again(client):
    DOWN.append(Refused("いまはできません。"))
    assert "data-again" not in client.post("/hand-in/", FORM).content.decode()


def no_connection():
    """Return what Django raises after the pool had no connection to give for ten seconds."""
    fault = OperationalError("couldn't get a connection")
    fault.__cause__ = PoolTimeout()
    return fault


@pytest.mark.parametrize(("seconds", "status"), [(waiting.AWAY, 503), (0.0, 200)])
def test_after_one_has_waited_in_vain_others_are_answered_at_once(client, monkeypatch, seconds, status):
    """With the time of the shut door at nothing (the control) the next request tries for itself."""
    monkeypatch.setattr(waiting, "AWAY", seconds)
    DOWN.append(no_connection())
    assert client.post("/hand-in/", FORM).status_code == 503
    DOWN.clear()
    answer = client.post("/hand-in/", FORM)
    assert answer.status_code == status
    assert ("受けつけの列に入りました" in answer.content.decode()) is (status == 503)
    monkeypatch.setattr(waiting.door, "_shut_until", monotonic())
    assert client.post("/hand-in/", FORM).status_code == 200


def test_a_connection_that_breaks_shuts_no_door(client):
    DOWN.append(OperationalError("terminating connection"))
    assert client.post("/hand-in/", FORM).status_code == 503
    DOWN.clear()
    assert client.post("/hand-in/", FORM).status_code == 200


def test_health_is_asked_behind_a_shut_door(client, monkeypatch):
    monkeypatch.setattr(waiting.door, "_shut_until", monotonic() + 60)
    assert client.get("/healthz").status_code == 200
    assert client.get("/write/this/").status_code == 503
