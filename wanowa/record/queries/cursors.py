"""Two ways to ask what is new: deliveries that miss nothing, and one number that changes when a page must.

Ids are given out before their transactions commit, so a smaller id can become visible after a larger one.
The database therefore marks every transaction that adds entries (see migration 0002), and `record_horizon()`
tells up to which id everything has been decided.
"""

from collections.abc import Sequence
from typing import Final

from django.db import connection

from wanowa.record.models import Entry

EVERYTHING: Final = ""
"""The prefix of every case."""


def after(cursor: int, limit: int = 500) -> Sequence[Entry]:
    """Return at most `limit` entries after the entry with id `cursor` (0: from the beginning), by id.

    Whoever keeps the id of the last entry as the next cursor sees every entry exactly once, in whatever order
    transactions commit. Entries newer than a transaction still running wait for it. Call it outside of
    REPEATABLE READ. Costs two queries.
    """
    with connection.cursor() as sql:
        sql.execute("SELECT record_horizon()")
        (horizon,) = sql.fetchone()
    return list(Entry.objects.filter(id__gt=cursor, id__lte=horizon).order_by("id")[:limit])


def cursor_of(*prefixes: str) -> int:
    """Return a number that grows with every committed entry of the given cases and apps.

    A prefix is a case ("collaborations.collaboration/7") or an app ("collaborations"); none at all mean the
    whole log. The same number for the same prefixes means: nothing new, whatever order transactions committed
    in (the largest id would not tell). It is for comparing only; `after` wants ids. Costs one query.
    """
    with connection.cursor() as sql:
        sql.execute("SELECT record_cursor(%s::text[])", [list(prefixes) or [EVERYTHING]])
        (cursor,) = sql.fetchone()
    return int(cursor)
