"""What verify compares: listings and pledges with what the record says happened.

Every row carries the moment of the entry that settled it, and every text the fingerprint under which it was told.
Hands are not compared: they are forgotten after 90 days.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator

from wanowa.exchange.models import Listing, Pledge
from wanowa.exchange.rules import PledgeStatus, Status
from wanowa.exchange.verbs import (
    ACCEPTED,
    CONFIRMED,
    DECLINED,
    DRAFTED,
    EDITED,
    EXPIRED,
    FINISHED,
    FORGOTTEN,
    FULFILLED,
    HELD,
    KEPT,
    MET,
    OPENED,
    PAUSED,
    PLEDGED,
    REDRAFTED,
    RESUMED,
    TAKEN_BACK,
    TIED,
    WITHDRAWN,
)
from wanowa.record.models import Entry
from wanowa.record.queries import case_of
from wanowa.record.rules import Problem

_TEXTS = {verb.name for verb in (DRAFTED, OPENED, EDITED, REDRAFTED, FORGOTTEN)}
_LEADS = {
    DRAFTED.name: Status.DRAFT,
    OPENED.name: Status.OPEN,
    PAUSED.name: Status.PAUSED,
    RESUMED.name: Status.OPEN,
    MET.name: Status.MET,
    KEPT.name: Status.OPEN,
    FINISHED.name: Status.DONE,
    HELD.name: Status.DONE,
    WITHDRAWN.name: Status.WITHDRAWN,
    EXPIRED.name: Status.EXPIRED,
}
_PLEDGES = {
    PLEDGED.name: PledgeStatus.RAISED,
    ACCEPTED.name: PledgeStatus.AGREED,
    CONFIRMED.name: PledgeStatus.AGREED,
    FULFILLED.name: PledgeStatus.DONE,
    DECLINED.name: PledgeStatus.DECLINED,
    TAKEN_BACK.name: PledgeStatus.WITHDRAWN,
}

type Stories = dict[str, list[Entry]]


def exchange_matches_the_record() -> Iterable[Problem]:
    """Compare every row with the record, and the record with the rows. Costs three queries."""
    stories: Stories = defaultdict(list)
    verbs = _TEXTS | _LEADS.keys() | _PLEDGES.keys() | {TIED.name}
    for entry in Entry.objects.filter(verb__in=verbs).order_by("case", "number").iterator(chunk_size=2000):
        stories[entry.case].append(entry)
    yield from _listings(stories)
    yield from _pledges(stories)


def _listings(stories: Stories) -> Iterator[Problem]:
    gone = {case for case, story in stories.items() if story[0].verb in _TEXTS}
    for listing in Listing.objects.order_by("id").iterator(chunk_size=500):
        case = case_of(listing)
        gone.discard(case)
        story = stories.get(case, [])
        if not _as_told(listing, story):
            yield _problem(case, story, "listing", "のせたものの文・状態が、経過の記録とちがいます。")
    for case in sorted(gone):
        yield _problem(case, stories[case], "missing", "のせたものが、表から消えています。")


def _as_told(listing: Listing, story: list[Entry]) -> bool:
    texts = [entry for entry in story if entry.verb in _TEXTS]
    moves = [entry for entry in story if entry.verb in _LEADS]
    if not texts or not moves:
        return False
    opened = [entry for entry in story if entry.verb == OPENED.name]
    tied = [entry.facts.get("collaboration") for entry in story if entry.verb == TIED.name]
    return (
        texts[-1].facts["text"] == listing.words.digest()
        and texts[0].party == listing.party_id
        and _LEADS[moves[-1].verb] == listing.status
        and listing.collaboration_id == (tied[-1] if tied else None)
        and listing.opened_at == (opened[0].at if opened else None)
    )


def _pledges(stories: Stories) -> Iterator[Problem]:
    gone = {case for case, story in stories.items() if story[0].verb == PLEDGED.name}
    for pledge in Pledge.objects.order_by("id").iterator(chunk_size=500):
        case = case_of(pledge)
        gone.discard(case)
        story = stories.get(case, [])
        last = story[-1] if story else None
        as_told = (
            last is not None
            and story[0].party == pledge.party_id
            and _PLEDGES[last.verb] == pledge.status
            and pledge.settled_at in {None, last.at}
        )
        if not as_told:
            yield _problem(case, story, "pledge", "約束の表が、経過の記録とちがいます。")
    for case in sorted(gone):
        yield _problem(case, stories[case], "missing", "約束が、表から消えています。")


def _problem(case: str, story: list[Entry], kind: str, sentence: str) -> Problem:
    return Problem(case=case, number=story[-1].number if story else None, kind=kind, sentence=sentence)
