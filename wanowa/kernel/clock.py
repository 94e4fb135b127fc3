"""The time by which deadlines are decided: the database's, because the clock of one machine may be wrong.

All nodes ask one database, so they agree with one another and with what is stored. A process that serves pages or
does jobs calls `follow()`; it then asks the database for the time once in a while and counts on from the answer by
the machine's ticks, which nobody can set. Commands and tests do not follow: a test moves the clock of its process,
and the database's clock, which it cannot move, would undo that. Their time is `timezone.now()`.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from time import monotonic
from typing import Final

from django.db import InterfaceError, OperationalError, connection
from django.utils import timezone
from django.utils.translation import gettext as _

TRUST: Final = 30.0
"""Seconds for which a reading counts without asking again."""
FIRST: Final = 3
"""So often a process asks when it begins; the quickest answer is the most exact."""
SLOW: Final = 0.5
"""Seconds an answer may take to replace a reading that still holds: it is wrong by half of that at most."""
SLIP: Final = timedelta(seconds=0.5)
"""How far clock and ticks may part before a reading no longer holds: the clock was set, or the machine slept."""
OFF: Final = timedelta(seconds=5)
"""From here on an operator is told that the clock is wrong."""


@dataclass(frozen=True, slots=True)
class Reading:
    """What the database's clock and this machine's said in the same moment, the moment `tick` of the ticks."""

    database: datetime
    machine: datetime
    tick: float
    took: float
    """Seconds from question to answer."""

    @property
    def ahead(self) -> timedelta:
        """How far this machine's clock is ahead of the database's; behind is negative."""
        return self.machine - self.database

    @property
    def holds(self) -> bool:
        """Whether clock and ticks still run together. When either jumped, counting on is not safe."""
        return abs(timezone.now() - self.machine - timedelta(seconds=monotonic() - self.tick)) <= SLIP

    def at(self, tick: float) -> datetime:
        """Return the database's time at a tick."""
        return self.database + timedelta(seconds=tick - self.tick)


def read() -> Reading:
    """Ask the database for its time; half of the way there and back is taken off. One query."""
    with connection.cursor() as cursor:  # connecting takes long and is no part of the question
        asked = monotonic()
        cursor.execute("SELECT clock_timestamp()")
        (database,) = cursor.fetchone()
        took = monotonic() - asked
        machine = timezone.now()
    return Reading(database, machine - timedelta(seconds=took / 2), asked + took / 2, took)


class Clock:
    """What one process knows about the database's time."""

    def __init__(self) -> None:
        self.following = False
        self.reading: Reading | None = None

    def follow(self) -> None:
        """Let this process live by the database's time, and ask for it now when it answers."""
        self.following = True
        try:
            self.reading = min((read() for _each in range(FIRST)), key=lambda one: one.took)
        except (OperationalError, InterfaceError):
            self.reading = None  # the first who needs the time asks again

    def now(self) -> datetime:
        """Return the time. Costs one query in 30 seconds, usually none; raises OperationalError like it."""
        return self.at(monotonic()) if self.following else timezone.now()

    def at(self, tick: float) -> datetime:
        """Return the time at a tick of `time.monotonic`. Costs what `now` costs."""
        if not self.following:
            return timezone.now() - timedelta(seconds=monotonic() - tick)
        kept = self._holding()
        if kept is None or monotonic() - kept.tick > TRUST:
            kept = self._ask_again(kept)
        return kept.at(tick)

    def known_at(self, tick: float) -> datetime | None:
        """Return the time at a tick without asking anybody; None when it is not known for sure."""
        if not self.following:
            return self.at(tick)
        kept = self._holding()
        return kept.at(tick) if kept else None

    def _holding(self) -> Reading | None:
        return self.reading if self.reading and self.reading.holds else None

    def _ask_again(self, kept: Reading | None) -> Reading:
        try:
            new = read()
        except (OperationalError, InterfaceError):
            if kept is None:
                raise
            return kept
        self.reading = kept if kept and new.took > SLOW else new
        return self.reading


platform = Clock()
"""The clock of this process."""


def complaint(ahead: timedelta) -> str:
    """Return in words how far a machine's clock is off, and what to do; nothing when it is right enough."""
    if abs(ahead) <= OFF:
        return ""
    seconds = {"seconds": round(abs(ahead).total_seconds())}
    if ahead > timedelta():
        return (
            _("この機械の時計は、データベースより%(seconds)s秒進んでいます。時刻合わせを動かしてください。")
            % seconds
        )
    return (
        _("この機械の時計は、データベースより%(seconds)s秒おくれています。時刻合わせを動かしてください。")
        % seconds
    )
