"""The pages of the guideline: one for each word, in Japanese, linked with each other, free while nothing moves."""

import re

import pytest
from django.urls import reverse

from wanowa.guideline import queries
from wanowa.guideline.queries import Example
from wanowa.guideline.rules import (
    AREAS,
    FORM_GUIDES,
    FORMS,
    KINDS,
    OWNERSHIPS,
    POLICIES,
    PRINCIPLES,
    RESOURCES,
    Area,
    Form,
    Kind,
)
from wanowa.record.queries import clock
from wanowa.web.caching import shelf

PAGES = [
    (name, facts)
    for name, table in (
        ("form", FORMS),
        ("area", AREAS),
        ("kind", KINDS),
        ("principle", PRINCIPLES),
        ("ownership", OWNERSHIPS),
    )
    for facts in table.values()
]


@pytest.fixture
def read(client, db, django_assert_num_queries, monkeypatch):
    """Return a function that reads a page as a visitor of a web process that hears the record; no query."""
    queries.policy._read_at.cache_clear()
    monkeypatch.setattr(clock, "moment", lambda prefixes: "7")

    def page(address):
        client.get(address)  # templates and styles are read once
        shelf.clear()
        with django_assert_num_queries(0):
            response = client.get(address)
        assert response.status_code == 200
        return response.content.decode()

    return page


@pytest.fixture
def no_examples(monkeypatch):
    monkeypatch.setattr(queries.examples, "_examples", {})


@pytest.mark.usefixtures("no_examples")
def test_the_overview_shows_every_word_and_links_to_its_page(read):
    page = read("/guideline/")
    for name, facts in PAGES:
        assert reverse(f"guideline:{name}", args=[facts.key]) in page
    for table in (KINDS, PRINCIPLES, FORMS, RESOURCES, POLICIES):
        for facts in table.values():
            assert str(facts.key.label) in page
    for facts in AREAS.values():
        assert str(facts.meaning) in page


@pytest.mark.usefixtures("no_examples")
@pytest.mark.parametrize(("name", "facts"), PAGES, ids=lambda value: getattr(value, "key", value))
def test_every_word_has_a_page_with_its_meaning_and_its_clause(read, name, facts):
    page = read(reverse(f"guideline:{name}", args=[facts.key]))
    assert len(re.findall("<h1", page)) == 1
    assert str(facts.key.label) in page
    assert str(getattr(facts, "meaning", None) or facts.method) in page
    assert f"指針 {facts.clause}" in page
    assert 'href="/guideline/"' in page
    assert "<c-" not in page
    assert "{%" not in page


@pytest.mark.usefixtures("no_examples")
def test_a_form_says_its_areas_its_ownership_and_what_each_side_prepares(read):
    page, guide = read("/guideline/forms/partnership_contract/"), FORM_GUIDES[Form.PARTNERSHIP_CONTRACT]
    for shown in (
        "領域C",
        "領域D",
        "双方に帰属",
        "市に帰属",
        "仕様書の案（話し合って直します）",
        "受託する主体",
        "仕事をうけもち、自分の知識と経験を生かします。",
        *map(str, guide.steps),
        *map(str, guide.papers),
        *map(str, guide.examples),
        *map(str, guide.suits.values()),
        *(str(neighbour.difference) for neighbour in guide.neighbours),
    ):
        assert shown in page
    assert 'href="/guideline/ownership/both/"' in page
    assert 'href="/collaborations/new/?form=partnership_contract"' in page
    assert 'href="/guideline/areas/C/"' in page
    assert 'href="/guideline/forms/accord/"' in page


@pytest.mark.usefixtures("no_examples")
def test_an_area_marks_itself_on_the_scale_and_lists_its_forms(read):
    page = read("/guideline/areas/B/")
    assert re.findall(r'href="/guideline/areas/(.)/" aria-current="page"', page) == ["B"]
    for form in AREAS[Area.B].forms:
        assert f"/guideline/forms/{form}/" in page


@pytest.mark.parametrize(
    "address",
    [
        "forms/unknown/",
        "areas/F/",
        "areas/a/",
        "kinds/forms/",
        "principles/x/",
        "ownership/nobody/",
        "forms/",
        "forms/協定/",
    ],
)
def test_a_word_that_does_not_exist_is_not_found(client, db, address):
    assert client.get(f"/guideline/{address}").status_code == 404


@pytest.mark.parametrize("method", ["post", "put", "patch", "delete"])
def test_the_pages_can_only_be_read(client, db, method):
    assert getattr(client, method)("/guideline/").status_code == 405


@pytest.mark.usefixtures("no_examples")
def test_upper_apps_add_living_examples_once(read):
    def examples(word):
        ring = ({"kind": "city", "given": True}, {"kind": "citizen", "given": False})
        shown = Example("湧水の<みち>", "/collaborations/湧水/", "4者", "取組中", ring)
        return [shown] if word is Form.ACCORD else []

    queries.register_examples(examples, cases=("collaborations",))
    queries.register_examples(examples, cases=("collaborations",))
    assert queries.example_cases() == ("collaborations",)
    assert [example.title for example in queries.examples_of(Form.ACCORD)] == ["湧水の<みち>"]
    page = read("/guideline/forms/accord/")
    assert "湧水の&lt;みち&gt;" in page
    assert "/collaborations/湧水/" in page
    assert "2者のうち1者が同意" in page
    assert "まだ例がありません" not in page
    assert "まだ例がありません" in read("/guideline/forms/subsidy/")
    assert queries.examples_of(Kind.CITY) == []
