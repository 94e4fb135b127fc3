"""Whatever is sent, the answer is a page that says what to do; never a 500 for bad input."""

import pytest
from django.core.exceptions import RequestDataTooBig, SuspiciousOperation
from django.db import DataError, OperationalError
from django.http import Http404, HttpResponse, HttpResponseNotAllowed
from django.test import Client, override_settings
from django.urls import include, path

from wanowa.kernel.errors import Conflict, Forbidden
from wanowa.web import problems

FAULTS = {
    "refused": Conflict("先に変わりました。新しい内容を見てください。"),
    "forbidden": Forbidden("代表だけができます。代表に頼んでください。"),
    "missing": Http404(),
    "strange": SuspiciousOperation(),
    "big": RequestDataTooBig(),
    "down": OperationalError("server closed the connection unexpectedly"),
    "long": DataError("value too long"),
    "fault": RuntimeError("a real fault"),
}


def fail(request, name):
    raise FAULTS[name]


urlpatterns = [
    path("fail/<str:name>/", fail),
    path("echo/", lambda request: HttpResponse(request.POST.get("text", ""))),
    path("safe/", lambda request: HttpResponseNotAllowed(["GET"])),
    path("style/", include("wanowa.web.urls")),
]
handler400 = problems.bad_request
handler403 = problems.forbidden
handler404 = problems.not_found
handler500 = problems.broken
pytestmark = pytest.mark.urls("wanowa.web.tests.test_problems")


@pytest.fixture
def client():
    return Client(raise_request_exception=False)


@pytest.mark.parametrize(
    ("name", "status", "word"),
    [
        ("refused", 409, "先に変わりました。"),
        ("forbidden", 403, "代表に頼んでください。"),
        ("missing", 404, "ページが見つかりません"),
        ("strange", 400, "読み取れませんでした"),
        ("big", 413, "大きすぎて"),
        ("down", 503, "つながりにくく"),
        ("long", 400, "読み取れませんでした"),
        ("fault", 500, "こちらの故障です"),
    ],
)
def test_every_fault_becomes_a_page_in_the_house_style(client, name, status, word):
    response = client.get(f"/fail/{name}/")
    assert response.status_code == status
    assert word in response.content.decode()
    assert "わのわ" in response.content.decode()
    assert "default-src 'self'" in response["Content-Security-Policy"]


def test_an_absent_database_asks_to_come_back(client):
    assert client.get("/fail/down/")["Retry-After"] == "30"


def test_a_refusal_gives_back_what_was_written(client):
    page = client.post("/fail/refused/", {"text": "毎月の 見回り", "fingerprint": "a" * 64}).content.decode()
    assert "毎月の 見回り</textarea>" in page
    assert "a" * 64 not in page


def test_htmx_gets_a_sentence_for_the_toast_region(client):
    response = client.post("/fail/refused/", headers={"HX-Request": "true"})
    assert (response.status_code, response["HX-Retarget"]) == (409, "#toasts")
    assert "<html" not in response.content.decode()


def test_a_bare_405_becomes_a_page_and_keeps_its_allow_header(client):
    response = client.get("/safe/")
    assert (response.status_code, response["Allow"]) == (405, "GET")
    assert response.get("Content-Length") in {None, str(len(response.content))}
    assert "この開き方はできません" in response.content.decode()


@pytest.mark.parametrize("query", ["q=%00", "q=%FF%FE", "%C0%80=1", "q=\xff"])
def test_a_query_that_is_no_text_is_400(client, query):
    response = client.get("/echo/", QUERY_STRING=query)
    assert response.status_code == 400
    assert "読めない文字" in response.content.decode()


@pytest.mark.parametrize("body", [b"text=%00", b"text=%FF", b"text=\xe3\x81", b"text=a\0b"])
def test_a_form_that_is_no_text_is_400(client, body):
    response = client.post("/echo/", body, content_type="application/x-www-form-urlencoded")
    assert response.status_code == 400


def test_a_multipart_form_with_nul_is_400(client):
    assert client.post("/echo/", {"text": "a\0b"}).status_code == 400


@pytest.mark.parametrize("address", ["/%00/", "/%FF/", "/..%2f..%2f/", "/a" * 2000])
def test_a_strange_address_is_a_client_error(client, address):
    assert client.get(address).status_code in {400, 404}


@override_settings(DATA_UPLOAD_MAX_MEMORY_SIZE=100)
def test_a_form_that_is_too_big_is_413(client):
    assert client.post("/echo/", {"text": "あ" * 200}).status_code == 413


def test_japanese_passes_unchanged(client):
    text = "𠮷野家 ㍻ か\u3099 👨‍👩‍👧 ①"
    assert client.post("/echo/", {"text": text}).content.decode() == text


def test_an_expired_form_of_this_site_gives_its_text_back():
    client = Client(enforce_csrf_checks=True)
    response = client.post("/echo/", {"text": "書いた 文章"}, headers={"Origin": "http://testserver"})
    assert response.status_code == 403
    assert "書いた 文章</textarea>" in response.content.decode()


def test_a_form_of_another_site_gets_nothing_back():
    client = Client(enforce_csrf_checks=True)
    response = client.post("/echo/", {"text": "うその 文章"}, headers={"Origin": "https://evil.example"})
    assert response.status_code == 403
    assert "うその" not in response.content.decode()


def test_the_page_of_last_resort_needs_no_templates(client, monkeypatch):
    monkeypatch.setattr(problems, "render_to_string", lambda *_: 1 / 0)
    response = client.get("/fail/fault/")
    assert (response.status_code, response.content.decode()) == (500, problems.BARE)
