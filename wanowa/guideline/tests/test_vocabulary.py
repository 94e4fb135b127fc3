"""The vocabulary is complete, consistent, and in our own plain words (G-22 to G-26, G-33d, G-41)."""

import re
from dataclasses import fields

import pytest
from django.db.models import TextChoices

from wanowa.guideline import rules
from wanowa.guideline.rules import (
    AREAS,
    FIELDS,
    FORMS,
    KINDS,
    POLICIES,
    PRINCIPLES,
    RESOURCES,
    Area,
    Field,
    Form,
    Kind,
    Ownership,
    Policy,
    Principle,
    Resource,
)

WORDS = [Kind, Principle, Area, Form, Ownership, Resource, Policy, Field]
FACTS = [KINDS, PRINCIPLES, AREAS, FORMS, RESOURCES, POLICIES, FIELDS]
ALL_FACTS = [facts for table in FACTS for facts in table.values()]


@pytest.mark.parametrize(("words", "count"), list(zip(WORDS, (7, 6, 5, 8, 3, 5, 4, 20), strict=True)))
def test_every_word_of_the_guideline_has_a_key(words, count):
    assert len(words) == count
    assert len(set(words.labels)) == count


def test_the_keys_are_the_agreed_ones():
    assert Kind.values == ["resident", "local", "citizen", "company", "public", "nation", "city"]
    assert Principle.values == [
        "understanding",
        "shared_goals",
        "clear_roles",
        "openness",
        "independence",
        "equality",
    ]
    assert Area.values == list("ABCDE")
    assert set(Form.values) == {
        "committee",
        "accord",
        "joint_operation",
        "partnership_contract",
        "contract",
        "cooperation",
        "subsidy",
        "endorsement",
    }
    assert Ownership.values == ["citizens", "both", "city"]
    assert Resource.values == ["people", "goods", "money", "place", "information"]
    assert Policy.values == ["awareness", "sharing", "system", "environment"]


@pytest.mark.parametrize("words", WORDS)
def test_a_key_is_ascii_and_a_label_is_japanese(words):
    for word in words:
        assert re.fullmatch(r"[a-z_]+|[A-E]", word.value)
        assert re.search(r"[\u3040-\u9fff]", str(word.label))


@pytest.mark.parametrize("table", FACTS)
def test_every_word_has_its_facts_under_its_own_key(table):
    assert list(table) == list(type(next(iter(table))))
    assert all(facts.key is key for key, facts in table.items())


@pytest.mark.parametrize(
    ("area", "forms"),
    [
        (Area.A, set()),
        (Area.B, {Form.COOPERATION, Form.SUBSIDY, Form.ENDORSEMENT}),
        (Area.C, {Form.COMMITTEE, Form.ACCORD, Form.JOINT_OPERATION, Form.PARTNERSHIP_CONTRACT}),
        (Area.D, {Form.PARTNERSHIP_CONTRACT, Form.CONTRACT}),
        (Area.E, set()),
    ],
)
def test_each_area_allows_the_forms_of_the_guideline(area, forms):
    assert set(AREAS[area].forms) == forms
    assert AREAS[area].is_collaboration is bool(forms)


@pytest.mark.parametrize(
    ("area", "ownership"),
    list(
        zip(
            Area,
            (Ownership.CITIZENS, Ownership.CITIZENS, Ownership.BOTH, Ownership.CITY, Ownership.CITY),
            strict=True,
        )
    ),
)
def test_the_results_of_each_area_belong_to_whom_the_guideline_says(area, ownership):
    assert AREAS[area].ownership == ownership


@pytest.mark.parametrize("form", Form)
def test_every_form_has_an_area_and_its_ownership_follows_the_area(form):
    facts = FORMS[form]
    assert facts.areas
    assert facts.ownerships == tuple(AREAS[area].ownership for area in facts.areas)
    assert all(form in AREAS[area].forms for area in facts.areas)


def test_only_the_partnership_contract_stands_in_two_areas():
    assert [form for form in Form if len(FORMS[form].areas) > 1] == [Form.PARTNERSHIP_CONTRACT]
    assert FORMS[Form.PARTNERSHIP_CONTRACT].ownerships == (Ownership.BOTH, Ownership.CITY)


@pytest.mark.parametrize(
    ("kind", "strengths"),
    [
        (Kind.RESIDENT, ["多様性", "独創性", "自発性"]),
        (Kind.LOCAL, ["地域性", "継続性", "共益性"]),
        (Kind.CITIZEN, ["自主性", "機動性", "専門性"]),
        (Kind.COMPANY, ["専門性", "先駆性", "機動性"]),
        (Kind.PUBLIC, ["共益性", "専門性", "安定性"]),
        (Kind.NATION, ["専門性", "安定性", "先駆性"]),
        (Kind.CITY, ["公平性", "安定性", "専門性"]),
    ],
)
def test_each_kind_has_the_strengths_of_the_guideline(kind, strengths):
    assert [str(strength) for strength in KINDS[kind].strengths] == strengths


def test_the_fields_are_numbered_as_in_the_law():
    assert [facts.number for facts in FIELDS.values()] == list(range(1, 21))
    assert FIELDS[Field.TOWN].official == "まちづくりの推進を図る活動"
    assert FIELDS[Field.NATURE].number == 7
    assert FIELDS[Field.ORDINANCE].official.endswith("条例で定める活動")


def _sentences():
    for facts in ALL_FACTS:
        for field in fields(facts):
            value = getattr(facts, field.name)
            if field.name in {"meaning", "kept_by", "next_step", "method", "effect"}:
                yield f"{facts.key}.{field.name}", str(value)


@pytest.mark.parametrize(("where", "text"), list(_sentences()), ids=lambda value: value[:40])
def test_a_meaning_is_at_most_two_short_sentences(where, text):
    sentences = text.removesuffix("。").split("。")
    assert len(sentences) <= 2, where
    assert all(len(sentence) <= 40 for sentence in sentences), where
    assert text.endswith(("ます。", "です。", "せん。")), where


@pytest.mark.parametrize(
    "facts", [facts for facts in ALL_FACTS if facts.key not in FIELDS], ids=lambda facts: facts.key
)
def test_every_fact_names_its_clause(facts):
    assert re.fullmatch(r"G-\d\d[a-f]?", facts.guideline)
    assert re.fullmatch(r"[ⅡⅢⅣ]-\d(\(\d\))?", facts.clause)


def test_the_public_names_of_the_rules_are_complete():
    assert all(hasattr(rules, name) for name in rules.__all__)
    assert all(issubclass(words, TextChoices) for words in WORDS)
