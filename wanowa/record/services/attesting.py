"""Verifying checkpoints: every signature, every root from the heads kept, and today's chains against them."""

from collections.abc import Iterator
from itertools import groupby
from operator import itemgetter
from typing import Any

from django.db import connection
from django.db.backends.utils import CursorWrapper
from django.utils.translation import gettext as _

from wanowa.record.models import Entry, LogKey
from wanowa.record.rules import Problem
from wanowa.record.rules.attesting import (
    PLACE,
    CheckpointRow,
    Introduced,
    KeyRow,
    inspect_checkpoints,
    inspect_keys,
)
from wanowa.record.rules.notes import Check
from wanowa.record.rules.tree import Leaf
from wanowa.record.verbs import KEY_INTRODUCED

CHECKPOINTS = """SELECT number, text, note, root, size, entries, {at}, digest, key_id
    FROM record_checkpoint ORDER BY number"""
MOVED = (
    """SELECT checkpoint_id, "case", number, digest FROM record_checkpointhead ORDER BY checkpoint_id, id"""
)
STRAY = """SELECT min(head.checkpoint_id), count(*) FROM record_checkpointhead AS head
    WHERE NOT EXISTS (SELECT FROM record_checkpoint WHERE number = head.checkpoint_id)"""
BROKEN = """SELECT DISTINCT ON (head."case") head."case", head.number, head.checkpoint_id
    FROM record_checkpointhead AS head
    LEFT JOIN record_entry AS entry ON entry."case" = head."case" AND entry.number = head.number
    WHERE entry.digest IS DISTINCT FROM head.digest ORDER BY head."case", head.number"""
BATCH = 2_000


def checkpoint_problems(at: str, check: Check) -> Iterator[Problem]:
    """Yield everything wrong with keys and checkpoints, and each case whose entries are not those once sealed.

    `at` is how SQL writes a time as it is sealed. Costs six queries, and one more for every batch of heads.
    """
    keys = [
        KeyRow._make(row) for row in LogKey.objects.order_by("number").values_list("number", "text", "lost")
    ]
    yield from inspect_keys(keys, _introduced())
    yield from inspect_checkpoints(_checkpoints(at), keys, check)
    with connection.cursor() as sql:
        sql.execute(STRAY)
        stray, count = sql.fetchone()
        if count:
            sentence = _("まとめ印のない先頭が%(count)s件あります。") % {"count": count}
            yield Problem(PLACE, stray, "stray", sentence)
        sql.execute(BROKEN)
        for case, number, sealed in sql.fetchall():
            sentence = _("%(number)s番の記録が、%(sealed)s番のまとめ印のときとちがいます。")
            yield Problem(case, number, "sealed", sentence % {"number": number, "sealed": sealed})


def _introduced() -> Introduced:
    """Return what the record says of keys. Facts that are not as they should be name no key."""
    found = Entry.objects.filter(verb=KEY_INTRODUCED.name).values_list("facts", flat=True)
    return {
        facts["number"]: (facts["key"], facts["lost"])
        for facts in found
        if isinstance(facts, dict) and facts.keys() == KEY_INTRODUCED.facts.keys()
    }


def _checkpoints(at: str) -> Iterator[CheckpointRow]:
    """Yield the checkpoints in order, each with the heads that moved, in batches."""
    with connection.chunked_cursor() as stream, connection.cursor() as sql:
        sql.execute(CHECKPOINTS.format(at=at))
        stream.execute(MOVED)
        moved = groupby(_in_batches(stream), key=itemgetter(0))
        number, heads = next(moved, (None, iter(())))
        for row in iter(sql.fetchone, None):
            while number is not None and number < row[0]:
                number, heads = next(moved, (None, iter(())))
            mine = [Leaf(*head[1:]) for head in heads] if number == row[0] else []
            yield CheckpointRow._make((*row, mine))


def _in_batches(stream: CursorWrapper) -> Iterator[tuple[Any, ...]]:
    """Yield rows that the server hands over many at a time: one at a time, each would be a round trip."""
    while rows := stream.fetchmany(BATCH):
        yield from rows
