"""What verify compares: every entry of every ledger with what the record says, and the sums of both.

The facts of the record alone tell who gave how much to whom, and who said yes: so the balances are worked out twice,
from the entries of the record and from the lines in the table, and must be the same.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator

from wanowa.collaborations.models import Collaboration
from wanowa.contributions.models import Contribution
from wanowa.contributions.rules import (
    ENDS,
    Line,
    Status,
    Way,
    balances,
    digest,
    standing,
)
from wanowa.contributions.verbs import CONFIRMED, DISPUTED, REVERSED, WITHDRAWN, WRITTEN
from wanowa.guideline.rules import Resource
from wanowa.record.models import Entry
from wanowa.record.queries import case_of
from wanowa.record.rules import Problem

_MADE = {WRITTEN.name, REVERSED.name}
_SAID = {CONFIRMED.name: True, DISPUTED.name: False}
_VERBS = (*_MADE, *_SAID, WITHDRAWN.name)

type Story = dict[int, list[Entry]]
"""What is told of each entry of a ledger, by its number, oldest first."""


def ledgers_match_the_record() -> Iterable[Problem]:
    """Compare every row with the record, the record with the rows, and their sums. Costs five queries."""
    stories: dict[str, Story] = defaultdict(lambda: defaultdict(list))
    for told in Entry.objects.filter(verb__in=_VERBS).order_by("case", "number").iterator(chunk_size=2000):
        stories[told.case][told.facts["number"]].append(told)
    ledgers: dict[str, list[Contribution]] = defaultdict(list)
    found = Contribution.objects.order_by("collaboration", "number").select_related("reverses")
    for row in found.prefetch_related("lines", "answers", "receipt").iterator(chunk_size=1000):
        ledgers[case_of(Collaboration(pk=row.collaboration_id))].append(row)
    for case in sorted(stories.keys() | ledgers.keys()):
        yield from _ledger(case, ledgers[case], stories[case])


def _ledger(case: str, ledger: list[Contribution], story: Story) -> Iterator[Problem]:
    numbers = {row.number for row in ledger}
    for row in ledger:
        if not _as_told(row, story.get(row.number, [])):
            yield _problem(
                case, story.get(row.number), f"出しあいの{row.number}番が、経過の記録とちがいます。"
            )
    for number in sorted(story.keys() - numbers):
        yield _problem(case, story[number], f"出しあいの{number}番が、表から消えています。")
    in_table = balances(
        (Resource(row.resource), "", [line.plain for line in row.lines.all()])
        for row in ledger
        if row.status == Status.CONFIRMED
    )
    told = balances(booked for each in ledger if (booked := _booked(each, story.get(each.number, []))))
    if +in_table != +told or -in_table != -told:
        yield _problem(case, None, "出しあいの合計が、経過の記録から計算した合計とちがいます。")


def _as_told(row: Contribution, told: list[Entry]) -> bool:
    """Whether a row says what was written, by whom and when, and stands where the answers put it."""
    made = [entry for entry in told if entry.verb in _MADE]
    if len(made) != 1:
        return False
    gift, receipt = row.gift, getattr(row, "receipt", None)
    facts = made[0].facts
    content = digest(
        gift,
        row.asked,
        everybody=row.everybody,
        reverses=row.reverses.number if row.reverses else None,
        receipt=receipt.digest if receipt else "",
    )
    said = [(entry.party, _SAID[entry.verb], entry.at, entry.number) for entry in told if entry.verb in _SAID]
    return (
        (facts["content"], facts["amount"], facts["day"]) == (content, row.amount, row.on.isoformat())
        and (facts.get("giver"), facts.get("taker")) == (gift.giver, gift.taker)
        and (made[0].party, made[0].at, made[0].number) == (row.party_id, row.written_at, row.told)
        and said == [(one.party_id, one.yes, one.at, one.told) for one in row.answers.all()]
        and (row.status, row.settled_at) == _settled(row, told)
    )


def _settled(row: Contribution, told: list[Entry]) -> tuple[str, object]:
    """Return where the record leaves an entry, and since when."""
    withdrawn = [entry for entry in told if entry.verb == WITHDRAWN.name]
    if withdrawn:
        return Status.WITHDRAWN, withdrawn[-1].at
    said = [entry for entry in told if entry.verb in _SAID]
    answers = [(entry.party or 0, _SAID[entry.verb]) for entry in said]
    status = standing(row.asked, answers, everybody=row.everybody)
    return status, said[-1].at if status == Status.CONFIRMED else None


def _booked(row: Contribution, told: list[Entry]) -> tuple[Resource, str, tuple[Line, Line]] | None:
    """Return the lines that the record alone tells of, if it tells that the entry is confirmed."""
    made = [entry for entry in told if entry.verb in _MADE]
    if not made or _settled(row, told)[0] != Status.CONFIRMED:
        return None
    facts = made[0].facts
    source, target = ENDS[Way(facts["way"])]
    amount = -facts["amount"] if made[0].verb == REVERSED.name else facts["amount"]
    lines = Line(source, facts.get("giver"), -amount), Line(target, facts.get("taker"), amount)
    return Resource(facts["resource"]), "", lines


def _problem(case: str, told: list[Entry] | None, sentence: str) -> Problem:
    return Problem(case=case, number=told[-1].number if told else None, kind="ledger", sentence=sentence)
