"""What was agreed beside what really came: hours and money of every party, as numbers and in words (G-22e)."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from django.utils.translation import gettext as _

from wanowa.collaborations.rules import Load, Terms, carrying, percents
from wanowa.collaborations.rules.carrying import Measure
from wanowa.contributions.rules.amounts import MINUTES_AN_HOUR


@dataclass(frozen=True, slots=True)
class Carried:
    """One party and one load: agreed and real, in minutes or yen, and the share of each in whole percent."""

    party: int
    agreed: int | None
    """None when nothing is stated, which is not 0."""
    real: int
    """What it gave less what it was given: below 0 for whoever was given more."""
    agreed_percent: int | None
    real_percent: int


def carried(load: Load, terms: Terms, given: Mapping[int, int]) -> tuple[Carried, ...]:
    """Return agreed and real of every party of the terms, then of those who gave and have left.

    `given`: party → minutes or yen, net. Whoever was given more than it gave has a share of 0.
    """
    planned = _planned(load, terms)
    parties = (*terms.parties, *sorted(given.keys() - set(terms.parties)))
    shares = percents([max(given.get(party, 0), 0) for party in parties])
    agreed = {part.party: part for part in planned.parts}
    times = MINUTES_AN_HOUR if load is Load.HOURS else 1
    return tuple(
        Carried(
            party,
            None if (part := agreed.get(party)) is None or part.amount is None else part.amount * times,
            given.get(party, 0),
            part.percent if part and planned.total else None,
            share,
        )
        for party, share in zip(parties, shares, strict=True)
    )


def _planned(load: Load, terms: Terms) -> Measure:
    return next(measure for measure in carrying(terms) if measure.load is load)


def in_words(rows: Iterable[Carried], names: Mapping[int, str]) -> str:
    """Return who really gave most, in a sentence that only tells."""
    gave = [row for row in rows if row.real > 0]
    if not gave:
        return _("確かめた記録は、まだありません。")
    most = max(gave, key=lambda row: row.real)
    words = {"name": names.get(most.party, ""), "percent": most.real_percent}
    if len(gave) == 1:
        return _("これまでは、すべて%(name)sが出しました。") % words
    if most.real * 2 > sum(row.real for row in gave):
        return _("これまでは、%(name)sが%(percent)s%%を出しました。") % words
    return _("これまでは、分けあって出しています。どの主体も、半分までです。")
