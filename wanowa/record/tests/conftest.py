"""Fixtures of the record's tests: verbs of their own."""

import pytest

from tests.conftest import as_app
from wanowa.record import verbs
from wanowa.record.tests.factories import OFFERED, PAID, TICKED

__all__ = ["as_app"]


@pytest.fixture(autouse=True)
def known_verbs(monkeypatch):
    """Let the verbs of the tests be found like any app's."""
    for verb in (OFFERED, PAID, TICKED):
        monkeypatch.setattr(verbs, verb.name.upper().replace(".", "_"), verb, raising=False)
    verbs.known.cache_clear()
    yield
    verbs.known.cache_clear()
