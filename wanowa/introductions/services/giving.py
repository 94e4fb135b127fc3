"""Saying yes with exactly what one gives, sealed with a key of its own; and taking it away again."""

import json
from datetime import date
from functools import partial

from django.db import transaction
from django.utils import timezone

from wanowa.introductions.models import Side
from wanowa.introductions.queries import place_of
from wanowa.introductions.rules import Given, Reply
from wanowa.introductions.verbs import ACCEPTED
from wanowa.kernel import keyrings
from wanowa.kernel.actors import Actor
from wanowa.record.services import records, write
from wanowa.record.services.unrecorded import unrecorded


@records(ACCEPTED)
def say_yes(side: Side, given: Given, until: date | None, *, by: Actor) -> Side:
    """Keep a side's yes and what it chose to give; the caller holds the introduction and has checked all.

    Raises Unopened when there can be no key: then nothing is kept.
    """
    side.reply, side.replied_at, side.person_id = Reply.YES, timezone.now(), by.required_person
    values = given.values()
    if values:
        side.key, side.until, side.desk_reads = keyrings.make(), until, given.desk
        text = json.dumps(values, ensure_ascii=False)
        side.given = keyrings.fetch(side.key).seal(text, place=place_of(side))
    side.save()
    write(ACCEPTED, side, by=by, fields=len(values), until=side.until)
    return side


@unrecorded("whoever takes it away says on record why")
def forget_given(side: Side) -> bool:
    """Empty what a side gave and destroy its key with the commit: copies of the database lose it too."""
    if not side.key:
        return False
    transaction.on_commit(partial(keyrings.destroy, side.key))
    side.key, side.given, side.until, side.desk_reads = "", b"", None, False
    side.save()
    return True
