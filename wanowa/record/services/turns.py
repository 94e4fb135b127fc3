"""Taking turns: only one process at a time makes a checkpoint or introduces a key."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Final

from django.db import connection, transaction

TURN: Final = 2648 << 48
"""The key of the lock; 2647 marks transactions that add entries (migration 0002)."""


@contextmanager
def one_at_a_time() -> Iterator[None]:
    """Run the block in a transaction, after everybody else who is in such a block has committed."""
    with transaction.atomic():
        with connection.cursor() as sql:
            sql.execute("SELECT pg_advisory_xact_lock(%s)", [TURN])
        yield
