"""What taking a file in would do: compared row by row with what is known, before anything is done."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Final

from django.db.models import TextChoices
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from wanowa.kernel.lifecycles import Lifecycle
from wanowa.opendata.rules.portal import SOURCES, Fault, Listed, Target

MISSING: Final = 20
"""Percent of the groups known from before that a file may leave out before it is asked about."""


class Status(TextChoices):
    """Where the taking in of one file stands."""

    READ = "read", gettext_lazy("確かめ中")
    UNDER_WAY = "under_way", gettext_lazy("取りこみ中")
    DONE = "done", gettext_lazy("取りこみ済み")
    DROPPED = "dropped", gettext_lazy("やめた")


class Move(StrEnum):
    """What can happen to it."""

    BEGIN = "begin"
    FINISH = "finish"
    FAIL = "fail"
    DROP = "drop"


LIFECYCLE = Lifecycle(
    {
        (Status.READ, Move.BEGIN): Status.UNDER_WAY,
        (Status.READ, Move.DROP): Status.DROPPED,
        (Status.UNDER_WAY, Move.FINISH): Status.DONE,
        (Status.UNDER_WAY, Move.FAIL): Status.READ,
    }
)


@dataclass(frozen=True, slots=True)
class Known:
    """A group that the platform knows already, and the portal's columns as they were read last."""

    party: int
    slug: str
    name: str
    number: str
    joined: bool
    """Whether somebody acts for it: then what it says about itself is its own."""
    columns: Mapping[str, str] | None = None
    own_columns: Mapping[str, str] = field(default_factory=dict)
    """What we would write for it ourselves."""


@dataclass(frozen=True, slots=True)
class Difference:
    """One column that says something else than before."""

    column: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class Changed:
    """A row that says something new about a known group."""

    listed: Listed
    known: Known
    differences: tuple[Difference, ...]


@dataclass(frozen=True, slots=True)
class Plan:
    """Everything that would happen; with a fault nothing does."""

    new: tuple[Listed, ...] = ()
    changed: tuple[Changed, ...] = ()
    same: int = 0
    elsewhere: int = 0
    """Rows of groups in other towns, left out."""
    gone: tuple[Known, ...] = ()
    """Groups of the portal that the file does not name any more. They stay."""
    faults: tuple[Fault, ...] = ()

    @property
    def writes(self) -> int:
        """How many groups would be written."""
        return len(self.new) + len(self.changed)


def plan_of(
    listed: Iterable[Listed], known: Iterable[Known], faults: Iterable[Fault], *, town: str = ""
) -> Plan:
    """Return what a file would do.

    A row belongs to the group at its own address, else of its 法人番号, else of exactly its name when only one
    group without a number has it. `town` leaves out groups whose office is in another one; empty takes all.
    """
    rows = list(listed)
    ours = [row for row in rows if not town or row.slug or town in row.address]
    groups = list(known)
    by_slug = {one.slug: one for one in groups}
    by_number = {one.number: one for one in groups if one.number}
    by_name: dict[str, list[Known]] = {}
    for one in groups:
        if not one.number:
            by_name.setdefault(one.name, []).append(one)
    new, changed, wrong, named, same = [], [], list(faults), set[int](), 0
    for row in ours:
        namesakes = by_name.get(row.name, [])
        found = by_slug.get(row.slug) or by_number.get(row.number)
        if found is None and len(namesakes) > 1:
            sentence = _("同じ名前の団体が %(count)s つあります。法人番号を書き足してください。") % {
                "count": len(namesakes)
            }
            wrong.append(Fault(row.line, SOURCES[Target.NAME], row.name, sentence))
            continue
        found = found or next(iter(namesakes), None)
        if found is None:
            new.append(row)
            continue
        named.add(found.party)
        differences = _differences(found, row)
        if differences:
            changed.append(Changed(row, found, differences))
        else:
            same += 1
    gone = tuple(one for one in groups if one.columns is not None and one.party not in named)
    return Plan(tuple(new), tuple(changed), same, len(rows) - len(ours), gone, tuple(wrong))


def _differences(known: Known, row: Listed) -> tuple[Difference, ...]:
    before = known.own_columns if known.columns is None and row.slug else known.columns or {}
    names = dict.fromkeys((*before, *row.columns))
    return tuple(
        Difference(name, before.get(name, ""), row.columns.get(name, ""))
        for name in names
        if before.get(name, "") != row.columns.get(name, "")
    )


def has_shrunk(plan: Plan) -> bool:
    """Whether so many known groups are missing that the file may be cut off."""
    still = plan.same + len(plan.changed)
    return len(plan.gone) * 100 > (still + len(plan.gone)) * MISSING
