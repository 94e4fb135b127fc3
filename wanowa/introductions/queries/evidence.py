"""What verify compares: introductions and what their sides said with what the record says happened."""

from collections import defaultdict
from collections.abc import Iterable, Iterator

from wanowa.introductions.models import Introduction, Side
from wanowa.introductions.rules import Reply, Status
from wanowa.introductions.verbs import (
    ACCEPTED,
    ASKED,
    DECLINED,
    ENDED,
    HELPED,
    JOINED,
    LAPSED,
    MET,
    TRIED,
    WITHDRAWN,
)
from wanowa.record.models import Entry
from wanowa.record.queries import case_of
from wanowa.record.rules import Problem

_LEADS = {
    ASKED.name: {Status.ASKED, Status.HALF},
    MET.name: {Status.MET},
    TRIED.name: {Status.TRIAL},
    JOINED.name: {Status.COLLABORATION},
    HELPED.name: {Status.ONE_TIME},
    ENDED.name: {Status.NONE},
    LAPSED.name: {Status.LAPSED},
    WITHDRAWN.name: {Status.WITHDRAWN},
}
_SAYS = {ACCEPTED.name: Reply.YES, DECLINED.name: Reply.NO}

type Stories = dict[str, list[Entry]]


def introductions_match_the_record() -> Iterable[Problem]:
    """Compare every row with the record, and the record with the rows. Costs three queries."""
    stories: Stories = defaultdict(list)
    wanted = Entry.objects.filter(verb__in=[*_LEADS, *_SAYS]).order_by("case", "number")
    for entry in wanted.iterator(chunk_size=2000):
        stories[entry.case].append(entry)
    yield from _introductions(stories)
    yield from _sides(stories)


def _introductions(stories: Stories) -> Iterator[Problem]:
    gone = {case for case, story in stories.items() if story[0].verb in _LEADS}
    for introduction in Introduction.objects.order_by("id").iterator(chunk_size=500):
        case = case_of(introduction)
        gone.discard(case)
        if not _as_told(introduction, stories.get(case, [])):
            yield _problem(
                case, stories.get(case, []), "introduction", "引き合わせの表が、経過の記録とちがいます。"
            )
    for case in sorted(gone):
        yield _problem(case, stories[case], "missing", "引き合わせが、表から消えています。")


def _as_told(introduction: Introduction, story: list[Entry]) -> bool:
    if not story or story[0].verb != ASKED.name:
        return False
    facts, met = story[0].facts, [entry for entry in story if entry.verb == MET.name]
    return (
        (facts["first"], facts["second"]) == (introduction.first_id, introduction.second_id)
        and introduction.status in _LEADS[story[-1].verb]
        and introduction.met_at == (met[0].at if met else None)
    )


def _sides(stories: Stories) -> Iterator[Problem]:
    gone = {case for case, story in stories.items() if story[0].verb in _SAYS}
    for side in Side.objects.order_by("id").iterator(chunk_size=500):
        case = case_of(side)
        gone.discard(case)
        said = [_SAYS[entry.verb].value for entry in stories.get(case, [])]
        if said != ([side.reply] if side.reply else []):
            yield _problem(
                case, stories.get(case, []), "side", "引き合わせの返事が、経過の記録とちがいます。"
            )
    for case in sorted(gone):
        yield _problem(case, stories[case], "missing", "引き合わせの返事が、表から消えています。")


def _problem(case: str, story: list[Entry], kind: str, sentence: str) -> Problem:
    return Problem(case=case, number=story[-1].number if story else None, kind=kind, sentence=sentence)
