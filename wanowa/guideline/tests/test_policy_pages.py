"""The pages of the policy text, and the way from our words to its sections and back."""

import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from wanowa.guideline import queries
from wanowa.guideline.queries import clause_href, policy, source_of, word_href
from wanowa.guideline.rules import AREAS, FORMS, KINDS, OWNERSHIPS, POLICIES, PRINCIPLES, RESOURCES
from wanowa.guideline.tests.samples import PLAIN, PRINTED, REVISED, loaded, two_editions
from wanowa.record.queries import clock
from wanowa.web.caching import shelf

pytestmark = pytest.mark.django_db
CLAUSES = {
    facts.clause
    for table in (AREAS, FORMS, KINDS, OWNERSHIPS, POLICIES, PRINCIPLES, RESOURCES)
    for facts in table.values()
}


@pytest.fixture(autouse=True)
def _fresh(monkeypatch):
    """Keep pages and headings of one test away from the next."""
    monkeypatch.setattr(queries.examples, "_examples", {})
    shelf.clear()
    policy._read_at.cache_clear()
    yield
    policy._read_at.cache_clear()


def read(client, address, status=200):
    response = client.get(address)
    assert response.status_code == status
    return response.content.decode()


def cost(client, address):
    read(client, address)
    shelf.clear()
    with CaptureQueriesContext(
        connection,
    ) as seen:
        read(client, address)
    return len(seen)


def test_without_a_text_the_page_says_how_the_city_loads_one(client):
    page = read(client, "/guideline/text/")
    assert "まだ載っていません" in page
    assert "wanowa load-guideline" in page


@pytest.mark.parametrize("address", ["/guideline/text/1/", "/guideline/text/1/changes/"])
def test_a_version_that_does_not_exist_is_not_found(client, address):
    read(client, address, 404)


def test_the_newest_text_stands_with_contents_sections_tables_and_footnotes(client):
    two_editions()
    page = read(client, "/guideline/text/")
    for slug in ("i", "ii-2-1", "ii-column", "iii-1-1-2", "iv"):
        assert f'<section id="{slug}"' in page
    for slug in ("i", "ii-2", "ii-column", "iv"):
        assert f'href="#{slug}"' in page
    assert re.search(r"<h4>（１） 話しあいの約束</h4>\s*<p>水辺のことを", page)
    assert '<p class="footnote">¹ 町の仕事をするところ</p>' in page
    assert "分け方<br>だれが" in page
    assert "これは前の版です" not in page
    assert "2021年4月1日（木）" in page


def test_an_older_version_stays_at_its_address_and_says_so(client):
    two_editions()
    page = read(client, "/guideline/text/1/")
    assert "よく話しあいます。" in page
    assert "これは前の版です" in page
    assert 'href="/guideline/text/2/changes/"' in page


def test_what_changed_is_shown_section_by_section(client):
    loaded(PLAIN, "令和2年")
    loaded(REVISED, "令和3年")
    page = read(client, "/guideline/text/2/changes/")
    assert len(re.findall('class="clause moved', page)) == 3
    assert "新しい節" in page
    assert "前の見出し　(2) 見せあい" in page
    assert re.search(r"<ins>.*?なっとく", page)
    read(client, "/guideline/text/1/changes/", 404)


def test_a_new_name_alone_changes_no_sentence(client):
    loaded(PLAIN, "令和2年")
    loaded(PLAIN, "令和2年4月")
    assert "文は、変わっていません" in read(client, "/guideline/text/2/changes/")


def test_what_stands_in_a_text_is_text(client):
    loaded(PLAIN.replace("水辺はみんなのものです。", "<script>alert(1)</script>水辺です。"))
    page = read(client, "/guideline/text/")
    assert "&lt;script&gt;alert(1)" in page


@pytest.mark.parametrize("clause", sorted(CLAUSES))
def test_without_a_text_a_clause_leads_to_our_own_page(clause):
    assert clause_href(clause) == word_href(clause)
    assert clause_href(clause).startswith("/guideline/")
    assert source_of(clause).href == ""


def test_with_a_text_a_clause_leads_to_its_section_or_to_what_stands_above_it():
    loaded(PRINTED)
    assert clause_href("Ⅱ-2(1)") == "/guideline/text/#ii-2-1"
    assert clause_href("Ⅱ-2(6)") == "/guideline/text/#ii-2"
    assert clause_href("Ⅱ-5") == "/guideline/text/#ii"
    assert source_of("Ⅱ-4").heading == "４ 水辺のこよみ"
    assert clause_href("Ⅴ") == "/guideline/"


def test_a_word_and_its_section_lead_to_each_other(client):
    loaded(PRINTED)
    word = reverse("guideline:principle", args=["understanding"])
    assert 'href="/guideline/text/#ii-2-1"' in read(client, word)
    assert f'href="{word}"' in read(client, "/guideline/text/")


def test_a_new_version_is_seen_at_once_where_headings_are_remembered(monkeypatch, django_assert_num_queries):
    moments = iter("112")
    monkeypatch.setattr(clock, "moment", lambda prefixes: next(moments))
    loaded(PLAIN, "令和2年")
    assert source_of("Ⅱ-2(2)").heading == "(2) 見せあい"
    with django_assert_num_queries(0):
        assert source_of("Ⅱ-2(2)").heading == "(2) 見せあい"
    loaded(REVISED, "令和3年")
    assert source_of("Ⅱ-2(2)").heading == "(2) 手わけ"


def test_the_text_costs_the_same_however_long_it_is(client):
    loaded(PLAIN, "令和2年")
    short = cost(client, "/guideline/text/")
    loaded(
        "第1章 はじめ\n" + "\n".join(f"{n}. 約束その{'あ' * n}\n守ります。" for n in range(1, 21)), "令和3年"
    )
    assert cost(client, "/guideline/text/") == short == 2
    for n in range(4, 9):
        loaded(REVISED, f"令和{n}年")
    assert cost(client, "/guideline/text/") == 2
    assert cost(client, "/guideline/text/2/changes/") == 3
