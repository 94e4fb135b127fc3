"""Has anything in the database changed? A fast question after every request, and an exact one when in doubt."""

from hashlib import sha256

from django.conf import settings
from django.core import mail
from django.db import connection, transaction

PASSING = {
    "people_session": "a session belongs to the browser; signing in and out may touch it, messages are kept there",
    "web_submission": "the receipt of a form that was sent; it says nothing about anybody else",
}
"""Tables that may change although the platform refused, each with its reason."""


def _tables():
    with connection.cursor() as sql:
        sql.execute("SELECT tablename FROM pg_tables WHERE schemaname = 'public' ORDER BY 1")
        return [name for (name,) in sql.fetchall() if name not in PASSING]


def dump():
    """Return a digest of every row of every table."""
    parts = (
        f"SELECT '{name}', md5(coalesce(string_agg(row::text, '|' ORDER BY row::text), '')) FROM {name} row"
        for name in _tables()
    )
    with connection.cursor() as sql:
        sql.execute(" UNION ALL ".join(parts))
        rows = sorted(sql.fetchall())
    return sha256(repr(rows).encode()).hexdigest()


def _outside():
    """Return the stored files and how many letters went out."""
    folder = settings.MEDIA_ROOT
    return sorted(str(path) for path in folder.rglob("*")), len(getattr(mail, "outbox", []))


class Watch:
    """Tells after each trial whether it changed anything, and takes everything back.

    PostgreSQL counts in memory how often the transaction tried to write a row, undone attempts too. As long as
    that number stands still, nothing has changed, for certain; only when it moves is the exact dump compared.
    """

    def __init__(self):
        with connection.cursor() as sql:
            sql.execute("SELECT array_agg(oid::bigint) FROM pg_class WHERE relname = ANY (%s)", [_tables()])
            (self.tables,) = sql.fetchone()
        self.baseline, self.outside, self.point = dump(), _outside(), transaction.savepoint_create()
        self.count = self._writes()

    def _writes(self):
        with connection.cursor() as sql:
            sql.execute(
                "SELECT sum(pg_stat_get_xact_tuples_inserted(t::oid) + pg_stat_get_xact_tuples_updated(t::oid)"
                " + pg_stat_get_xact_tuples_deleted(t::oid)) FROM unnest(%s::bigint[]) t",
                [self.tables],
            )
            return sql.fetchone()[0]

    def changed(self):
        """Answer for everything since the last answer, and undo it."""
        broken = connection.needs_rollback
        count = self.count if broken else self._writes()
        changed = _outside() != self.outside or (count != self.count and dump() != self.baseline)
        self.back()
        self.count = self._writes() if broken else count
        return changed

    def back(self):
        """Put database and letters back to where they were."""
        connection.needs_rollback = False
        transaction.savepoint_rollback(self.point)
        if letters := getattr(mail, "outbox", None):
            letters.clear()
        self.outside = _outside()
