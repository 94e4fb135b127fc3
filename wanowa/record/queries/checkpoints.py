"""Reading checkpoints: the newest, what each holds, the way from a case to its root, and how long steps wait."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Final

from django.db import connection
from django.db.models import Max, Min
from django.utils import timezone

from wanowa.record.models import Checkpoint, Entry, Halt, LogKey
from wanowa.record.rules.notes import Key
from wanowa.record.rules.receipts import Receipt
from wanowa.record.rules.staleness import Staleness, staleness
from wanowa.record.rules.tree import Leaf, Tree, in_order

HEADS_AT: Final = """SELECT head."case", sealed.number, sealed.digest
    FROM record_head AS head CROSS JOIN LATERAL (
        SELECT number, digest FROM record_checkpointhead
        WHERE "case" = head."case" AND checkpoint_id <= %s ORDER BY checkpoint_id DESC LIMIT 1
    ) AS sealed"""
WAITING: Final = """SELECT min(entry.at)
    FROM record_head AS head
    LEFT JOIN LATERAL (
        SELECT number FROM record_checkpointhead
        WHERE "case" = head."case" ORDER BY checkpoint_id DESC LIMIT 1
    ) AS sealed ON true
    JOIN record_entry AS entry ON entry."case" = head."case" AND entry.number = coalesce(sealed.number, 0) + 1
    WHERE head.at >= %s"""
LONGEST_TRANSACTION: Final = timedelta(hours=1)
"""A step committed after a checkpoint may be timed before it, but not by more than this."""


@dataclass(frozen=True, slots=True)
class Proof:
    """The head of one case in one checkpoint, and the hashes (hex, from below) that lead to the root."""

    case: str
    number: int
    digest: str
    index: int
    size: int
    path: list[str]


@dataclass(frozen=True, slots=True)
class Health:
    """How the checkpoints stand: the newest, since when a step waits, and what stopped the next one."""

    latest: Checkpoint | None
    waiting_since: datetime | None
    staleness: Staleness
    halt: Halt | None

    @property
    def well(self) -> bool:
        """Nothing is late and nothing was stopped."""
        return self.halt is None and self.staleness is Staleness.FRESH

    @property
    def overdue(self) -> bool:
        """So late that everybody who reads the record should know."""
        return self.staleness >= Staleness.OVERDUE


def latest_checkpoint() -> Checkpoint | None:
    """Return the newest checkpoint; None before the first. Costs one query."""
    return Checkpoint.objects.order_by("-number").first()


def covering(case: str, number: int) -> Checkpoint | None:
    """Return the first checkpoint whose heads cover entry `number` of `case`. Costs one query."""
    return Checkpoint.objects.filter(heads__case=case, heads__number__gte=number).order_by("number").first()


def heads_at(checkpoint: int) -> list[Leaf]:
    """Return the heads that checkpoint `checkpoint` holds, in their order.

    Costs one query: one look into an index for each case of the record.
    """
    with connection.cursor() as sql:
        sql.execute(HEADS_AT, [checkpoint])
        return in_order(Leaf._make(row) for row in sql.fetchall())


def proof_of(case: str, checkpoint: Checkpoint) -> Proof | None:
    """Return how `checkpoint` holds `case`; None when it does not. Costs one query and a hash a case."""
    leaves = heads_at(checkpoint.number)
    for index, leaf in enumerate(leaves):
        if leaf.case == case:
            path = [one.hex() for one in Tree.over(leaves).path(index)]
            return Proof(case, leaf.number, leaf.digest, index, len(leaves), path)
    return None


def receipt_of(entry: Entry) -> Receipt | None:
    """Return the receipt of `entry`; None until a checkpoint covers it. Costs two queries and a hash a case."""
    checkpoint = covering(entry.case, entry.number)
    proof = proof_of(entry.case, checkpoint) if checkpoint else None
    if checkpoint is None or proof is None:
        return None
    return Receipt(
        case=entry.case,
        number=entry.number,
        digest=entry.digest,
        note=checkpoint.note,
        index=proof.index,
        size=proof.size,
        path=proof.path,
        leaf=Leaf(proof.case, proof.number, proof.digest),
    )


def public_keys() -> list[Key]:
    """Return every public key, oldest first. Costs one query."""
    return [Key.read(text) for text in LogKey.objects.order_by("number").values_list("text", flat=True)]


def keys_text() -> str:
    """Return keys.txt: of each key the first checkpoint it signed, the last or `-`, and itself. Costs one query.

    A key that has not signed yet is not in it.
    """
    rows = LogKey.objects.annotate(first=Min("checkpoint__number"), last=Max("checkpoint__number"))
    signed = list(rows.filter(first__isnull=False).order_by("number"))
    return "".join(f"{key.first} {'-' if key is signed[-1] else key.last} {key.text}\n" for key in signed)


def newest_key() -> LogKey | None:
    """Return the key that signs the next checkpoint. Costs one query."""
    return LogKey.objects.order_by("-number").first()


def waiting_since(latest: Checkpoint | None) -> datetime | None:
    """Return the time of the oldest step that no checkpoint covers; None when all are covered. Costs one query."""
    since = latest.at - LONGEST_TRANSACTION if latest else datetime(1970, 1, 1, tzinfo=UTC)
    with connection.cursor() as sql:
        sql.execute(WAITING, [since])
        (at,) = sql.fetchone()
    return at if isinstance(at, datetime) else None


def health() -> Health:
    """Return how the checkpoints stand now. Costs three queries."""
    latest = latest_checkpoint()
    waiting = waiting_since(latest)
    halt = Halt.objects.filter(checkpoint__gt=latest.number if latest else 0).order_by("-id").first()
    return Health(latest, waiting, staleness(waiting, timezone.now()), halt)
