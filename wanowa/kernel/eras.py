"""Japanese eras and fiscal years, both ways. Stored dates are ISO; people read and type these.

Sources: the orders that changed the era (大正 1912-07-30, 昭和 1926-12-25, 平成 1989-01-08, 令和 2019-05-01).
Japan counted by a lunisolar calendar until 明治5年12月2日; the next day was 1873-01-01. Earlier era dates are
refused, because reading them as Gregorian would be wrong by up to seven weeks.
"""

import datetime as dt
import re
import unicodedata
from dataclasses import dataclass

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext, pgettext_lazy

from wanowa.kernel import english
from wanowa.kernel.errors import Invalid

GREGORIAN_SINCE = dt.date(1873, 1, 1)
WEEKDAYS = "月火水木金土日"
WEEKDAY_NAMES = (
    pgettext_lazy("weekday", "月"),
    pgettext_lazy("weekday", "火"),
    pgettext_lazy("weekday", "水"),
    pgettext_lazy("weekday", "木"),
    pgettext_lazy("weekday", "金"),
    pgettext_lazy("weekday", "土"),
    pgettext_lazy("weekday", "日"),
)
MONTH_NAMES = (
    gettext_lazy("1月"),
    gettext_lazy("2月"),
    gettext_lazy("3月"),
    gettext_lazy("4月"),
    gettext_lazy("5月"),
    gettext_lazy("6月"),
    gettext_lazy("7月"),
    gettext_lazy("8月"),
    gettext_lazy("9月"),
    gettext_lazy("10月"),
    gettext_lazy("11月"),
    gettext_lazy("12月"),
)
ERA_NAMES = {
    "明治": pgettext_lazy("era", "明治"),
    "大正": pgettext_lazy("era", "大正"),
    "昭和": pgettext_lazy("era", "昭和"),
    "平成": pgettext_lazy("era", "平成"),
    "令和": pgettext_lazy("era", "令和"),
}
"""Words of the language that is spoken; what people type is read in Japanese."""


@dataclass(frozen=True, slots=True)
class Era:
    """One era: its first day, and the Latin letter on forms. It ends on the day before the next begins."""

    name: str
    letter: str
    first: dt.date

    def year_of(self, day: dt.date) -> int:
        """Return the year of `day` counted in this era; the first is 1."""
        return day.year - self.first.year + 1


ERAS = (
    Era("明治", "M", dt.date(1868, 1, 25)),
    Era("大正", "T", dt.date(1912, 7, 30)),
    Era("昭和", "S", dt.date(1926, 12, 25)),
    Era("平成", "H", dt.date(1989, 1, 8)),
    Era("令和", "R", dt.date(2019, 5, 1)),
)
"""Oldest first."""

_NAMED = {key: era for era in ERAS for key in (era.name, era.name[0], era.letter)}
_ERA_YEAR = r"(?P<era>明治|大正|昭和|平成|令和|[明大昭平令MTSHR])(?P<year>元|\d{1,2})"
_ERA_DAY = re.compile(
    _ERA_YEAR + r"(?:年|[./-])(?P<month>\d{1,2})(?:月|[./-])(?P<day>\d{1,2})日?", re.IGNORECASE
)
_WESTERN_DAY = re.compile(r"(?P<year>\d{4})(?:年|[./-])(?P<month>\d{1,2})(?:月|[./-])(?P<day>\d{1,2})日?")
_WEEKDAY = re.compile(r"\((?P<weekday>[月火水木金土日])曜?日?\)$")
_ERA_FISCAL = re.compile(_ERA_YEAR + r"(?:年度?)?", re.IGNORECASE)
_WESTERN_FISCAL = re.compile(r"(?P<year>\d{4})(?:年度?)?")
_LABEL = re.compile(r"(?P<era>[^()]+年度)\((?P<western>\d{4}年度)\)")


def era_of(day: dt.date) -> Era:
    """Return the era of `day`. Invalid before 1873-01-01."""
    if day < GREGORIAN_SINCE:
        raise Invalid(
            _("明治6年（1873年）より前の日付は、暦がちがうため和暦で表せません。西暦で書いてください。")
        )
    return next(era for era in reversed(ERAS) if era.first <= day)


def era_year(day: dt.date) -> str:
    """Return 令和8年; the first year of an era is 令和元年. Invalid before 1873-01-01."""
    era = era_of(day)
    year = era.year_of(day)
    said = {"era": ERA_NAMES[era.name], "year": pgettext("year of an era", "元") if year == 1 else year}
    return _("%(era)s%(year)s年") % said


def era_date(day: dt.date) -> str:
    """Return 令和8年11月23日. Invalid before 1873-01-01."""
    return _("%(year)s%(month)s%(day)s日") % {"year": era_year(day), "month": month_name(day), "day": day.day}


def month_name(day: dt.date) -> str:
    """Return 11月."""
    return str(MONTH_NAMES[day.month - 1])


def day_label(day: dt.date) -> str:
    """Return 2026年11月23日（月）, the way pages show a day."""
    return _("%(year)s年%(month)s%(day)s日（%(weekday)s）") % {
        "year": day.year,
        "month": month_name(day),
        "day": day.day,
        "weekday": WEEKDAY_NAMES[day.weekday()],
    }


def moment_label(moment: dt.datetime) -> str:
    """Return 2026年11月23日（月）20時, or …20時05分, in the current time zone. ValueError when naive."""
    local = timezone.localtime(moment)
    said = {"day": day_label(local.date()), "hour": local.hour, "minute": f"{local.minute:02}"}
    return (_("%(day)s%(hour)s時%(minute)s分") if local.minute else _("%(day)s%(hour)s時")) % said


def clock_label(time: dt.time | dt.datetime) -> str:
    """Return 9時05分."""
    return _("%(hour)s時%(minute)s分") % {"hour": time.hour, "minute": f"{time.minute:02}"}


def fiscal_year_of(day: dt.date) -> int:
    """Return the year in which the fiscal year (April to March) of `day` began."""
    return day.year if day.month >= 4 else day.year - 1


def fiscal_year_days(year: int) -> tuple[dt.date, dt.date]:
    """Return the first and last day of fiscal year `year`."""
    return dt.date(year, 4, 1), dt.date(year + 1, 3, 31)


def fiscal_year_label(year: int) -> str:
    """Return 令和8年度（2026年度）. Invalid before 1873.

    A fiscal year is named by the era of its first day. Only 2019 is named by the era that began in its second
    month: 令和元年度, as the cabinet decided for the whole year (`parse_fiscal_year` reads 平成31年度 too).
    """
    named_by = dt.date(2019, 5, 1) if year == 2019 else fiscal_year_days(year)[0]
    return _("%(era)s度（%(year)s年度）") % {"era": era_year(named_by), "year": year}


def parse(text: str) -> dt.date:
    """Return the date in `text`: 令和8年11月23日, R8.11.23, 平31/4/30, 2026年11月23日（月）, 2026-11-23.

    Full-width input and English (November 23, 2026) are read too. Invalid, with a sentence that says what to
    type, for anything else: also for a day that does not exist or lies outside its era (平成31年5月1日), a wrong
    weekday, an era date before 1873-01-01.
    """
    typed = _plain(text)
    weekday = _WEEKDAY.search(typed)
    bare = typed[: weekday.start()] if weekday else typed
    if found := _ERA_DAY.fullmatch(bare):
        era = _NAMED[found["era"].upper()]
        day = _existing(_western(era, found["year"]), found["month"], found["day"], text)
        _refuse_other_era(era, day, text)
    elif found := _WESTERN_DAY.fullmatch(bare):
        day = _existing(int(found["year"]), found["month"], found["day"], text)
    else:
        raise Invalid(
            _(
                "「%(text)s」を日付として読めません。2026年11月23日、または令和8年11月23日のように入れてください。"
            )
            % {"text": text}
        )
    if weekday and WEEKDAYS[day.weekday()] != weekday["weekday"]:
        raise Invalid(
            _("曜日が合いません。%(day)sではありませんか。日付と曜日を確かめてください。")
            % {"day": day_label(day)}
        )
    return day


def parse_fiscal_year(text: str) -> int:
    """Return the fiscal year in `text`: 令和5年度, R5, 2026, fiscal year 2026; H31 = 平成31年度 = 令和元年度 = 2019.

    The era may be the one of any day of the fiscal year. Invalid, with a sentence, for anything else.
    """
    typed = _plain(text)
    if label := _LABEL.fullmatch(typed):
        year = parse_fiscal_year(label["era"])
        if year != parse_fiscal_year(label["western"]):
            raise Invalid(
                _("和暦と西暦の年度が合いません。%(label)sのように入れてください。")
                % {"label": fiscal_year_label(year)}
            )
        return year
    if found := _WESTERN_FISCAL.fullmatch(typed):
        first = _existing(int(found["year"]), "4", "1", text)
        return _existing(first.year + 1, "3", "31", text).year - 1
    if not (found := _ERA_FISCAL.fullmatch(typed)):
        raise Invalid(
            _("「%(text)s」を年度として読めません。令和8年度、または2026年度のように入れてください。")
            % {"text": text}
        )
    era = _NAMED[found["era"].upper()]
    year = _western(era, found["year"])
    first, last = fiscal_year_days(year)
    if era not in {era_of(first), era_of(last)}:
        raise Invalid(
            _("「%(text)s」はありません。%(label)sではありませんか。")
            % {"text": text, "label": fiscal_year_label(year)}
        )
    return year


def _plain(text: str) -> str:
    return english.turned("".join(unicodedata.normalize("NFKC", text).split()))


def _western(era: Era, year: str) -> int:
    return era.first.year + (1 if year == "元" else int(year)) - 1


def _existing(year: int, month: str, day: str, text: str) -> dt.date:
    try:
        return dt.date(year, int(month), int(day))
    except ValueError:
        raise Invalid(
            _("「%(text)s」という日はありません。月と日を確かめてください。") % {"text": text}
        ) from None


def _refuse_other_era(era: Era, day: dt.date, text: str) -> None:
    if era_of(day) != era:
        raise Invalid(
            _("「%(text)s」はありません。%(other)sではありませんか。")
            % {"text": text, "other": era_date(day)}
        )
