"""Comparing what somebody kept, a receipt or its words, with the record of today."""

from collections.abc import Callable
from enum import Enum, auto

from wanowa.kernel.actors import Actor
from wanowa.record.models import Entry
from wanowa.record.queries.checkpoints import public_keys
from wanowa.record.rules.notes import Check
from wanowa.record.rules.receipts import Receipt
from wanowa.record.rules.words import words_of

type Reader = Callable[[Actor, int], bool]
"""Whether somebody may see the thing with a key."""

_readers: dict[str, Reader] = {}


class Verdict(Enum):
    """What comes out when a receipt is compared."""

    FITS = auto()
    """The record still is what the receipt says."""
    DIFFERS = auto()
    """The receipt is true, and the record is another one today."""
    NOT_OURS = auto()
    """No key of ours signed it, or it was changed: nothing can be said."""
    NO_MATCH = auto()
    """The words alone do not fit: mistyped, or changed."""


def register_reader(label: str, reader: Reader) -> None:
    """Let `reader` say who may see cases of `label` ("app.model"). The app that owns them calls this in `ready()`."""
    _readers[label] = reader


def may_see(label: str, key: int, *, by: Actor) -> bool:
    """Tell whether somebody may see a case, and so take a receipt home. Costs what its app's answer costs."""
    return label in _readers and _readers[label](by, key)


def compared(receipt: Receipt, check: Check) -> Verdict:
    """Compare a receipt with the record. Costs two queries.

    Whoever holds a true receipt knows its case already; nothing else is told.
    """
    if receipt.holds(public_keys(), check) is None:
        return Verdict.NOT_OURS
    numbers = {receipt.number, receipt.leaf.number}
    found = Entry.objects.filter(case=receipt.case, number__in=numbers).values_list("number", "digest")
    return Verdict.FITS if receipt.fits(dict(found)) else Verdict.DIFFERS


def words_compared(case: str, number: int, words: str) -> Verdict:
    """Compare the words of one entry with the record. Costs one query.

    The same answer for an entry that is not there as for other words: nobody learns which cases exist.
    """
    digest = Entry.objects.filter(case=case, number=number).values_list("digest", flat=True).first()
    return Verdict.FITS if digest and words_of(digest) == words else Verdict.NO_MATCH
