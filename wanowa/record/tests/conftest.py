"""Fixtures of the record's tests: verbs of their own, a key of their own, checkpoints of what is not committed."""

from contextlib import contextmanager

import pytest
from django.db import connection

from tests.conftest import as_app
from wanowa.record import verbs
from wanowa.record.services import checkpoints
from wanowa.record.tests.factories import OFFERED, PAID, SETTLED, TICKED

__all__ = ["as_app"]


@pytest.fixture(autouse=True)
def known_verbs(monkeypatch):
    """Let the verbs of the tests be found like any app's."""
    for verb in (OFFERED, PAID, SETTLED, TICKED):
        monkeypatch.setattr(verbs, verb.name.upper().replace(".", "_"), verb, raising=False)
    verbs.known.cache_clear()
    yield
    verbs.known.cache_clear()


@pytest.fixture
def own_key(settings, tmp_path):
    """Give a place of its own for the key that signs checkpoints; return it."""
    settings.LOG_KEY = tmp_path / "keys" / "log-key"
    return settings.LOG_KEY


@pytest.fixture
def uncommitted(own_key, monkeypatch):
    """Let checkpoints seal what a test wrote in its transaction, which another connection would not see."""
    monkeypatch.setattr(checkpoints, "_as_committed", same_connection)


@contextmanager
def same_connection():
    """Read over the connection of the test."""
    yield connection
