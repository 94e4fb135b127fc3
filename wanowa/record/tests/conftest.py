"""Fixtures of the record's tests: known verbs, and tests that commit for real."""

import pytest
from django.db import connection

from wanowa.record import verbs
from wanowa.record.tests.factories import OFFERED, PAID, TICKED

TABLES = ("record_entry", "record_opening", "record_head")


@pytest.fixture(autouse=True)
def _known_verbs(monkeypatch):
    """Let the verbs of the tests be found like any app's."""
    for verb in (OFFERED, PAID, TICKED):
        monkeypatch.setattr(verbs, verb.name.upper().replace(".", "_"), verb, raising=False)
    verbs.known.cache_clear()
    yield
    verbs.known.cache_clear()


def _seal(word: str) -> None:
    with connection.cursor() as sql:
        for table in TABLES:
            sql.execute(f"ALTER TABLE {table} {word} TRIGGER USER")


@pytest.fixture
def _sealed_again(django_db_setup, django_db_blocker):
    yield
    with django_db_blocker.unblock():
        _seal("ENABLE")


@pytest.fixture
def committed(_sealed_again, transactional_db):
    """Commit for real. The flush afterwards is a TRUNCATE, which the record refuses: its seal is lifted for it."""
    yield
    _seal("DISABLE")
