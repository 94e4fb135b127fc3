"""Fixtures of the tests of open data: somebody of the desk, real commits when asked for."""

import pytest

from tests.conftest import _emptied_not_flushed, committed
from wanowa.kernel.actors import Actor
from wanowa.people.tests.factories import PersonFactory

__all__ = ["_emptied_not_flushed", "committed"]


@pytest.fixture
def desk(request):
    """Return a coordinator as actor."""
    request.getfixturevalue("committed" if "committed" in request.fixturenames else "db")
    return Actor(PersonFactory(is_coordinator=True).pk)
