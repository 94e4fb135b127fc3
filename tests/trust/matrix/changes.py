"""Has anything in the database changed? A fast question after every request, and an exact one when in doubt."""

import os

from django.conf import settings
from django.core import mail
from django.db import connection, transaction

PASSING = {
    "people_session": "a session belongs to the browser; signing in and out may touch it, messages are kept there",
    "web_submission": "the receipt of a form that was sent; it says nothing about anybody else",
}
"""Tables that may change although the platform refused, each with its reason."""


WRITES = (
    "pg_stat_get_xact_tuples_inserted(t::oid) + pg_stat_get_xact_tuples_updated(t::oid)"
    " + pg_stat_get_xact_tuples_deleted(t::oid)"
)


def _asked(query):
    with connection.cursor() as sql:
        sql.execute(query)
        return sql.fetchall()


def _tables():
    """Return the name of every watched table by its number."""
    found = _asked(
        "SELECT oid::bigint, relname FROM pg_class"
        " WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace ORDER BY relname"
    )
    return {number: name for number, name in found if name not in PASSING}


def _digests(names):
    """Return a digest of all rows of each table."""
    parts = (
        f"SELECT '{name}', md5(coalesce(string_agg(row::text, '|' ORDER BY row::text), '')) FROM {name} row"
        for name in names
    )
    return dict(_asked(" UNION ALL ".join(parts))) if names else {}


def _outside():
    """Return the stored files and how many letters went out."""
    stored = sorted(
        f"{folder}/{name}" for folder, _folders, names in os.walk(settings.MEDIA_ROOT) for name in names
    )
    return stored, len(getattr(mail, "outbox", []))


class Undoing:
    """Puts database and letters back to where they were when it was made."""

    def __init__(self):
        self.point = transaction.savepoint_create()

    def back(self):
        """Undo everything since."""
        connection.needs_rollback = False
        transaction.savepoint_rollback(self.point)
        if letters := getattr(mail, "outbox", None):
            letters.clear()


class Watch(Undoing):
    """Tells after each trial whether it changed anything, and takes everything back.

    PostgreSQL counts in memory how often the transaction tried to write a row of a table, undone attempts too. As
    long as that number stands still, nothing has changed, for certain; where it moves, the table is read whole.
    """

    def __init__(self):
        self.tables = _tables()
        numbers = ",".join(map(str, self.tables))
        self.each = f"SELECT t, {WRITES} FROM unnest('{{{numbers}}}'::bigint[]) t"
        self.sum = f"SELECT sum({WRITES}) FROM unnest('{{{numbers}}}'::bigint[]) t"
        self.tried, self.digests = dict(_asked(self.each)), _digests(self.tables.values())
        self.baseline, self.outside = self.digests, _outside()
        super().__init__()
        self.count = self._count()

    def _count(self):
        return _asked(self.sum)[0][0]

    def dump(self):
        """Return a digest of each table; those where somebody tried to write since the last look are read anew."""
        tried = dict(_asked(self.each))
        moved = [self.tables[number] for number in tried if tried[number] != self.tried[number]]
        self.tried, self.digests = tried, self.digests | _digests(moved)
        return self.digests

    def changed(self):
        """Answer for everything since the last answer, and undo it."""
        broken = connection.needs_rollback
        count = self.count if broken else self._count()
        changed = _outside() != self.outside or (count != self.count and self.dump() != self.baseline)
        self.back()
        self.count = self._count() if broken else count
        return changed

    def back(self):
        """Undo everything since; files stay, and count as there from now on."""
        super().back()
        self.digests, self.outside = self.baseline, _outside()
