"""What verify compares: phases, sealed and opened sheets, decisions, budgets and awards with what the record says."""

from collections import defaultdict
from collections.abc import Iterable, Iterator

from wanowa.proposals.models import Award, Budget, Decision, Judging, Proposal, Round, Sheet
from wanowa.proposals.rules.judging import AwardStatus, commitment
from wanowa.proposals.rules.told import digest_of_text
from wanowa.proposals.verbs import (
    ANNOUNCED,
    AWARD_STARTED,
    BUDGET_PASSED,
    DECIDED,
    JUDGING_BEGUN,
    REASONS_TAKEN_OUT,
    SHEET_SEALED,
    SHEETS_OPENED,
)
from wanowa.record.models import Entry
from wanowa.record.queries import case_of
from wanowa.record.rules import Problem

_VERBS = (
    JUDGING_BEGUN,
    SHEET_SEALED,
    SHEETS_OPENED,
    ANNOUNCED,
    DECIDED,
    REASONS_TAKEN_OUT,
    BUDGET_PASSED,
    AWARD_STARTED,
)

type Told = dict[tuple[str, str], list[Entry]]
"""The entries of `_VERBS` by case and verb, oldest first."""


def judging_matches_the_record() -> Iterable[Problem]:
    """Compare every row with the record, and the record with the rows. Costs six queries."""
    told: Told = defaultdict(list)
    entries = Entry.objects.filter(verb__in=[verb.name for verb in _VERBS]).order_by("case", "number")
    for entry in entries.iterator(chunk_size=2000):
        told[entry.case, entry.verb].append(entry)
    yield from _judgings(told)
    yield from _decisions(told)
    yield from _money(told)


def _judgings(told: Told) -> Iterator[Problem]:
    sheets = defaultdict(list)
    for sheet in Sheet.objects.filter(sealed_at__isnull=False).select_related("reviewer"):
        sheets[sheet.reviewer.round_id].append(sheet)
    gone = {case for case, verb in told if verb == JUDGING_BEGUN.name}
    for judging in Judging.objects.order_by("pk"):
        case = _case(Round, judging.round_id)
        gone.discard(case)
        moments = [
            (JUDGING_BEGUN.name, judging.begun_at),
            (SHEETS_OPENED.name, judging.opened_at),
            (ANNOUNCED.name, judging.announced_at),
        ]
        if any(
            [entry.at for entry in told.get((case, verb), [])] != ([at] if at else []) for verb, at in moments
        ):
            yield Problem(case, None, "judging", "審査の進みが、経過の記録とちがいます。")
        sealed = {
            (entry.facts["proposal"], entry.facts["commitment"], entry.at)
            for entry in told.get((case, SHEET_SEALED.name), [])
        }
        kept = sheets[judging.round_id]
        if sealed != {(one.proposal_id, one.commitment, one.sealed_at) for one in kept} or not all(
            _open_as_promised(one, told=judging.is_told) for one in kept
        ):
            yield Problem(case, None, "sheet", "審査の点が、経過の記録とちがいます。")
    for case in sorted(gone):
        yield Problem(case, None, "judging", "審査が、表から消えています。")


def _open_as_promised(sheet: Sheet, *, told: bool) -> bool:
    """Whether a sheet is open exactly when its round is, and says what was sealed."""
    if sheet.content is None or sheet.salt is None:
        return not told
    pair = (sheet.reviewer_id, sheet.proposal_id)
    return told and commitment(pair, bytes(sheet.salt), sheet.content) == sheet.commitment


def _decisions(told: Told) -> Iterator[Problem]:
    kept = defaultdict(list)
    for one in Decision.objects.filter(announced_at__isnull=False).order_by("number"):
        kept[_case(Proposal, one.proposal_id)].append(
            (one.outcome, digest_of_text(one.reasons), one.amount, one.announced_at)
        )
    said = {
        case: [
            (entry.facts["outcome"], entry.facts["reasons"], entry.facts.get("amount"), entry.at)
            for entry in entries
        ]
        for (case, verb), entries in told.items()
        if verb == DECIDED.name
    }
    for case, decided in said.items():
        for entry in told.get((case, REASONS_TAKEN_OUT.name), []):
            place = slice(entry.facts["number"] - 1, entry.facts["number"])
            decided[place] = [(one[0], entry.facts["reasons"], *one[2:]) for one in decided[place]]
    for case in sorted(kept.keys() | said.keys()):
        if kept.get(case, []) != said.get(case, []):
            yield Problem(case, None, "decision", "審査の結果が、経過の記録とちがいます。")


def _money(told: Told) -> Iterator[Problem]:
    said = {
        (entry.case, entry.facts["fiscal_year"], entry.facts["passed_on"])
        for (_case, verb), entries in told.items()
        if verb == BUDGET_PASSED.name
        for entry in entries
    }
    kept = {(case_of(one), one.fiscal_year, one.passed_on.isoformat()) for one in Budget.objects.all()}
    for case, _year, _day in sorted(said ^ kept):
        yield Problem(case, None, "budget", "予算成立の記録が、表とちがいます。")
    begun = {
        (case, entry.facts["fiscal_year"], entry.facts["amount"])
        for (case, verb), entries in told.items()
        if verb == AWARD_STARTED.name
        for entry in entries
    }
    started = {
        (_case(Proposal, one.proposal_id), one.fiscal_year, one.amount)
        for one in Award.objects.filter(status=AwardStatus.STARTED)
    }
    for case, _year, _amount in sorted(begun ^ started):
        yield Problem(case, None, "award", "協働の始まりが、経過の記録とちがいます。")


def _case(model: type[Proposal] | type[Round], key: int) -> str:
    return case_of(model(pk=key))
