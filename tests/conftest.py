"""Fixtures for every test: no network but loopback, real commits when asked for, the application's role."""

import socket
from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from django.conf import settings
from django.db import connection, transaction
from django.test import TransactionTestCase

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


@pytest.fixture
def _emptied_not_flushed():
    """Let tests that commit clean up with `empty`: Django's flush writes every permission anew after each of them."""
    patch = pytest.MonkeyPatch()
    patch.setattr(TransactionTestCase, "_fixture_teardown", lambda _case: empty())
    yield
    patch.undo()


STAYS = {"django_content_type", "auth_permission"}
"""Tables that migrations fill and no test changes."""


def empty() -> None:
    """Delete every row that was committed, also from tables that refuse it: their triggers rest meanwhile."""
    names = connection.introspection.django_table_names(only_existing=True, include_views=False)
    full = _with_rows(sorted(set(names) - STAYS))
    guarded = sorted(full & _tables_with_triggers())
    try:
        _guard(guarded, on=False)
        with transaction.atomic(), connection.cursor() as cursor:  # foreign keys are looked at in the end
            for table in sorted(full):
                cursor.execute(f"DELETE FROM {table}")
    finally:
        _guard(guarded, on=True)


def _with_rows(tables: list[str]) -> set[str]:
    query = " UNION ALL ".join(f"SELECT '{table}' WHERE EXISTS (SELECT FROM {table})" for table in tables)
    with connection.cursor() as cursor:
        cursor.execute(query)
        return {name for (name,) in cursor.fetchall()}


def _tables_with_triggers() -> set[str]:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT DISTINCT tgrelid::regclass::text FROM pg_trigger JOIN pg_class ON pg_class.oid = tgrelid"
            " WHERE NOT tgisinternal AND relnamespace = 'public'::regnamespace"
        )
        return {name for (name,) in cursor.fetchall()}


def _guard(tables: list[str], *, on: bool) -> None:
    with transaction.atomic(), connection.cursor() as cursor:
        for table in tables:
            cursor.execute(f"ALTER TABLE {table} {'ENABLE' if on else 'DISABLE'} TRIGGER USER")


@pytest.fixture
def committed(_emptied_not_flushed, transactional_db):
    """Commit for real; afterwards the database is empty again."""


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
