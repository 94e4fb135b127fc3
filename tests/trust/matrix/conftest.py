"""The matrix walks one town with all its proofs: building it takes longer than most of them."""

from pathlib import Path
from time import monotonic

import pytest

from tests.trust.conftest import standing
from tests.trust.matrix.town import City

AN_AGE = 10 * 60
"""Seconds after which sessions are made anew."""


standing_now: list[City] = []


@pytest.fixture(scope="package")
def city(django_db_setup, django_db_blocker, tmp_path_factory):
    """Return the town, the same for every module of this folder."""
    with django_db_blocker.unblock(), standing(Path(tmp_path_factory.mktemp("uploads"))) as built:
        standing_now.append(built)
        yield built
        standing_now.clear()


@pytest.hookimpl(tryfirst=True)
def pytest_runtest_setup():
    """Sign everybody in anew every ten minutes: a session of the city's staff ends after thirty of rest.

    Each trial is undone, so a session in the town grows old however often its person comes back. Done between two
    tests: what is done within one is undone with it.
    """
    for built in standing_now:
        if monotonic() - built.signed_in > AN_AGE:
            built.open_browsers()


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(items):
    """Keep this folder together, however the modules were shuffled: in between, the town would have to go."""
    here = Path(__file__).parent
    items.sort(key=lambda item: here in item.path.parents)
