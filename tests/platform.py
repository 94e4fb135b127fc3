"""Loaded before Django: tests run as the owner of the database, under a home of their own."""

import gc
import os
from pathlib import Path

os.environ.setdefault("WANOWA_DATABASE_ROLE", "owner")
os.environ.setdefault("WANOWA_STEP_UP", "0")  # tests/trust/test_step_up.py turns it on
os.environ.setdefault("WANOWA_HOME", str(Path(__file__).resolve().parents[1] / ".wanowa" / "tests"))
# Each process of the tests has a database of its own, so also a key of its own that signs its record.
os.environ.setdefault(
    "WANOWA_LOG_KEY",
    str(Path(os.environ["WANOWA_HOME"]) / "keys" / os.environ.get("PYTEST_XDIST_WORKER", "alone")),
)

# Playwright's synchronous API keeps an event loop running in the thread of the tests, which Django takes for
# asynchronous code. Ours is not: tests that follow a browser in the same worker may use the database.
os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "1")

(Path(os.environ["WANOWA_HOME"]) / "static").mkdir(
    parents=True, exist_ok=True
)  # whitenoise warns when it is missing


def pytest_collection_finish() -> None:
    """Leave the collected tests out of every later collection of garbage: they stay until the end."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(20_000, 20, 20)


def pytest_configure() -> None:
    """Let an example of hypothesis take its time: how fast something is, benchmarks measure."""
    from hypothesis import settings  # noqa: PLC0415 - slow to import, and not needed before

    settings.register_profile("patient", settings.default, deadline=None)
    settings.load_profile("patient")
