"""The entries of one ledger: as they are listed, with the words that stand on record beside them."""

import json
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass

from django.db.models import Max, QuerySet
from django.utils.translation import gettext as _

from wanowa.collaborations.models import Collaboration
from wanowa.contributions.models import Answer, Contribution, Line
from wanowa.contributions.queries.sums import Sums
from wanowa.contributions.rules import MINUTES, OPEN, YEN, Gift, Status, amount
from wanowa.guideline.rules import Resource
from wanowa.kernel.rows import only
from wanowa.parties.models import Party
from wanowa.parties.queries import plain_names
from wanowa.record.models import Opening
from wanowa.record.queries import case_of


@dataclass(frozen=True, slots=True)
class Said:
    """What one party last said to an entry; `word` is empty for a yes, and when it was redacted."""

    party: Party
    yes: bool
    word: str


@dataclass(frozen=True, slots=True)
class Row:
    """One entry as a page shows it."""

    entry: Contribution
    gift: Gift
    amount: str
    note: str
    giver: str
    taker: str
    said: tuple[Said, ...]
    awaited: tuple[str, ...]
    """The names of the parties whose yes is missing; of nobody once it is settled."""
    reversed_by: int | None
    """The number of the entry that reverses it, confirmed or not."""

    @property
    def tone(self) -> str:
        """How its status is coloured: never as an alarm."""
        return {Status.CONFIRMED: "good", Status.WITHDRAWN: "neutral"}.get(Status(self.entry.status), "wait")

    @property
    def each(self) -> str:
        """The time of one person, when several came."""
        people = self.gift.people or 0
        return amount(self.gift.resource, self.gift.amount // people, "") if people > 1 else ""


def entries_of(collaboration: Collaboration, status: str = "") -> QuerySet[Contribution]:
    """Return the entries, newest day first; of one status when given. Costs five queries for a page of any length."""
    found = Contribution.objects.filter(collaboration=collaboration)
    found = found.filter(status=status) if status else found
    return (
        found.select_related("party", "receipt", "reverses")
        .prefetch_related("lines", "answers__party", "reversals")
        .order_by("-on", "-number")
    )


def entry_of(collaboration: Collaboration, number: int) -> Contribution | None:
    """Return one entry. Costs five queries."""
    return only(entries_of(collaboration).filter(number=number))


def rows(
    collaboration: Collaboration, entries: Iterable[Contribution], names: Mapping[int, str]
) -> list[Row]:
    """Return entries with their words. Costs one query beside those of `entries_of`."""
    listed = list(entries)
    told = {one.told for one in listed}
    told |= {answer.told for one in listed for answer in one.answers.all() if not answer.yes}
    words = _words(collaboration, told)
    return [_row(one, words, names) for one in listed]


def _words(collaboration: Collaboration, numbers: Collection[int]) -> dict[int, str]:
    kept = Opening.objects.filter(
        entry__case=case_of(collaboration), entry__number__in=numbers, field__in=("note", "word")
    )
    return {number: json.loads(value) for number, value in kept.values_list("entry__number", "value")}


def _row(entry: Contribution, words: Mapping[int, str], names: Mapping[int, str]) -> Row:
    gift = entry.gift
    last = {answer.party_id: answer for answer in entry.answers.all()}
    said = tuple(Said(one.party, one.yes, words.get(one.told, "")) for one in last.values())
    missing = [party for party in entry.asked if party not in last] if entry.is_open else []
    alive = (one.number for one in entry.reversals.all() if one.status != Status.WITHDRAWN)
    return Row(
        entry=entry,
        gift=gift,
        amount=amount(gift.resource, gift.amount, gift.unit),
        note=words.get(entry.told, ""),
        giver=_named(gift.giver, names),
        taker=_named(gift.taker, names),
        said=said,
        awaited=tuple(names.get(party, "") for party in missing),
        reversed_by=next(alive, None),
    )


def _named(party: int | None, names: Mapping[int, str]) -> str:
    return "" if party is None else names.get(party, "")


def awaiting(collaboration: Collaboration, mine: Collection[int]) -> int:
    """Return how many open entries one of the parties `mine` is asked about and has not answered. One query."""
    return _asking(mine).filter(collaboration=collaboration).count()


def tables_awaiting(mine: Collection[int]) -> list[tuple[Collaboration, int]]:
    """Return the collaborations in which entries wait for the parties `mine`, and how many. Two queries, or none."""
    if not mine:
        return []
    numbers: dict[int, int] = {}
    for collaboration in _asking(mine).values_list("collaboration", flat=True):
        numbers[collaboration] = numbers.get(collaboration, 0) + 1
    found = Collaboration.objects.filter(pk__in=numbers).order_by("pk") if numbers else []
    return [(one, numbers[one.pk]) for one in found]


def _asking(mine: Collection[int]) -> QuerySet[Contribution]:
    answered = Answer.objects.filter(party__in=mine).values("contribution")
    return (
        Contribution.objects.filter(status__in=OPEN, asked__overlap=list(mine))
        .exclude(pk__in=answered)
        .order_by("pk")
    )


def next_number(collaboration: Collaboration) -> int:
    """Return the number of the next entry; lock the collaboration first. Costs one query."""
    latest = Contribution.objects.filter(collaboration=collaboration).aggregate(latest=Max("number"))
    return (latest["latest"] or 0) + 1


def entry_locked(entry: Contribution) -> Contribution:
    """Return the row, fresh and locked until commit. Costs one query."""
    return Contribution.objects.select_for_update(of=("self",)).get(pk=entry.pk)


def said_to(entry: Contribution) -> list[tuple[int, bool]]:
    """Return every answer, oldest first: party, yes. Costs one query."""
    return list(Answer.objects.filter(contribution=entry).order_by("id").values_list("party_id", "yes"))


def hours_written_last(collaboration: Collaboration, party: int) -> Contribution | None:
    """Return the time that a party wrote last, with which a new entry begins. Costs one query."""
    return (
        Contribution.objects.filter(
            collaboration=collaboration, party_id=party, resource=Resource.PEOPLE, reverses__isnull=True
        )
        .order_by("-number")
        .first()
    )


def asked_now(entry: Contribution) -> frozenset[int]:
    """Return the parties that can still confirm an entry; reads its answers, so prefetch them. No query then."""
    last = {answer.party_id: answer.yes for answer in entry.answers.all()}
    waiting = (party for party in entry.asked if not last.get(party, False))
    return frozenset(waiting) | {party for party, yes in last.items() if not yes}


def names_around(
    collaboration: Collaboration, seated: Mapping[int, str], sums: Sums | None = None
) -> dict[int, str]:
    """Return what the parties of a ledger are called, also those that have left. Costs one query, or none.

    With `sums` nothing is asked unless somebody in them has left.
    """
    if sums is None:
        wanted = set(
            Line.objects.filter(contribution__collaboration=collaboration, party__isnull=False)
            .exclude(party__in=seated)
            .values_list("party_id", flat=True)
        )
    else:
        things = {total.party for total in sums.things if total.party}
        wanted = (sums.hours.keys() | sums.money.keys() | things) - seated.keys()
    return {**seated, **plain_names(wanted)}


def as_table(
    collaboration: Collaboration, seated: Mapping[int, str]
) -> tuple[tuple[str, ...], list[tuple[str, ...]]]:
    """Return every entry as a table, oldest first. Costs seven queries, however many there are."""
    found = entries_of(collaboration).order_by("number")
    header = (
        *(_("番号"), _("日づけ"), _("年度"), _("何を"), _("資源"), _("数"), _("単位"), _("人数")),
        *(_("出した主体"), _("受けとった主体"), _("仕事"), _("したこと・何のため"), _("おおよその金額")),
        *(_("書いた主体"), _("状態"), _("取り消す番号"), _("領収書")),
    )
    told = rows(collaboration, found, names_around(collaboration, seated))
    return header, [_cells(row) for row in told]


def _cells(row: Row) -> tuple[str, ...]:
    entry = row.entry
    plain = {MINUTES: _("分"), YEN: _("円")}
    return (
        *(str(entry.number), entry.on.isoformat(), str(entry.fiscal_year), str(entry.get_way_display())),
        *(str(entry.get_resource_display()), str(entry.amount), plain.get(entry.unit, entry.unit)),
        *("" if entry.people is None else str(entry.people), row.giver, row.taker, entry.task, row.note),
        *("" if entry.worth is None else str(entry.worth), entry.party.name),
        *(str(entry.get_status_display()), str(entry.reverses.number) if entry.reverses else ""),
        _("あり") if hasattr(entry, "receipt") else "",
    )
