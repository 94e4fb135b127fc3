"""Who carries how much: hours, money and tasks of each party, as numbers and in words, never as a verdict (G-22e)."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from django.db.models import TextChoices
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from wanowa.collaborations.rules.terms import Bring, Terms
from wanowa.kernel import money


class Load(TextChoices):
    """What is counted."""

    HOURS = "hours", gettext_lazy("時間")
    MONEY = "money", gettext_lazy("お金（費用の分担）")
    VALUE = "value", gettext_lazy("出しあうものの金額")
    TASKS = "tasks", gettext_lazy("責任をもつこと")


@dataclass(frozen=True, slots=True)
class Part:
    """What one party carries of one load. `amount` is None when nothing is stated, which is not 0."""

    party: int
    amount: int | None
    percent: int


@dataclass(frozen=True, slots=True)
class Measure:
    """One load and the part of every party, in the order of the terms."""

    load: Load
    parts: tuple[Part, ...]

    @property
    def total(self) -> int:
        """What all carry together, as far as it is stated."""
        return sum(part.amount or 0 for part in self.parts)

    @property
    def stated(self) -> bool:
        """Whether any party states anything."""
        return any(part.amount is not None for part in self.parts)

    @property
    def complete(self) -> bool:
        """Whether every party states something."""
        return all(part.amount is not None for part in self.parts)


@dataclass(frozen=True, slots=True)
class Bar:
    """One line of the gauge as it is shown; `amount` is empty when nothing is stated."""

    name: str
    amount: str
    percent: int


@dataclass(frozen=True, slots=True)
class Gauge:
    """One load as it is shown: what is counted, a sentence, and a bar for every party."""

    label: str
    sentence: str
    bars: tuple[Bar, ...]


def carrying(terms: Terms) -> tuple[Measure, ...]:
    """Return what every party of `terms` carries.

    Hours and value are what the role sheet says is brought; money is the share of the cost; a task counts for
    the party that answers for it. Money and value stand apart: people write a thing that is paid for in both.
    """
    brings = [bring for task in terms.roles for bring in task.brings]
    answers = [task.responsible for task in terms.roles]
    shares = {share.party: share.yen for share in terms.shares}
    return (
        _measure(Load.HOURS, {party: _sum(brings, party, "hours") for party in terms.parties}),
        _measure(Load.MONEY, {party: shares.get(party) for party in terms.parties}),
        _measure(Load.VALUE, {party: _sum(brings, party, "yen") for party in terms.parties}),
        _measure(Load.TASKS, {party: answers.count(party) if answers else None for party in terms.parties}),
    )


def percents(amounts: Sequence[int]) -> tuple[int, ...]:
    """Return whole percents that add up to 100: rounded down, what is left goes to the largest remainders.

    Equal remainders are served from the front. All are 0 when there is nothing to share.
    """
    total = sum(amounts)
    if not total:
        return (0,) * len(amounts)
    whole = [amount * 100 // total for amount in amounts]
    left = 100 - sum(whole)
    for place in sorted(range(len(amounts)), key=lambda place: -(amounts[place] * 100 % total))[:left]:
        whole[place] += 1
    return tuple(whole)


def gauge(terms: Terms, names: Mapping[int, str]) -> tuple[Gauge, ...]:
    """Return the gauge as it is shown; `names` are party id → name. What nobody brings in yen is left out."""
    return tuple(
        Gauge(
            str(measure.load.label),
            in_words(measure, names),
            tuple(
                Bar(names.get(part.party, ""), _amount(measure.load, part.amount), part.percent)
                for part in measure.parts
            ),
        )
        for measure in carrying(terms)
        if measure.stated or measure.load is not Load.VALUE
    )


def in_words(measure: Measure, names: Mapping[int, str]) -> str:
    """Return who carries most of one load in a sentence that only tells: whether it is right, the parties know."""
    if not measure.stated:
        return _("まだ書いていません。")
    if not measure.total:
        return _("書かれた数は、どれも0です。")
    most = max(measure.parts, key=lambda part: part.amount or 0)
    words = {"name": names.get(most.party, ""), "percent": most.percent}
    if most.amount == measure.total:
        told = _("すべて、%(name)sがうけもちます。") % words
    elif (most.amount or 0) * 2 > measure.total:
        told = _("%(name)sが、%(percent)s%%をうけもちます。") % words
    else:
        told = _("分けあっています。どの主体も、半分までです。")
    return told if measure.complete else _("書かれた分だけで見ています。") + told


def _measure(load: Load, amounts: Mapping[int, int | None]) -> Measure:
    shared = percents([amount or 0 for amount in amounts.values()])
    return Measure(
        load,
        tuple(
            Part(party, amount, percent)
            for (party, amount), percent in zip(amounts.items(), shared, strict=True)
        ),
    )


def _sum(brings: Iterable[Bring], party: int, what: str) -> int | None:
    stated = [getattr(bring, what) for bring in brings if bring.party == party]
    known = [amount for amount in stated if amount is not None]
    return sum(known) if known else None


def _amount(load: Load, amount: int | None) -> str:
    if amount is None:
        return ""
    match load:
        case Load.HOURS:
            return _("%(count)s時間") % {"count": f"{amount:,}"}
        case Load.TASKS:
            return _("%(count)sつ") % {"count": f"{amount:,}"}
        case _:
            return money.yen(amount)
