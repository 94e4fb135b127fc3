"""The matrix walks one town with all its proofs: building it takes longer than most of them."""

from pathlib import Path
from time import monotonic

import pytest

from tests.trust.conftest import standing

AN_AGE = 10 * 60
"""Seconds after which sessions are made anew."""


@pytest.fixture(scope="package")
def city(django_db_setup, django_db_blocker, tmp_path_factory):
    """Return the town, the same for every module of this folder."""
    with django_db_blocker.unblock(), standing(Path(tmp_path_factory.mktemp("uploads"))) as built:
        yield built


@pytest.fixture(autouse=True)
def _signed_in_lately(request):
    """Sign everybody in anew every ten minutes: a session of the city's staff ends after thirty of rest.

    Each trial is undone, so a session in the town grows old however often its person comes back.
    """
    if "city" in request.fixturenames:
        city = request.getfixturevalue("city")
        if monotonic() - city.signed_in > AN_AGE:
            city.open_browsers()


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(items):
    """Keep this folder together, however the modules were shuffled: in between, the town would have to go."""
    here = Path(__file__).parent
    items.sort(key=lambda item: here in item.path.parents)
