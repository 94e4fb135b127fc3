"""Has anything in the database changed? A fast question after every request, and an exact one when in doubt."""

from contextlib import contextmanager
from hashlib import sha256

from django.conf import settings
from django.core import mail
from django.db import connection, transaction

PASSING = {
    "people_session": "a session belongs to the browser; signing in and out may touch it, messages are kept there",
    "web_submission": "the receipt of a form that was sent; it says nothing about anybody else",
}
"""Tables that may change although the platform refused, each with its reason."""


class _Undo(Exception):
    """Rolls a trial back."""


@contextmanager
def undone():
    """Run a trial and take everything back that it did to the database."""
    try:
        with transaction.atomic():
            yield
            raise _Undo
    except _Undo:
        pass


def _tables():
    with connection.cursor() as sql:
        sql.execute("SELECT tablename FROM pg_tables WHERE schemaname = 'public' ORDER BY 1")
        return [name for (name,) in sql.fetchall() if name not in PASSING]


def dump():
    """Return a digest of every row of every table, of every stored file and of how many letters went out."""
    parts = (
        f"SELECT '{name}', md5(coalesce(string_agg(row::text, '|' ORDER BY row::text), '')) FROM {name} row"
        for name in _tables()
    )
    with connection.cursor() as sql:
        sql.execute(" UNION ALL ".join(parts))
        rows = sorted(sql.fetchall())
    return sha256(repr((rows, _outside())).encode()).hexdigest()


def _outside():
    folder = settings.MEDIA_ROOT
    return sorted(str(path) for path in folder.rglob("*")), len(getattr(mail, "outbox", []))


def writes():
    """Return how often this transaction tried to write a row, and what lies outside of the database.

    PostgreSQL counts attempts, also those that were rolled back: no count means no change, for certain.
    """
    with connection.cursor() as sql:
        sql.execute(
            "SELECT relname, n_tup_ins, n_tup_upd, n_tup_del FROM pg_stat_xact_user_tables"
            " WHERE n_tup_ins + n_tup_upd + n_tup_del > 0 AND relname <> ALL (%s) ORDER BY 1",
            [list(PASSING)],
        )
        return sql.fetchall(), _outside()


class Watch:
    """Tells whether a request changed anything; the exact dump is only made when somebody wrote."""

    def __init__(self, baseline):
        self.baseline, self.before = baseline, writes()

    def changed(self):
        """Answer for everything since the watch was made."""
        if connection.needs_rollback:
            return False
        return writes() != self.before and dump() != self.baseline
