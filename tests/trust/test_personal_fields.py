"""Every column that could say something about a person is classified: personal, with its reason, or not."""

import pytest
from django.apps import apps
from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models

from wanowa.people.models import User
from wanowa.people.queries import holdings

SPEAKING = (
    models.CharField,
    models.TextField,
    models.JSONField,
    models.DateField,
    models.TimeField,
    models.BinaryField,
    models.FileField,
    models.GenericIPAddressField,
    ArrayField,
)
MACHINERY = {"procrastinate", "contenttypes", "auth"}
"""Apps whose tables hold names of code, not of people. Jobs carry ids only."""
TABLES = [
    model for model in apps.get_models(include_auto_created=True) if model._meta.app_label not in MACHINERY
]
HOLDINGS = {holding.label: holding for holding in holdings()}
PERSON = settings.AUTH_USER_MODEL.lower()


def speaks(field):
    person = field.is_relation and field.related_model._meta.label_lower == PERSON
    return person or field.name == "person" or isinstance(field, SPEAKING)


@pytest.mark.parametrize("model", TABLES, ids=lambda model: model._meta.label)
def test_every_column_that_may_be_personal_is_classified(model):
    holding = HOLDINGS.get(model._meta.label)
    known = {field.name for field in holding.fields} | set(holding.not_personal) if holding else set()
    missing = [
        field.name for field in model._meta.concrete_fields if speaks(field) and field.name not in known
    ]
    assert missing == [], f"say in personal_fields.toml what these are: {model._meta.label} {missing}"


@pytest.mark.parametrize("holding", HOLDINGS.values(), ids=HOLDINGS.keys())
def test_every_classification_names_a_column_that_exists(holding):
    columns = {field.name for field in apps.get_model(holding.label)._meta.concrete_fields}
    named = [field.name for field in holding.fields] + list(holding.not_personal)
    assert len(named) == len(set(named)), "classified twice"
    assert set(named) <= columns


@pytest.mark.parametrize(
    ("holding", "field"),
    [(holding, field) for holding in HOLDINGS.values() for field in holding.fields],
    ids=lambda value: getattr(value, "label", getattr(value, "name", "")),
)
def test_every_personal_column_says_why_for_whom_and_until_when(holding, field):
    assert holding.title
    assert any("\u3040" <= letter <= "\u30ff" for letter in field.purpose)
    assert field.tier in {"V0", "V1", "V2", "V3"}
    assert field.retention


def test_a_column_nobody_classified_is_found():
    class Odd(models.Model):  # noqa: DJ008 - never shown
        diary = models.TextField()

        class Meta:
            app_label = "odd"

    try:
        assert speaks(Odd._meta.get_field("diary"))
        assert Odd._meta.label not in HOLDINGS
    finally:
        del apps.all_models["odd"]


def test_the_owner_of_a_row_is_a_person_and_nobody_else():
    """A path that leads to a party with the same number would put somebody else's rows into an export."""
    for holding in holdings():
        if holding.owner in {"", "email", "pk"} or holding.label == "people.Session":  # keeps the person's id
            continue
        model = apps.get_model(holding.label)
        for step in holding.owner.split("__"):
            model = model._meta.get_field(step).related_model
        assert model is User, f"{holding.label}: {holding.owner}"
