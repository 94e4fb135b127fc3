"""Fixtures for every test: no network but loopback, real commits when asked for, the application's role."""

import socket
from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from django.conf import settings
from django.db import connection

from wanowa.cli.grants import declared

LOOPBACK = ("127.", "::1", "localhost", "0.0.0.0")  # noqa: S104 - a name to compare with, nothing is bound


@pytest.fixture(autouse=True, scope="session")
def _loopback_only():
    """Refuse connections to other machines: a test must not depend on them, nor tell them anything."""
    connect = socket.socket.connect

    def guarded(self, address):
        if self.family in {socket.AF_INET, socket.AF_INET6} and not str(address[0]).startswith(LOOPBACK):
            raise AssertionError(f"a test wants to reach {address[0]}")
        return connect(self, address)

    patch = pytest.MonkeyPatch()
    patch.setattr(socket.socket, "connect", guarded)
    yield
    patch.undo()


def _tables_with_triggers() -> list[str]:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT DISTINCT tgrelid::regclass::text FROM pg_trigger JOIN pg_class ON pg_class.oid = tgrelid"
            " WHERE NOT tgisinternal AND relnamespace = 'public'::regnamespace"
        )
        return [name for (name,) in cursor.fetchall()]


def _seal(*, on: bool) -> None:
    with connection.cursor() as cursor:
        for table in _tables_with_triggers():
            cursor.execute(f"ALTER TABLE {table} {'ENABLE' if on else 'DISABLE'} TRIGGER USER")


@pytest.fixture
def _sealed_again(django_db_setup, django_db_blocker):
    yield
    with django_db_blocker.unblock():
        _seal(on=True)


@pytest.fixture
def committed(_sealed_again, transactional_db):
    """Commit for real. The flush afterwards truncates, which protected tables refuse without this."""
    yield
    _seal(on=False)


@pytest.fixture
def as_app(db):
    """Return a context manager in which SQL runs as the role of pages and worker."""

    @contextmanager
    def step_down() -> Iterator[None]:
        with connection.cursor() as cursor:
            cursor.execute(f"SET ROLE {settings.DATABASE_APP_ROLE}")
            try:
                yield
            finally:
                connection.needs_rollback or cursor.execute("RESET ROLE")

    return step_down


@pytest.fixture(scope="session")
def protected_tables():
    """Return the tables that the application role may not change freely."""
    return sorted(declared().tables)
