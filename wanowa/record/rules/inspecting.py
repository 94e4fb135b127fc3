"""Inspecting one case: whether its chain is whole, its head right, its openings those committed to."""

from collections.abc import Callable, Iterable, Iterator, Mapping

from django.utils.translation import gettext as _

from wanowa.record.rules.problems import EntryRow, HeadRow, Problem
from wanowa.record.rules.sealing import (
    GENESIS,
    Fault,
    Json,
    canonical_fast,
    commitment,
    content_of,
    seal,
)
from wanowa.record.rules.tree import Leaf
from wanowa.record.rules.withdrawals import Withdrawals

type FactsOf = Mapping[str, Callable[[Mapping[str, Json]], bool]]
"""The known verbs: by name, whether facts are such as the verb declares."""


def inspect_case(entries: Iterable[EntryRow], head: HeadRow | None, verbs: FactsOf) -> Iterator[Problem]:
    """Yield everything wrong in one case.

    `entries` are all rows of the case ordered by number, then id; `verbs` are those the apps declare.
    After a fault the walk goes on from what is stored, so that one altered entry is named once, alone.
    """
    last: EntryRow | None = None
    ends = {GENESIS}
    withdrawals = Withdrawals()
    for entry in entries:
        number = last.number if last else 0
        if last and entry.number == number:
            yield _problem(entry, "fork", _("%(number)s番の記録が二つあります。"))
            yield from _inside(entry, verbs, withdrawals)
            ends |= {entry.digest}
            continue
        if entry.number != number + 1:
            yield _gap(entry.case, number + 1, entry.number - 1)
            ends = {entry.digest}
        else:
            seals = _seals(entry, ends)
            if entry.digest not in seals:
                yield _problem(entry, "altered", _("%(number)s番の記録が、あとから書きかえられています。"))
            ends = seals | {entry.digest}
        if last and (entry.at < last.at or entry.id <= last.id):
            yield _problem(entry, "order", _("%(number)s番の記録の順番が、前の記録と合いません。"))
        yield from _inside(entry, verbs, withdrawals)
        last = entry
    yield from withdrawals.problems()
    yield from _at_the_end(last, ends, head)


def inspect_growth(sealed: Leaf, entries: Iterable[EntryRow], head: Leaf) -> Iterator[Problem]:
    """Yield what is wrong with the links of a case between a head that was sealed and its head now.

    `entries` are the rows from the sealed number on (from 1 when nothing was sealed: number 0), ordered by
    number, then id. Looks at the chain alone: facts and openings are for `inspect_case`.
    """
    rows = iter(entries)
    first = next(rows, None) if sealed.number else None
    if sealed.number and (first is None or first.number != sealed.number):
        yield _gap(sealed.case, sealed.number, sealed.number)
        return
    if first and first.digest != sealed.digest:
        yield _problem(first, "altered", _("%(number)s番の記録が、あとから書きかえられています。"))
    last = sealed
    for entry in rows:
        if entry.number != last.number + 1:
            yield _gap(sealed.case, last.number + 1, entry.number - 1)
        elif entry.digest not in _seals(entry, [last.digest]):
            yield _problem(entry, "altered", _("%(number)s番の記録が、あとから書きかえられています。"))
        last = Leaf(entry.case, entry.number, entry.digest)
    if last != head:
        sentence = _("%(number)s番の記録が、最後の番号のひかえと合いません。") % {"number": last.number}
        yield Problem(sealed.case, last.number, "head", sentence)


def _seals(entry: EntryRow, ends: Iterable[str]) -> set[str]:
    """Return the digests `entry` would have after each end of the chain; none if it cannot be sealed."""
    try:
        text = canonical_fast(
            content_of(
                case=entry.case,
                number=entry.number,
                at=entry.at,
                verb=entry.verb,
                party=entry.party,
                facts=entry.facts,
                commitments=entry.commitments,
                version=entry.version,
            )
        )
        return {seal(end, text, entry.version) for end in ends}
    except ValueError:
        return set()


def _inside(entry: EntryRow, verbs: FactsOf, withdrawals: Withdrawals) -> Iterator[Problem]:
    """Yield what is wrong in the entry itself, its links aside."""
    if entry.verb not in verbs:
        yield _problem(entry, "verb", _("%(number)s番の記録のできごとを、この版のわのわは知りません。"))
    elif not isinstance(entry.facts, dict) or not verbs[entry.verb](entry.facts):
        yield _problem(entry, "facts", _("%(number)s番の記録に、決められていない事実があります。"))
    unopened = dict(entry.commitments) if isinstance(entry.commitments, dict) else {}
    for opening in entry.openings:
        try:
            found = commitment(entry.case, entry.number, opening.field, opening.salt, opening.value.encode())
        except Fault:
            found = ""
        if unopened.pop(opening.field, None) != found:
            yield _problem(
                entry, "opening", _("%(number)s番の記録のふせた値が、記録したときの値とちがいます。")
            )
    withdrawals.hear(entry, unopened)


def _at_the_end(last: EntryRow | None, ends: Iterable[str], head: HeadRow | None) -> Iterator[Problem]:
    """Yield what is wrong between the last entry and the head of the case."""
    if last is None:
        if head is not None:
            yield _gap(head.case, 1, head.number)
    elif head is None:
        yield _problem(last, "head", _("この案件の、最後の番号のひかえがありません。"))
    elif head.number > last.number:
        yield _gap(last.case, last.number + 1, head.number)
    elif head.number < last.number:
        yield _problem(last, "head", _("%(number)s番の記録は、正しい手順で書かれていません。"))
    elif head.digest != last.digest or head.last_id != last.id or head.at != last.at:
        yield _problem(last, "head", _("%(number)s番の記録が、最後の番号のひかえと合いません。"))


def _problem(entry: EntryRow, kind: str, sentence: str) -> Problem:
    return Problem(entry.case, entry.number, kind, sentence % {"number": entry.number})


def _gap(case: str, first: int, last: int) -> Problem:
    """Say which numbers are missing; a number below 1 or out of place reads the same way."""
    if last <= first:
        return Problem(case, first, "gap", _("%(first)s番の記録がありません。") % {"first": first})
    sentence = _("%(first)s番から%(last)s番までの記録がありません。") % {"first": first, "last": last}
    return Problem(case, first, "gap", sentence)
