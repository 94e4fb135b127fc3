"""The month of the desk in numbers that single nobody out: as a page, as a table, as a sheet of paper."""

from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from statistics import median

from django.db.models import Sum
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from wanowa.consultations.models import Case, Satisfied, Tally
from wanowa.consultations.queries.practice import category_label, practice
from wanowa.consultations.rules import LEAST, Channel, Outcome, Rating, figures
from wanowa.guideline.queries import pack
from wanowa.kernel.calendar import business_days_between
from wanowa.kernel.eras import era_year, month_name
from wanowa.press.sheets import Grid, Section, Sheet, Text

OPEN = "open"
SOON, KEPT, LATE, NEVER = "soon", "kept", "late", "never"
_EPOCH = 2000


@dataclass(frozen=True, slots=True)
class Table:
    """One table of the report: what is counted, and (label, number) rows; what is few has a sentence instead."""

    title: str
    unit: str
    rows: tuple[tuple[str, int], ...]
    few: bool


@dataclass(frozen=True, slots=True)
class Report:
    """What came to the desk in one month, and what has become of it until now."""

    month: date
    total: int
    few: bool
    """That fewer than five came: then there is no number anywhere."""
    middle: int | None
    """Half of the cases had their first answer within so many business days; None: too few."""
    tables: tuple[Table, ...]


def month_report(month: date) -> Report:
    """Return the report of the month that begins on a day. Costs three queries."""
    rows = Case.objects.filter(created_at__date__gte=month, created_at__date__lt=_next(month)).values_list(
        "category", "channel", "outcome", "created_at", "answered_at"
    )
    kinds, channels, outcomes, waits = Counter[str](), Counter[str](), Counter[str](), []
    for kind, channel, outcome, made, answered in rows:
        kinds[kind] += 1
        channels[channel] += 1
        outcomes[outcome or OPEN] += 1
        waits.append(_wait(made, answered))
    for tally in Tally.objects.filter(month=month):
        kinds[tally.category] += tally.count
        channels[tally.channel] += tally.count
        outcomes[tally.outcome] += tally.count
    ratings = Satisfied.objects.filter(month=month).values_list("rating").annotate(people=Sum("count"))
    answered_in = [wait for wait in waits if wait is not None]
    whole = figures(channels)
    return Report(
        month,
        whole.total,
        whole.few,
        round(median(answered_in)) if len(answered_in) >= LEAST else None,
        (
            _table(
                _("相談の種類"),
                pgettext("unit", "件"),
                kinds,
                lambda key: category_label(key) if key else _("決めていません"),
            ),
            _table(_("受付のしかた"), pgettext("unit", "件"), channels, lambda key: str(Channel(key).label)),
            _table(_("どうなったか"), pgettext("unit", "件"), outcomes, _outcome),
            _table(
                _("はじめての返事まで"), pgettext("unit", "件"), Counter(map(_speed, waits)), _speed_label
            ),
            _table(
                _("窓口の感想"), pgettext("unit", "人"), dict(ratings), lambda key: str(Rating(key).label)
            ),
        ),
    )


def _wait(made: datetime, answered: datetime | None) -> int | None:
    """Return how many business days somebody waited for the first answer."""
    if answered is None:
        return None
    days = (timezone.localdate(made), timezone.localdate(answered))
    return max(0, business_days_between(*days, closing=pack().closing_days))


def _speed(wait: int | None) -> str:
    if wait is None:
        return NEVER
    return SOON if wait <= 1 else KEPT if wait <= practice().first_answer else LATE


def _speed_label(key: str) -> str:
    days = practice().first_answer
    return {
        SOON: _("その日か、次の業務日"),
        KEPT: _("業務日で%(days)s日まで") % {"days": days},
        LATE: _("業務日で%(days)s日よりあと") % {"days": days},
        NEVER: _("まだ返事をしていません"),
    }[key]


def _outcome(key: str) -> str:
    return _("つづいています") if key == OPEN else str(Outcome(key).label)


def _table(title: str, unit: str, counts: Mapping[str, int], label: Callable[[str], str]) -> Table:
    found = figures(dict(sorted(counts.items(), key=lambda one: (-one[1], one[0]))))
    rows = [(label(key), count) for key, count in found.shown]
    if found.together:
        rows.append(
            (_("あわせて：%(these)s") % {"these": _("、").join(map(label, found.members))}, found.together)
        )
    return Table(title, unit, tuple(rows), found.few)


def _next(month: date) -> date:
    return date(month.year + month.month // 12, month.month % 12 + 1, 1)


def month_before(month: date) -> date:
    """Return the first day of the month before. No query."""
    return date(month.year - (month.month == 1), (month.month - 2) % 12 + 1, 1)


def month_named(text: str) -> date | None:
    """Return the first day of 2026-10; None for what is no month, or one to come. No query."""
    year, _dash, number = text.partition("-")
    if not (text.isascii() and year.isdigit() and number.isdigit() and len(text) == len("2026-10")):
        return None
    if int(year) < _EPOCH or not 1 <= int(number) <= len("JFMAMJJASOND"):
        return None
    month = date(int(year), int(number), 1)
    return month if month <= timezone.localdate() else None


def month_label(month: date) -> str:
    """Return a month the way people read it: 令和8年10月. No query."""
    return _("%(year)s%(month)s") % {"year": era_year(month), "month": month_name(month)}


def as_rows(report: Report) -> tuple[list[str], list[list[str]]]:
    """Return (header, rows) for a spreadsheet: what is few has no number. No query."""
    rows = [
        [f"{report.month:%Y-%m}", table.title, label, str(count), table.unit]
        for table in report.tables
        for label, count in table.rows
    ]
    return [_("月"), _("表"), _("内わけ"), _("数"), _("単位")], rows


def sheet_of(report: Report) -> Sheet:
    """Return the report as a sheet of paper. No query."""
    sections = tuple(
        Section(str(place), table.title, (_printed(table),))
        for place, table in enumerate(report.tables, start=1)
    )
    return Sheet(
        title=_("相談の窓口の報告　%(month)s") % {"month": month_label(report.month)},
        made=timezone.localtime(),
        blocks=(Text(summary(report)), *sections, Text(few_note(), small=True)),
        footer=(_("%(city)s　%(desk)s") % {"city": pack().city.name, "desk": pack().desk.name},),
    )


def _printed(table: Table) -> Grid | Text:
    if not table.rows:
        return Text(nothing(few=table.few))
    rows = tuple((label, f"{count}{table.unit}") for label, count in table.rows)
    return Grid((_("内わけ"), _("数")), rows, (4, 1), (1,))


def nothing(*, few: bool) -> str:
    """Return what stands where there is no number. No query."""
    return _("5より少ないので、数は出しません。") if few else _("ありません。")


def few_note() -> str:
    """Return why some numbers stand together. No query."""
    return _("5より少ない数は、だれのことか分からないように、まとめて出します。")


def summary(report: Report) -> str:
    """Return the month in a sentence or two. No query."""
    if not report.total:
        return _("この月に受けた相談は、%(none)s") % {"none": nothing(few=report.few)}
    if report.middle is None:
        return _("この月に、%(total)s件の相談を受けました。") % {"total": report.total}
    return _(
        "この月に、%(total)s件の相談を受けました。"
        "半分の人が、業務日で%(days)s日までに、はじめての返事を受けとりました。"
    ) % {"total": report.total, "days": report.middle}
