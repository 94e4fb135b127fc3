"""Homes for the tests of the foundation."""

import shutil
import tempfile
from pathlib import Path

import pytest

from tests.foundation.processes import becomes, stopped


def _clear(home: Path) -> None:
    assert becomes(lambda: stopped(home)), "the server of a test is still running"
    data = (home / "postgres").resolve()
    shutil.rmtree(data, ignore_errors=True)
    shutil.rmtree(home)


@pytest.fixture
def home():
    """Return an empty folder through which every user may pass (pytest's own is closed to others)."""
    folder = Path(tempfile.mkdtemp(prefix="wanowa-"))
    folder.chmod(0o755)
    yield folder
    _clear(folder)


@pytest.fixture(scope="module")
def town():
    """Return a home whose database has its tables, shared by the tests of a module.

    A guest stays on the server: otherwise each command would start it and stop it again.
    """
    from tests.foundation.processes import STAY, begin, end, wanowa  # noqa: PLC0415 - after pytest's rewriting

    folder = Path(tempfile.mkdtemp(prefix="wanowa-"))
    folder.chmod(0o755)
    done = wanowa(folder, "migrate", "-v0")
    assert done.returncode == 0, done.stderr
    guest = begin(folder, "-c", STAY)
    assert guest.stdout.readline()
    yield folder
    end(guest)
    _clear(folder)
