"""Every word is told whole, in short sentences, and every page it sends a reader to is there."""

from dataclasses import fields

import pytest

from wanowa.guideline.rules import (
    AREA_GUIDES,
    AREAS,
    FORM_GUIDES,
    FORMS,
    KIND_GUIDES,
    OWNERSHIPS,
    PRINCIPLE_GUIDES,
    Area,
    Form,
    Kind,
    Ownership,
    Principle,
)

GUIDES = {
    Form: FORM_GUIDES,
    Area: AREA_GUIDES,
    Kind: KIND_GUIDES,
    Principle: PRINCIPLE_GUIDES,
    Ownership: OWNERSHIPS,
}
ALL = [guide for table in GUIDES.values() for guide in table.values()]
PHRASES = {"examples", "papers", "avoid", "settle", "guideline", "clause", "key"}
"""Parts that are lists of things, or no words for readers at all."""


@pytest.mark.parametrize(("words", "guides"), GUIDES.items())
def test_every_word_of_the_vocabulary_has_its_guide(words, guides):
    assert list(guides) == list(words)
    assert all(guide.key is key for key, guide in guides.items())


@pytest.mark.parametrize("guide", ALL, ids=lambda guide: guide.key)
def test_every_guide_has_every_part(guide):
    for field in fields(guide):
        part = getattr(guide, field.name)
        assert part, field.name
        if isinstance(part, tuple) and field.name != "kept":
            assert len(part) >= (2 if field.name != "neighbours" else 1), field.name
            assert len({str(item) for item in part}) == len(part), f"{field.name} says a thing twice"


def _told(value):
    """Yield every string in a part of a guide."""
    if isinstance(value, str) or hasattr(value, "_proxy____cast"):
        yield str(value)
    elif isinstance(value, tuple):
        for item in value:
            yield from _told(item)
    elif hasattr(value, "items"):
        for item in value.values():
            yield from _told(item)
    elif hasattr(value, "difference"):
        yield str(value.difference)
    elif hasattr(value, "what"):
        yield str(value.what)


def _sentences():
    for guide in ALL:
        for field in fields(guide):
            if field.name not in PHRASES:
                for number, text in enumerate(_told(getattr(guide, field.name))):
                    yield pytest.param(text, id=f"{guide.key}.{field.name}.{number}")


@pytest.mark.parametrize("text", list(_sentences()))
def test_a_sentence_is_short_and_polite(text):
    assert text.endswith(("ます。", "です。", "せん。"))
    assert all(len(sentence) <= 40 for sentence in text.removesuffix("。").split("。"))


def test_there_are_sentences_to_look_at():
    assert len(list(_sentences())) > 200


@pytest.mark.parametrize("form", Form)
def test_a_form_says_why_it_suits_each_of_its_areas(form):
    assert tuple(FORM_GUIDES[form].suits) == FORMS[form].areas


@pytest.mark.parametrize("form", Form)
def test_a_form_is_told_apart_from_others_and_the_others_from_it(form):
    neighbours = [neighbour.key for neighbour in FORM_GUIDES[form].neighbours]
    assert form not in neighbours
    assert len(set(neighbours)) == len(neighbours)
    assert any(form in {n.key for n in FORM_GUIDES[other].neighbours} for other in Form if other != form)


@pytest.mark.parametrize("ownership", Ownership)
def test_an_ownership_names_the_areas_and_forms_of_the_guideline(ownership):
    facts = OWNERSHIPS[ownership]
    assert facts.areas == tuple(area for area in Area if AREAS[area].ownership == ownership)
    assert set(facts.forms) == {form for area in facts.areas for form in AREAS[area].forms}


def test_area_e_owes_participation_and_disclosure():
    owed = "".join(map(str, AREA_GUIDES[Area.E].city_owes))
    assert "意見" in owed
    assert "公開" in owed


def test_area_a_says_what_leads_to_area_b():
    assert "B" in "".join(map(str, AREA_GUIDES[Area.A].moves))


@pytest.mark.django_db
def test_where_a_principle_is_kept_there_is_a_page(client):
    for guide in PRINCIPLE_GUIDES.values():
        for keeping in guide.kept:
            assert client.get(keeping.href).status_code == 200, keeping.href
