"""Fixtures of the tests of introductions: real commits when asked for, and keys that go with the test."""

import pytest

from tests.conftest import _emptied_not_flushed, committed

__all__ = ["_emptied_not_flushed", "committed"]


@pytest.fixture(autouse=True)
def _keys_of_this_test(settings, tmp_path):
    settings.PERSONAL_KEYS = tmp_path / "people"
