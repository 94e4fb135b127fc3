"""The matrix walks one town with all its proofs: building it takes longer than most of them."""

from pathlib import Path

import pytest

from tests.trust.conftest import standing


@pytest.fixture(scope="package")
def city(django_db_setup, django_db_blocker, tmp_path_factory):
    """Return the town, the same for every module of this folder."""
    with django_db_blocker.unblock(), standing(Path(tmp_path_factory.mktemp("uploads"))) as built:
        yield built


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(items):
    """Keep this folder together, however the modules were shuffled: in between, the town would have to go."""
    here = Path(__file__).parent
    items.sort(key=lambda item: here in item.path.parents)
