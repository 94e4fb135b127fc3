"""The record is the clock: an anonymous page is given again until something that it shows has moved."""

import gzip
from collections import Counter

import pytest
import time_machine
from django.conf import settings
from django.contrib.sessions.backends.signed_cookies import SessionStore
from django.db import OperationalError
from django.http import HttpResponse
from django.middleware.csrf import get_token
from django.test import Client
from django.urls import include, path

from wanowa.web import caching, pages

MOMENTS = Counter()
MADE = Counter()


def clock(cases):
    return str(sum(MOMENTS[case] for case in cases) if cases else MOMENTS.total())


def shown(request):
    MADE["shown"] += 1
    return pages.show(request, "web/gallery.html", cases=["collaborations.agreement/7"])


def silent(request):
    MADE["silent"] += 1
    return pages.show(request, "web/gallery.html")


def form(request):
    get_token(request)
    return pages.show(request, "web/gallery.html", cases=["parties"])


def moving(request):
    MOMENTS["parties"] += 1
    return pages.show(request, "web/gallery.html", cases=["collaborations.agreement/7"])


def problem(request):
    return pages.show(request, "web/gallery.html", cases=["parties"], status=404)


urlpatterns = [
    path("shown/", shown),
    path("silent/", silent),
    path("form/", form),
    path("moving/", moving),
    path("problem/", problem),
    path("plain/", lambda request: HttpResponse("x")),
    path("style/", include("wanowa.web.urls")),
]
pytestmark = pytest.mark.urls("wanowa.web.tests.test_caching")


@pytest.fixture(autouse=True)
def _fresh(monkeypatch):
    monkeypatch.setattr(caching, "_clocks", [clock])
    caching.shelf.clear()
    MOMENTS.clear()
    MADE.clear()


def test_a_page_is_made_once_until_its_case_moves():
    client = Client()
    first, second = client.get("/shown/"), client.get("/shown/")
    assert (first.content, MADE["shown"]) == (second.content, 1)
    assert first["ETag"] == second["ETag"]
    MOMENTS["collaborations.agreement/7"] += 1
    assert client.get("/shown/")["ETag"] != first["ETag"]
    assert MADE["shown"] == 2


def test_a_change_elsewhere_leaves_the_page_alone():
    client = Client()
    client.get("/shown/")
    MOMENTS["parties"] += 1
    client.get("/shown/")
    assert MADE["shown"] == 1


def test_whoever_has_the_page_gets_304_without_a_body():
    client = Client()
    etag = client.get("/shown/")["ETag"]
    response = client.get("/shown/", headers={"If-None-Match": f'"other", {etag}'})
    assert (response.status_code, response.content, response["ETag"]) == (304, b"", etag)
    assert client.get("/shown/", headers={"If-None-Match": '"other"'}).status_code == 200


def test_a_page_given_again_has_all_headers_of_the_first():
    client = Client()
    first, second = (dict(client.get("/shown/").items()) for _ in range(2))
    assert first == second
    assert "Content-Security-Policy" in second
    assert second["Cache-Control"] == "public, no-cache"
    assert second["Vary"] == "Cookie, Accept-Encoding, HX-Request"


def test_a_squeezed_page_holds_the_same_text():
    client = Client()
    plain = client.get("/shown/").content
    for _ in range(2):
        response = client.get("/shown/", headers={"Accept-Encoding": "gzip"})
        assert response["Content-Encoding"] == "gzip"
        assert int(response["Content-Length"]) == len(response.content)
        assert gzip.decompress(response.content) == plain


@pytest.mark.django_db
def test_somebody_with_a_session_is_never_answered_from_the_shelf():
    client = Client()
    client.get("/shown/")
    client.cookies[settings.SESSION_COOKIE_NAME] = SessionStore().session_key or "x" * 32
    response = client.get("/shown/", headers={"Accept-Encoding": "gzip"})
    assert (response["Cache-Control"], MADE["shown"]) == ("private, no-store", 2)
    assert "ETag" not in response
    assert "Content-Encoding" not in response


def test_a_page_that_does_not_say_what_it_shows_is_never_kept():
    client = Client()
    for _ in range(2):
        assert "ETag" not in client.get("/silent/")
    assert MADE["silent"] == 2


@pytest.mark.parametrize("address", ["/form/", "/problem/", "/plain/", "/nowhere/"])
def test_a_page_with_a_token_or_another_status_is_never_kept(address):
    Client().get(address)
    assert not caching.shelf.pages


def test_a_page_made_while_the_record_moved_is_not_kept():
    Client().get("/moving/")
    assert not caching.shelf.pages


def test_a_page_made_while_the_record_moved_carries_no_etag():
    assert "ETag" not in Client().get("/moving/")


def test_while_the_database_is_away_pages_are_made_anew_and_not_kept(monkeypatch):
    client = Client()
    kept = client.get("/shown/")["ETag"]

    def away(cases):
        raise OperationalError("server closed the connection unexpectedly")

    monkeypatch.setattr(caching, "_clocks", [away])
    response = client.get("/shown/", headers={"If-None-Match": kept})
    assert (response.status_code, MADE["shown"]) == (200, 2)
    assert "ETag" not in response


def test_another_look_query_or_htmx_is_another_page():
    client = Client()
    client.get("/shown/")
    client.get("/shown/?q=1")
    client.get("/shown/", headers={"HX-Request": "true"})
    client.cookies["look"] = "theme-dark"
    assert b'data-theme="dark"' in client.get("/shown/").content
    assert MADE["shown"] == 4


def test_an_invented_look_shares_the_plain_page():
    client = Client()
    client.get("/shown/")
    client.cookies["look"] = "theme-<b>.x-y"
    client.get("/shown/")
    assert MADE["shown"] == 1


def test_the_shelf_stays_within_its_budget():
    shelf = caching.Shelf(budget=250)
    for number in range(10):
        shelf.put((str(number),), caching.Kept("e", (), {}, b"x" * 60, b"y" * 40))
    assert list(shelf.pages) == [("8",), ("9",)]
    assert shelf.size == 200


def test_without_a_clock_nothing_is_kept(monkeypatch):
    monkeypatch.setattr(caching, "_clocks", [])
    Client().get("/shown/")
    assert not caching.shelf.pages


def test_the_page_of_yesterday_is_not_given_today():
    client = Client()
    with time_machine.travel("2026-11-23T14:59:00Z", tick=False):
        yesterday = client.get("/shown/")["ETag"]
    with time_machine.travel("2026-11-23T15:01:00Z", tick=False):
        assert client.get("/shown/")["ETag"] != yesterday
