"""The text of the guideline is loaded whole or not at all, once, on the record, and never changes afterwards."""

import datetime as dt

import pytest
from django.db import DatabaseError, IntegrityError, connection, transaction

from wanowa.guideline.models import Edition, Section
from wanowa.guideline.services import AlreadyLoaded
from wanowa.guideline.tests.samples import PLAIN, PRINTED, REVISED, loaded
from wanowa.guideline.verbs import LOADED
from wanowa.record.models import Entry
from wanowa.record.services import verify

pytestmark = pytest.mark.django_db

CHANGES = [
    "UPDATE guideline_edition SET label = 'ほかの名前'",
    "DELETE FROM guideline_edition",
    "TRUNCATE guideline_edition CASCADE",
    "UPDATE guideline_section SET blocks = '[]'",
    "DELETE FROM guideline_section",
    "TRUNCATE guideline_section",
    """INSERT INTO guideline_section (edition_id, position, level, slug, clause, heading, title, blocks)
       SELECT id, length + 1, 1, 'x', '', '', '', '[]' FROM guideline_edition""",
]

ALONE = """INSERT INTO guideline_edition (number, label, length, source_digest, fingerprint, loaded_at)
    VALUES (1, 'x', 1, repeat('0', 64), repeat('0', 64), now())"""
"""An edition without its sections, which nobody loaded."""


def refused(statement: str) -> bool:
    """Tell whether the database refuses a statement."""
    try:
        with transaction.atomic(), connection.cursor() as sql:
            sql.execute(statement)
            sql.execute("SET CONSTRAINTS ALL IMMEDIATE")
    except DatabaseError:
        return True
    return False


def test_a_text_is_kept_with_its_sections_and_stands_on_record():
    edition = loaded(PRINTED, adopted_on=dt.date(2021, 4, 1))
    assert (edition.number, edition.length) == (1, 16)
    assert [section.slug for section in edition.sections.order_by("position")][:3] == ["cover", "i", "ii"]
    entry = Entry.objects.get(verb=LOADED.name)
    assert entry.facts == {"number": 1, "fingerprint": edition.fingerprint}
    assert entry.case == f"guideline.edition/{edition.pk}"
    assert LOADED.public


def test_the_same_text_again_changes_nothing():
    edition = loaded(PLAIN)
    with pytest.raises(AlreadyLoaded, match="もう第1版として") as same:
        loaded(PLAIN)
    assert same.value.edition == edition
    assert (Edition.objects.count(), Entry.objects.count()) == (1, 1)


def test_another_text_or_another_name_is_the_next_version_and_the_older_one_stays():
    first = loaded(PLAIN, "令和2年")
    second, third = loaded(REVISED, "令和3年"), loaded(REVISED, "令和3年4月")
    assert [first.number, second.number, third.number] == [1, 2, 3]
    assert "よく話しあいます。" in first.sections.get(slug="ii-2-1").text
    assert loaded(PLAIN, "令和2年").number == 4, "going back is a step too"


def test_a_text_is_loaded_whole_or_not_at_all(monkeypatch):
    def broken(*_args, **_facts):
        raise RuntimeError("the power is gone")

    monkeypatch.setattr("wanowa.guideline.services.write", broken)
    with pytest.raises(RuntimeError, match="power"):
        loaded(PLAIN)
    assert (Edition.objects.count(), Section.objects.count()) == (0, 0)


@pytest.mark.parametrize("change", CHANGES)
def test_the_database_keeps_an_edition_as_it_was_loaded(change):
    loaded(PLAIN)
    before = list(Edition.objects.values_list()), list(Section.objects.values_list())
    assert refused(change)
    assert (list(Edition.objects.values_list()), list(Section.objects.values_list())) == before


@pytest.mark.parametrize("change", CHANGES)
def test_the_role_of_the_application_can_load_and_cannot_change(as_app, change):
    with as_app():
        loaded(PLAIN)
        assert refused(change)


@pytest.mark.parametrize("number", [0, 1, 3])
def test_an_edition_out_of_order_is_refused(number):
    loaded(PLAIN)
    edition = Edition.objects.get()
    edition.pk, edition.number = None, number
    with pytest.raises(DatabaseError), transaction.atomic():
        edition.save(force_insert=True)


def test_an_edition_without_its_sections_is_refused_at_commit():
    assert refused(ALONE)


@pytest.mark.parametrize(
    "wrong", [{"label": ""}, {"length": 0}, {"fingerprint": "x" * 64}, {"source_digest": ""}]
)
def test_a_wrong_edition_is_refused(wrong):
    right = {
        "number": 1,
        "label": "x",
        "length": 1,
        "source_digest": "0" * 64,
        "fingerprint": "0" * 64,
        "loaded_at": "2026-01-01T00:00Z",
    }
    with pytest.raises((DatabaseError, IntegrityError)), transaction.atomic():
        Edition.objects.create(**right | wrong)


TAMPERING = {
    "UPDATE guideline_section SET blocks = jsonb_build_array() WHERE slug = 'i'": "変わっています",
    "UPDATE guideline_section SET heading = '第１章　別' WHERE slug = 'i'": "変わっています",
    "UPDATE guideline_edition SET label = '別の名前'": "変わっています",
    "UPDATE guideline_edition SET adopted_on = '2000-01-01'": "変わっています",
    "UPDATE guideline_edition SET fingerprint = repeat('a', 64)": "変わっています",
    "DELETE FROM guideline_section; DELETE FROM guideline_edition": "消えています",
}


@pytest.mark.parametrize(("change", "said"), TAMPERING.items())
def test_verify_finds_what_was_changed_behind_the_triggers(change, said):
    loaded(PLAIN)
    assert verify().clean
    with connection.cursor() as sql:
        sql.execute("SET CONSTRAINTS ALL IMMEDIATE")
        for table in ("guideline_edition", "guideline_section"):
            sql.execute(f"ALTER TABLE {table} DISABLE TRIGGER USER")
        sql.execute(change)
    assert [said in problem.sentence for problem in verify().problems] == [True]


def test_verify_finds_an_edition_that_nobody_loaded():
    with connection.cursor() as sql:
        sql.execute(ALONE)
        sql.execute(
            "INSERT INTO guideline_section (edition_id, position, level, slug, clause, heading, title, blocks)"
            " SELECT id, 1, 1, 'i', 'Ⅰ', '', '', '[]' FROM guideline_edition"
        )
    assert ["記録されていません" in problem.sentence for problem in verify().problems] == [True]
