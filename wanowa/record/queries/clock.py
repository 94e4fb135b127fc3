"""The clock of cached pages: `cursor_of` kept in a web process's memory, fed by the database's notifications.

A page served from a cache then costs no query at all. The promise is freshness first:

- whoever is inside a transaction, and every process that did not ask for the clock, gets the exact query;
- a commit is forgotten here the moment it is announced, in this process even before: at commit;
- on every connection and disconnection everything is forgotten;
- what is remembered counts only while the listener hears its own heartbeat through the database, so behind a
  pooler that loses notifications, or with a dead line, pages fall back to the query after `TRUST` seconds.

Between a commit in another process and its announcement here lie milliseconds. Pages that somebody signed in
sees right after acting should ask `cursor_of` itself.
"""

import logging
import os
import threading
from collections.abc import Callable, Sequence
from time import monotonic
from typing import Final
from uuid import uuid4

import psycopg
from django.db import DatabaseError, connection

from wanowa.record.queries.cursors import EVERYTHING, cursor_of
from wanowa.web.caching import shelf
from wanowa.web.remembering import pieces

CHANNEL: Final = "wanowa_record"
FORGET: Final = "wanowa_forget"
"""The channel on which processes are told to drop kept pages: something in them was withdrawn."""
BEAT: Final = 2.0
"""Seconds between heartbeats."""
TRUST: Final = 5.0
"""Seconds for which memory counts after a heartbeat was heard."""
ROOM: Final = 10_000
"""Cursors kept; beyond it memory starts anew."""

logger = logging.getLogger(__name__)
_memories: list[Callable[[], None]] = [shelf.clear, pieces.clear]


class Clock:
    """One process's memory and the thread that feeds it, started by the first reader once allowed."""

    def __init__(self) -> None:
        self.allowed = False
        self._reset()

    def _reset(self) -> None:
        """Begin anew, without a thread: at the start, and in the child after a fork."""
        self._lock = threading.Lock()
        self._known: dict[str, int] = {}
        self._forgotten = 0
        self._heard = float("-inf")
        self._stopping = threading.Event()
        self._thread: threading.Thread | None = None

    def allow(self) -> None:
        """Let this process remember. A web process asks for it; tests, commands and workers do not."""
        self.allowed = True

    def read(self, prefixes: Sequence[str]) -> str:
        """Return what changes whenever the given cases and apps do; none at all mean the whole log.

        Costs no query while the memory is good, one while it is not. May run milliseconds late, never ahead.
        """
        if not self.allowed or connection.in_atomic_block:
            return str(cursor_of(*prefixes))
        self._start()
        if not self.listening:
            return str(cursor_of(*prefixes))
        return str(sum(self._cursor(prefix) for prefix in prefixes or [EVERYTHING]))

    def moment(self, prefixes: Sequence[str]) -> str | None:
        """Return what `read` does while the memory is good, else None: then counting anew is the safe way."""
        remembers = self.allowed and self.listening and not connection.in_atomic_block
        return self.read(prefixes) if remembers else None

    def forget(self, *cases: str) -> None:
        """Drop what is remembered of `cases` and their apps; without arguments, everything."""
        with self._lock:
            self._forgotten += 1
            if not cases:
                self._known.clear()
            for case in cases:
                for prefix in (case, case.partition(".")[0], EVERYTHING):
                    self._known.pop(prefix, None)

    def stop(self) -> None:
        """End the listener and forget."""
        self.allowed = False
        self._stopping.set()
        if self._thread:
            self._thread.join()
        self._reset()

    @property
    def listening(self) -> bool:
        """Whether the last heartbeat was heard recently enough to trust the memory."""
        return monotonic() - self._heard < TRUST

    def _cursor(self, prefix: str) -> int:
        with self._lock:
            forgotten = self._forgotten
            if self.listening and (kept := self._known.get(prefix)) is not None:
                return kept
        cursor = cursor_of(prefix)
        with self._lock:
            if forgotten == self._forgotten and self.listening:  # else the answer may already be old
                if len(self._known) >= ROOM:
                    self._known.clear()
                self._known[prefix] = cursor
        return cursor

    def _start(self) -> None:
        with self._lock:
            if self._thread is None:
                self._thread = threading.Thread(target=self._listen, name="record-clock", daemon=True)
                self._thread.start()

    def _listen(self) -> None:
        """Listen until stopped; after a broken connection forget everything and connect again."""
        while not self._stopping.is_set():
            try:
                self._listen_once()
            except (DatabaseError, psycopg.Error, OSError):
                logger.warning("The record's clock lost its connection; pages ask the database meanwhile.")
            finally:
                self._heard = float("-inf")
                self.forget()
                connection.close()
            self._stopping.wait(BEAT)

    def _listen_once(self) -> None:
        beat = f"{CHANNEL}_{uuid4().hex}"
        with connection.cursor() as sql:
            sql.execute(f'LISTEN {CHANNEL}; LISTEN {FORGET}; LISTEN "{beat}"')
        self.forget()
        line = connection.connection
        while not self._stopping.is_set():
            with connection.cursor() as sql:
                sql.execute("SELECT pg_notify(%s, '')", [beat])
            for heard in line.notifies(timeout=BEAT):
                if heard.channel == CHANNEL:
                    self.forget(heard.payload)
                elif heard.channel == FORGET:
                    forget_pages()
                else:
                    self._heard = monotonic()
                if self._stopping.is_set():
                    return


def register_memory(clear: Callable[[], None]) -> None:
    """Call `clear` when something was withdrawn that this process may keep ready for the next reader."""
    _memories.append(clear)


def forget_pages() -> None:
    """Drop what this process keeps ready. None of it would be given again; now nobody finds it either."""
    for clear in _memories:
        clear()


_clock = Clock()
allow, read, moment = _clock.allow, _clock.read, _clock.moment
forget, stop = _clock.forget, _clock.stop
os.register_at_fork(after_in_child=_clock._reset)
