"""Days and fiscal years typed in English, turned into the Japanese that means the same, which `eras` reads."""

import re
from typing import Final

_MONTHS: Final = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_WEEKDAYS: Final = dict(zip(["mon", "tue", "wed", "thu", "fri", "sat", "sun"], "月火水木金土日", strict=True))
_ERAS: Final = {"meiji": "明治", "taisho": "大正", "showa": "昭和", "heisei": "平成", "reiwa": "令和"}
_ERA: Final = rf"(?P<era>{'|'.join(_ERAS)})(?P<counted>\d{{1,2}})"
_WEEKDAY: Final = rf"(?:\((?P<weekday>{'|'.join(_WEEKDAYS)})[a-z]*\))?"
_DAY: Final = re.compile(
    rf"(?P<month>{'|'.join(_MONTHS)})[a-z]*\.?(?P<day>\d{{1,2}}),?(?:(?P<year>\d{{4}})|{_ERA}){_WEEKDAY}",
    re.IGNORECASE,
)
_FISCAL: Final = re.compile(rf"(?:fiscalyear|fy)(?P<year>\d{{4}})(?:\({_ERA}\))?", re.IGNORECASE)


def turned(typed: str) -> str:
    """Return `typed`, which has no white space, in Japanese if it is an English day or fiscal year; else as it is."""
    if found := _DAY.fullmatch(typed):
        year = found["year"] or f"{_ERAS[found['era'].lower()]}{found['counted']}"
        weekday = f"({_WEEKDAYS[found['weekday'].lower()]})" if found["weekday"] else ""
        month = _MONTHS.index(found["month"].lower()) + 1
        return f"{year}年{month}月{found['day']}日{weekday}"
    if found := _FISCAL.fullmatch(typed):
        western = f"{found['year']}年度"
        return f"{_ERAS[found['era'].lower()]}{found['counted']}年度({western})" if found["era"] else western
    return typed
