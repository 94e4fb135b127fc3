"""The page that explains the process log."""

import pytest
from django.template.loader import render_to_string
from django.test import RequestFactory

from wanowa.record.queries import history, narrate
from wanowa.record.tests.factories import case, offer, tick

pytestmark = pytest.mark.django_db


def test_the_page_says_what_the_log_promises_and_what_not(client):
    page = client.get("/record/")
    assert page.status_code == 200
    for words in ("経過のしくみ", "約束すること", "約束できないこと"):
        assert words in page.content.decode()


def test_the_page_is_only_for_reading(client):
    assert client.post("/record/").status_code == 405


def test_a_timeline_shows_moments_in_order():
    offer(case(), number=3), tick(case())
    moments = narrate(history(case()))
    html = render_to_string("record/timeline.html", {"moments": moments}, RequestFactory().get("/"))
    assert html.index("第3版を提案しました") < html.index("時を記録しました")
    assert "記録 2番" in html


def test_an_empty_timeline_says_how_it_fills():
    assert "まだ経過はありません" in render_to_string("record/timeline.html", {"moments": []})
