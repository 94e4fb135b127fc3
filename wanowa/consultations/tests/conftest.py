"""Fixtures of the desk's tests: real commits, keys that go with the test, and somebody at the desk."""

import pytest

from tests.conftest import _emptied_not_flushed, committed
from wanowa.people.tests.factories import PersonFactory

__all__ = ["_emptied_not_flushed", "committed"]


@pytest.fixture(autouse=True)
def _keys_of_this_test(settings, tmp_path):
    settings.PERSONAL_KEYS = tmp_path / "people"
    settings.MEDIA_ROOT = tmp_path / "media"


@pytest.fixture
def desk(db):
    """Return a coordinator, to whom new cases come."""
    return PersonFactory(name="わこう 窓子", is_coordinator=True)
