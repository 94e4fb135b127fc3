"""What really was, as far as it stood on record on one day: it fills what reports and settlements leave empty."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from django.utils.translation import gettext as _

from wanowa.contributions.rules import hours
from wanowa.kernel import eras, money
from wanowa.progress.rules import Reading


@dataclass(frozen=True, slots=True)
class Figures:
    """The figures of one day. What nobody recorded is in none of them, and stays room to write: it is no 0."""

    on: date
    given: Mapping[int, int] = field(default_factory=dict)
    """Party → yen that it gave, less what it was given; confirmed only."""
    spent: Mapping[str, int] = field(default_factory=dict)
    """Task of the role sheet → yen that left the collaboration for it, confirmed only; "" for no task."""
    minutes: Mapping[int, int] = field(default_factory=dict)
    """Party → minutes that it gave, confirmed only."""
    things: Mapping[int, tuple[str, ...]] = field(default_factory=dict)
    """Party → what goods, places and information it gave, confirmed only: 2台."""
    counted: Mapping[int, Reading] = field(default_factory=dict)
    """Place of a 実施目標 in the terms → the latest number that the parties wrote."""
    waiting: int = 0
    """Entries of the ledger that nobody confirmed yet: counted nowhere."""
    disputed: int = 0
    """Entries that a party says are not so: counted nowhere."""

    @property
    def parties(self) -> frozenset[int]:
        """The parties that gave or got something; some of them may have left."""
        return frozenset((*self.given, *self.minutes, *self.things))

    @property
    def received(self) -> int | None:
        """Yen that came in altogether; None when nothing of money is on record."""
        return sum(self.given.values()) if self.given else None

    @property
    def used(self) -> int | None:
        """Yen that went out altogether; None when nothing that was spent is on record."""
        return sum(self.spent.values()) if self.spent else None


def about(figures: Figures, *, of_goals: bool) -> str:
    """Return of which day the figures are, who confirmed them, and what they leave out.

    `of_goals`: whether numbers of goals and what the parties brought stand on the paper, or money alone.
    """
    confirmed = (
        _("時間とものは、相手が確かめた記録だけを数えました。")
        if of_goals
        else _("お金は、相手が確かめた記録だけを数えました。")
    )
    lines = [
        _("%(day)sの数字です。そのあとに書いた記録は、入っていません。") % {"day": eras.era_date(figures.on)},
        confirmed,
        *([_("実施目標の数は、取組の主体が書いた、いちばん新しい数です。")] if of_goals else []),
        _open(figures),
    ]
    return "\n".join(lines)


def _open(figures: Figures) -> str:
    if not (figures.waiting or figures.disputed):
        return _("確かめ待ちの記録と、「ちがう」という声のある記録は、ありません。")
    return _("数えていない記録：確かめ待ち%(waiting)s件、「ちがう」という声のある記録%(disputed)s件。") % {
        "waiting": f"{figures.waiting:,}",
        "disputed": f"{figures.disputed:,}",
    }


@dataclass(frozen=True, slots=True)
class Item:
    """One line of the accounts: what was planned and what really was, in yen; None for what nobody knows."""

    what: str
    planned: int | None
    real: int | None = None
    note: str = ""

    @property
    def cells(self) -> tuple[str, str, str]:
        """Planned, real, and the real less the planned: empty where one of them is not known."""
        known = self.planned is not None and self.real is not None
        return (
            yen(self.planned),
            yen(self.real),
            signed((self.real or 0) - (self.planned or 0)) if known else "",
        )


def yen(amount: int | None) -> str:
    """Return an amount as a cell holds it; below 0 with a wide minus, empty when it is not known."""
    if amount is None:
        return ""
    return money.yen(amount) if amount >= 0 else f"－{money.yen(-amount)}"


def signed(amount: int) -> str:
    """Return a difference: ＋5,000円, －5,000円, 0円."""
    return f"＋{money.yen(amount)}" if amount > 0 else yen(amount)


def spending(planned: list[Item], figures: Figures) -> list[Item]:
    """Return the planned lines with what was really spent on them, then what was spent on anything else.

    Two tasks with the same words are one in the ledger: the first of them gets what was spent.
    """
    left = dict(figures.spent)
    told = [Item(item.what, item.planned, left.pop(item.what, None), item.note) for item in planned]
    return told + [Item(what or _("役割の分担にないもの"), None, real) for what, real in left.items() if real]


def given_by(party: int, figures: Figures) -> tuple[str, str]:
    """Return the time and the things of one party as the report shows them; empty where nothing is on record."""
    minutes = figures.minutes.get(party)
    return hours(minutes) if minutes else "", "\n".join(figures.things.get(party, ()))
