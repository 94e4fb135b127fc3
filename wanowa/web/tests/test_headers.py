"""The same security headers on every answer, compared with a file that a reviewer can read."""

from pathlib import Path

import pytest
from django.test import Client, override_settings

from wanowa.web import assets

GOLDEN = Path(__file__).parent / "golden" / "headers.txt"
CHANGING = {
    "Content-Type",
    "Content-Length",
    "Content-Language",
    "Vary",
    "Cache-Control",
    "ETag",
    "Content-Encoding",
}


@override_settings(
    SECURE_HSTS_SECONDS=31_536_000, SECURE_HSTS_INCLUDE_SUBDOMAINS=True, SECURE_HSTS_PRELOAD=True
)
@pytest.mark.parametrize("address", ["/style/", "/nowhere/", "/style/nothing/nothing.css", "asset", "bad"])
def test_security_headers_equal_the_golden_file(address):
    query = "q=%00" if address == "bad" else ""
    address = assets.address("wanowa.css") if address == "asset" else address.replace("bad", "/style/")
    client = Client(raise_request_exception=False)
    response = client.get(address, QUERY_STRING=query, secure=True)
    seen = sorted(f"{name}: {value}" for name, value in response.items() if name not in CHANGING)
    assert seen == GOLDEN.read_text().splitlines()


def test_an_anonymous_page_sets_no_cookie_and_carries_no_token():
    response = Client().get("/nowhere/")
    assert not response.cookies
    assert b"csrfmiddlewaretoken" not in response.content
