"""Numbers to look at: the geometry of a chart, whose numbers always stand in a table beside it.

Pure: no request, no template. `<c-chart>` draws what comes from here. A chart never says more than its table.
"""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from django.utils.translation import gettext as _

from wanowa.kernel import eras

type Number = Decimal | int

WIDTH, HEIGHT = 360, 220
"""The size of a line chart in units of its drawing."""
LEFT, RIGHT, TOP, BOTTOM = 52, 12, 20, 30
"""The margins for the labels, in the same units."""
BAR = 100
"""The length of the longest bar, in units of its drawing."""
ROUND_STEPS = (1, 2, 4, 6, 8, 10)
HALVES = 2
"""How many steps there are between zero and the highest tick."""


@dataclass(frozen=True, slots=True)
class Tick:
    """One label on an axis, at `x`, `y` in units of the drawing."""

    x: str
    y: str
    label: str


@dataclass(frozen=True, slots=True)
class LineChart:
    """One quantity over time."""

    title: str
    summary: str
    unit: str
    path: str
    dots: tuple[tuple[str, str], ...]
    heights: tuple[Tick, ...]
    days: tuple[Tick, ...]
    target: Tick | None
    rows: tuple[tuple[dt.date, str], ...]
    kind: str = "line"


@dataclass(frozen=True, slots=True)
class Cell:
    """One value as a bar: its series, its text, and its length of BAR; no length for what has no value."""

    series: str
    place: int
    text: str
    length: str | None


@dataclass(frozen=True, slots=True)
class Row:
    """One line of a bar chart as given: what it is about, and a value for every series; None has no value."""

    label: str
    values: Sequence[Number | None]
    note: str = ""


@dataclass(frozen=True, slots=True)
class BarRow:
    """One line of a bar chart as drawn."""

    label: str
    note: str
    cells: tuple[Cell, ...]


@dataclass(frozen=True, slots=True)
class BarChart:
    """Several quantities side by side."""

    title: str
    heading: str
    series: tuple[str, ...]
    rows: tuple[BarRow, ...]
    kind: str = "bars"


type Chart = LineChart | BarChart


def number(value: Number, unit: str = "") -> str:
    """Return a value the way people read it: 1,200回, 2.5; no trailing zeros."""
    plain = Decimal(value)
    whole = plain == plain.to_integral_value()
    return f"{plain.quantize(Decimal(1)) if whole else plain.normalize():,f}{unit}"


def line(
    title: str,
    points: Sequence[tuple[dt.date, Number]],
    *,
    unit: str = "",
    target: Number | None = None,
    until: dt.date | None = None,
) -> LineChart:
    """Draw one quantity over time, from zero up, with a dashed line at `target`; the time axis reaches to `until`.

    `points` may come in any order; of two on one day the later one in the sequence is drawn last. ValueError
    without points or with a value below zero.
    """
    if not points or min(value for _day, value in points) < 0:
        raise ValueError("a line chart needs points, and no value below zero")
    ordered = sorted(points, key=lambda point: point[0])
    first, last = ordered[0][0], max(ordered[-1][0], until or ordered[-1][0])
    top = _round_up(max([Decimal(value) for _day, value in ordered] + [Decimal(target or 0)]))

    def x(day: dt.date) -> str:
        days = (last - first).days
        share = Decimal((day - first).days) / days if days else Decimal(1) / 2
        return f"{LEFT + share * (WIDTH - LEFT - RIGHT):.1f}"

    def y(value: Number) -> str:
        return f"{HEIGHT - BOTTOM - Decimal(value) / top * (HEIGHT - TOP - BOTTOM):.1f}"

    dots = tuple((x(day), y(value)) for day, value in ordered)
    steps = [top * step / HALVES for step in range(HALVES + 1)]
    ends = [first] if first == last else [first, last]
    return LineChart(
        title=title,
        summary=_summary(ordered, unit, target),
        unit=unit,
        path="M" + "L".join(" ".join(dot) for dot in dots),
        dots=dots,
        heights=tuple(Tick(str(LEFT - 6), y(step), number(step)) for step in steps),
        days=tuple(Tick(x(day), str(HEIGHT - 8), _short(day)) for day in ends),
        target=None
        if target is None
        else Tick(str(WIDTH - RIGHT), y(target), _("目標 %(target)s") % {"target": number(target, unit)}),
        rows=tuple((day, number(value, unit)) for day, value in ordered),
    )


def bars(
    title: str,
    rows: Sequence[Row],
    *,
    series: Sequence[str],
    unit: str = "",
    most: Number | None = None,
    heading: str = "",
    blank: str = "－",
) -> BarChart:
    """Draw rows of values as bars; `most` is the value of a full bar, otherwise the largest there is.

    `heading` names what the rows are; a value None is written as `blank`, without a bar. ValueError when a row has
    not one value a series, or a value below zero.
    """
    values = [Decimal(value) for row in rows for value in row.values if value is not None]
    if any(len(row.values) != len(series) for row in rows) or min(values, default=0) < 0:
        raise ValueError("a bar chart needs one value a series, and none below zero")
    full = Decimal(most) if most is not None else max(values, default=Decimal(0))

    def cell(place: int, value: Number | None) -> Cell:
        if value is None:
            return Cell(series[place], place, blank, None)
        length = min(Decimal(value) / full, Decimal(1)) * BAR if full else Decimal(0)
        return Cell(series[place], place, number(value, unit), f"{length:.1f}")

    drawn = (
        BarRow(row.label, row.note, tuple(cell(place, value) for place, value in enumerate(row.values)))
        for row in rows
    )
    return BarChart(title, heading or _("項目"), tuple(series), tuple(drawn))


def _round_up(value: Decimal) -> Decimal:
    """Return the next round number at or above `value`: 1, 2, 4, 6, 8 or 10 times a power of ten."""
    if not value:
        return Decimal(1)
    power = Decimal(10) ** value.adjusted()
    above = next(step for step in ROUND_STEPS if step * power >= value)
    return above * power


def _short(day: dt.date) -> str:
    return eras.era_date(day)


def _summary(ordered: Sequence[tuple[dt.date, Number]], unit: str, target: Number | None) -> str:
    day, value = ordered[-1]
    said = _("%(day)sに%(value)s") % {"day": eras.era_date(day), "value": number(value, unit)}
    if target is None:
        return said
    return _("%(said)s。目標は%(target)s") % {"said": said, "target": number(target, unit)}
