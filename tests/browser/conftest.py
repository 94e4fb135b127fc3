"""The stage on which these tests play; all of them need a browser."""

from pathlib import Path

import pytest

from tests.browser.stage import address, browser, town, transactional_db, visit

__all__ = ["address", "browser", "town", "transactional_db", "visit"]


def pytest_collection_modifyitems(items):
    """Mark everything in this folder with `browser`."""
    here = Path(__file__).parent
    for item in items:
        if here in item.path.parents:
            item.add_marker(pytest.mark.browser)
