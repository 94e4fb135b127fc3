"""What the confirmed entries add up to: for each party, each fiscal year, one month; and what is still open, apart."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date

from django.db.models import Count, Max, Min, Q, Sum

from wanowa.collaborations.models import Collaboration
from wanowa.contributions.models import Contribution, Line
from wanowa.contributions.rules import (
    OPEN,
    Holder,
    Share,
    Status,
    Way,
    amount,
    spread,
    together,
)
from wanowa.guideline.rules import Resource


@dataclass(frozen=True, slots=True)
class Total:
    """What came in one unit of one resource, and of whom; or what is in the pot."""

    resource: Resource
    unit: str
    amount: int
    party: int | None = None

    @property
    def text(self) -> str:
        """The amount as people read it."""
        return amount(self.resource, self.amount, self.unit)


@dataclass(frozen=True, slots=True)
class Year:
    """One fiscal year of a ledger."""

    year: int
    minutes: int = 0
    given: int = 0
    """Yen that parties gave, less what came back to them."""
    spent: int = 0
    """Yen that went out of the collaboration."""


@dataclass(slots=True)
class Sums:
    """Everything the confirmed entries of one collaboration add up to."""

    hours: dict[int, int] = field(default_factory=dict)
    """Party → minutes that it gave."""
    money: dict[int, int] = field(default_factory=dict)
    """Party → yen that it gave, less what it was given."""
    things: list[Total] = field(default_factory=list)
    """Goods, places and information by party: what each gave, less what came back to it."""
    income: int = 0
    """Yen that came into the pot, less what went back to parties."""
    spent: int = 0
    """Yen that went out of the pot."""
    years: list[Year] = field(default_factory=list)
    ages: tuple[Share, ...] = ()
    confirmed: int = 0
    waiting: int = 0
    disputed: int = 0
    first: date | None = None
    last: date | None = None

    @property
    def left(self) -> int:
        """Yen in the pot; below 0 when more was spent than came in, as far as it is written."""
        return self.income - self.spent


def sums_of(collaboration: Collaboration) -> Sums:
    """Return what the confirmed entries add up to. Costs three queries, however many entries there are."""
    sums = Sums()
    years: dict[int, Counter[str]] = defaultdict(Counter)
    for row in _booked(collaboration):
        _add(sums, years[int(str(row["contribution__fiscal_year"]))], row)
    sums.years = [
        Year(year, found["minutes"], found["given"], found["spent"]) for year, found in sorted(years.items())
    ]
    sums.things = [total for total in _merged(sums.things) if total.amount]
    _count(collaboration, sums)
    sums.ages = spread(together(_ages(collaboration)))
    return sums


def _booked(collaboration: Collaboration) -> Iterable[Mapping[str, object]]:
    """Return the sums of the lines by account and fiscal year."""
    return (
        Line.objects.filter(contribution__collaboration=collaboration, contribution__status=Status.CONFIRMED)
        .values(
            "holder",
            "party_id",
            "contribution__resource",
            "contribution__unit",
            "contribution__fiscal_year",
        )
        .annotate(total=Sum("amount"))
        .order_by("contribution__resource", "party_id", "contribution__unit", "contribution__fiscal_year")
    )


def _add(sums: Sums, year: Counter[str], row: Mapping[str, object]) -> None:
    holder, party, total = row["holder"], row["party_id"], int(str(row["total"]))
    resource, unit = Resource(str(row["contribution__resource"])), str(row["contribution__unit"])
    match holder, resource:
        case Holder.PARTY, Resource.PEOPLE:
            sums.hours[int(str(party))] = sums.hours.get(int(str(party)), 0) - total
            year["minutes"] -= total
        case Holder.PARTY, Resource.MONEY:
            sums.money[int(str(party))] = sums.money.get(int(str(party)), 0) - total
            year["given"] -= total
        case Holder.PARTY, _:
            sums.things.append(Total(resource, unit, -total, int(str(party))))
        case Holder.OUTSIDE, Resource.MONEY:
            sums.spent += total
            year["spent"] += total
        case Holder.POT, Resource.MONEY:
            sums.income += total
    if (holder, resource) == (Holder.OUTSIDE, Resource.MONEY):
        sums.income += total  # what left the pot had come in before


def _merged(things: Iterable[Total]) -> Iterable[Total]:
    """Return one total for each party, resource and unit, over all years."""
    found: Counter[tuple[Resource, str, int | None]] = Counter()
    for one in things:
        found[one.resource, one.unit, one.party] += one.amount
    return [Total(resource, unit, total, party) for (resource, unit, party), total in found.items()]


def _count(collaboration: Collaboration, sums: Sums) -> None:
    confirmed = Q(status=Status.CONFIRMED)
    found = Contribution.objects.filter(collaboration=collaboration).aggregate(
        confirmed=Count("pk", filter=confirmed & Q(reverses__isnull=True)),
        waiting=Count("pk", filter=Q(status=Status.WAITING)),
        disputed=Count("pk", filter=Q(status=Status.DISPUTED)),
        first=Min("on", filter=confirmed),
        last=Max("on", filter=confirmed),
    )
    for name, value in found.items():
        setattr(sums, name, value)


def _ages(collaboration: Collaboration) -> list[list[int]]:
    """Return the ages of the confirmed entries that nothing reverses."""
    undone = Contribution.objects.filter(reverses__isnull=False, status=Status.CONFIRMED).values("reverses")
    found = Contribution.objects.filter(
        collaboration=collaboration, status=Status.CONFIRMED, reverses__isnull=True, resource=Resource.PEOPLE
    )
    return list(found.exclude(pk__in=undone).exclude(ages=[]).values_list("ages", flat=True))


def spent_by_task(collaboration: Collaboration) -> dict[str, int]:
    """Return the yen that left the pot for each task, confirmed entries only; "" for no task. Costs one query."""
    found = (
        Line.objects.filter(
            contribution__collaboration=collaboration,
            contribution__status=Status.CONFIRMED,
            contribution__resource=Resource.MONEY,
            holder=Holder.OUTSIDE,
        )
        .values_list("contribution__task")
        .annotate(total=Sum("amount"))
        .order_by("contribution__task")
    )
    return {str(task): int(total) for task, total in found}


@dataclass(frozen=True, slots=True)
class Month:
    """What one month adds up to: confirmed entries only, and how many are still open."""

    minutes: int = 0
    given: int = 0
    """Yen that parties gave, less what came back to them."""
    spent: int = 0
    entries: int = 0
    """Confirmed entries, without those that reverse another."""
    open: int = 0
    """Entries of the month that wait or are disputed: counted nowhere."""


def month_of(collaboration: Collaboration, year: int, month: int) -> Month:
    """Return the sums of one month for the month view of what was done. Costs one query."""
    sign = Q(reverses__isnull=True)
    confirmed = Q(status=Status.CONFIRMED)

    def total(condition: Q) -> Sum:
        return Sum("amount", filter=confirmed & condition, default=0)

    hours, money = Q(resource=Resource.PEOPLE), Q(resource=Resource.MONEY)
    found = Contribution.objects.filter(
        collaboration=collaboration, on__year=year, on__month=month
    ).aggregate(
        minutes=total(hours & sign) - total(hours & ~sign),
        given=total(money & Q(way=Way.GAVE) & sign)
        - total(money & Q(way=Way.GAVE) & ~sign)
        - total(money & Q(way=Way.RETURNED) & sign)
        + total(money & Q(way=Way.RETURNED) & ~sign),
        spent=total(money & Q(way=Way.SPENT) & sign) - total(money & Q(way=Way.SPENT) & ~sign),
        entries=Count("pk", filter=confirmed & sign),
        open=Count("pk", filter=Q(status__in=OPEN)),
    )
    return Month(**found)
