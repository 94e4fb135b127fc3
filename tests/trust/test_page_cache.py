"""Cached pages against real commits: a change is visible at once, and nobody's own page is given to another."""

import pytest
from django.test import Client

from tests.trust.test_log_clock import elsewhere, eventually, running  # noqa: F401 - a fixture
from wanowa.collaborations import services
from wanowa.collaborations.tests.factories import agreed, talking, town
from wanowa.guideline.tests.samples import loaded
from wanowa.people.models import User
from wanowa.people.tests.factories import sign_in
from wanowa.record.queries import clock
from wanowa.web import caching

LIST = "/collaborations/"


@pytest.fixture
def cached(running, monkeypatch):  # noqa: F811 - the fixture
    """Serve pages as a web process does: from the shelf, on the record's clock."""
    monkeypatch.setattr(caching, "_clocks", [running.read])
    monkeypatch.setattr(clock, "forget", running.forget)
    caching.shelf.clear()
    yield running
    caching.shelf.clear()


def read(address: str = LIST, **headers: str) -> str:
    return Client().get(address, headers=headers).content.decode()


def test_a_page_that_nothing_changed_costs_no_query(cached, django_assert_num_queries):
    talking(town(), title="湧水のみち")
    assert "湧水のみち" in read()
    with django_assert_num_queries(0):
        assert "湧水のみち" in read()


def test_a_change_by_this_process_is_visible_in_the_next_answer(cached):
    talking(town(), title="湧水のみち")
    for number in range(5):
        assert f"花壇{number}" not in read()
        talking(town(), title=f"花壇{number}")
        assert f"花壇{number}" in read()


def test_a_change_by_another_process_is_heard(cached):
    people = town()
    read()
    elsewhere(lambda: talking(people, title="花壇の手入れ"))
    assert eventually(lambda: "花壇の手入れ" in read())


def test_a_new_text_of_the_guideline_is_linked_in_the_next_answer_and_remembered(
    cached, monkeypatch, django_assert_num_queries
):
    monkeypatch.setattr(clock, "moment", cached.moment)
    word, link = "/guideline/principles/independence/", "/guideline/text/#ii-2"
    assert link not in read(word)
    loaded()
    assert f'href="{link}"' in read(word)
    caching.shelf.clear()
    assert eventually(lambda: cached.listening)
    read("/guideline/principles/clear_roles/")
    with django_assert_num_queries(0):
        assert link in read("/guideline/principles/clear_roles/")


def test_without_the_line_a_hit_costs_one_query_and_is_never_old(
    cached, monkeypatch, django_assert_num_queries
):
    monkeypatch.setattr(clock, "TRUST", -1.0)
    people = town()
    read()
    with django_assert_num_queries(1):
        read()
    elsewhere(lambda: talking(people, title="花壇の手入れ"))
    assert "花壇の手入れ" in read()


def test_whoever_has_a_page_is_told_so_until_its_own_case_moves(cached, django_assert_num_queries):
    collaboration = agreed(people := town())
    page = f"/collaborations/{collaboration.slug}/"
    etag = Client().get(page)["ETag"]
    talking(town(), title="花壇の手入れ")
    read(page)
    with django_assert_num_queries(0):
        assert Client().get(page, headers={"If-None-Match": etag}).status_code == 304
    services.speak(collaboration, body="はじめましょう。", by=people.actors[0])
    assert Client().get(page, headers={"If-None-Match": etag}).status_code == 200


def test_anonymous_pages_set_no_cookie(cached):
    slug = agreed(town()).slug
    for address in ("/", LIST, f"/collaborations/{slug}/", "/parties/", "/guideline/"):
        for _made_then_kept in range(2):
            response = Client().get(address)
            assert (response.status_code, dict(response.cookies)) == (200, {}), address


def test_whoever_is_signed_in_is_never_given_the_page_of_everybody(cached):
    collaboration = agreed(people := town())
    page = f"/collaborations/{collaboration.slug}/"
    room = '/room/"'
    member = sign_in(Client(), User.objects.get(pk=people.actors[0].person))
    assert room not in read(page)
    own = member.get(page)
    assert room in own.content.decode()
    assert (own["Cache-Control"], "ETag" in own) == ("private, no-store", False)
    assert room not in read(page)
