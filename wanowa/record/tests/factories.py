"""What the tests of the record write about: groups of Django's own, and verbs nobody else uses."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date

from django.contrib.auth.models import Group
from django.db import connection
from django.db.backends.utils import CursorWrapper

from wanowa.kernel.actors import SYSTEM, Actor
from wanowa.record.models import Entry
from wanowa.record.services import records, write
from wanowa.record.verbs import Fact, Verb

DAY = date(2026, 11, 23)
FINGERPRINT = "0123456789abcdef" * 4

OFFERED = Verb(
    "record.test.offered",
    "{party}が第{number}版を提案しました",
    public=True,
    facts={"number": Fact.NUMBER, "fingerprint": Fact.DIGEST},
)
PAID = Verb(
    "record.test.paid",
    "{party}が{payee}に{day}に{amount}を払いました",
    facts={"payee": Fact.PARTY, "day": Fact.DAY, "amount": Fact.YEN},
)
SETTLED = Verb("record.test.settled", "{party}が決めました", seals=True)
TICKED = Verb("record.test.ticked", "{party}が時を記録しました", public=True, milestone=True)

TABLES = (
    "record_entry",
    "record_opening",
    "record_head",
    "record_checkpoint",
    "record_checkpointhead",
    "record_logkey",
)
RESIDENT = Actor(person=11, party=21)


@contextmanager
def unprotected() -> Iterator[CursorWrapper]:
    """Let the owner of the database do what he likes, in a transaction that the test rolls back."""
    with connection.cursor() as sql:
        sql.execute("SET CONSTRAINTS ALL IMMEDIATE")
        for table in TABLES:
            sql.execute(f"ALTER TABLE {table} DISABLE TRIGGER USER")
        sql.execute("""SELECT conrelid::regclass::text, conname FROM pg_constraint
            WHERE conrelid::regclass::text LIKE 'record\\_%%' AND contype IN ('f', 'u')""")
        for table, name in sql.fetchall():
            sql.execute(f"ALTER TABLE {table} DROP CONSTRAINT {name}")
        yield sql


def case(pk: int = 1) -> Group:
    """Return a thing to write about."""
    return Group(pk=pk)


@records(OFFERED)
def offer(subject: Group, *, number: int = 1, by: Actor = RESIDENT, note: str = "") -> Entry:
    """Write an entry with facts, a person and perhaps a note."""
    personal = {"note": note} if note else None
    return write(OFFERED, subject, by=by, personal=personal, number=number, fingerprint=FINGERPRINT)


@records(PAID)
def pay(subject: Group, *, by: Actor = RESIDENT) -> Entry:
    """Write an entry with one fact of each readable kind."""
    return write(PAID, subject, by=by, payee=22, day=DAY, amount=120_000)


@records(TICKED)
def tick(subject: Group, *, by: Actor = SYSTEM) -> Entry:
    """Write an entry of the platform itself."""
    return write(TICKED, subject, by=by)


@records(SETTLED)
def settle(subject: Group, *, by: Actor = RESIDENT) -> Entry:
    """Write an entry that asks for a checkpoint."""
    return write(SETTLED, subject, by=by)
