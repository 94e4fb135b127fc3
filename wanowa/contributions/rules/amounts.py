"""Time as people type and read it: whole minutes, never fractions."""

import re
import unicodedata

from django.utils.translation import gettext as _

from wanowa.guideline.rules import Resource
from wanowa.kernel import money
from wanowa.kernel.errors import Invalid

MINUTES_AN_HOUR = 60
LONGEST = 24 * MINUTES_AN_HOUR
"""Minutes of one person on one day."""
_CLOCK = re.compile(r"(?P<hours>\d{1,2}):(?P<minutes>[0-5]\d)")
_HOURS = re.compile(r"(?P<hours>\d{1,3})(?:\.(?P<tenths>\d{1,2}))?(?:時間|h)?(?P<half>半)?")
_MINUTES = re.compile(r"(?:(?P<hours>\d{1,3})(?:時間|h))?(?P<minutes>\d{1,4})分")


def minutes_of(text: str) -> int:
    """Return the minutes in `text`: 2, 2時間, 1.5時間, 2時間半, 1時間30分, 45分, 1:30; full-width too.

    Invalid, with what to type, for anything else, for parts of a minute, for nothing and for more than a day.
    """
    typed = "".join(unicodedata.normalize("NFKC", text).split())
    found = _CLOCK.fullmatch(typed) or _HOURS.fullmatch(typed) or _MINUTES.fullmatch(typed)
    if not found:
        raise Invalid(
            _("「%(text)s」を時間として読めません。2、1.5、1時間30分のように書いてください。")
            % {"text": text}
        )
    parts = found.groupdict()
    minutes = int(parts["hours"] or 0) * MINUTES_AN_HOUR + int(parts.get("minutes") or 0)
    minutes += 30 if parts.get("half") else 0
    if tenths := parts.get("tenths"):
        more, rest = divmod(int(tenths) * MINUTES_AN_HOUR, 10 ** len(tenths))
        if rest or parts.get("half"):
            raise Invalid(_("1分より細かい時間は書けません。1時間30分のように書いてください。"))
        minutes += more
    if not 0 < minutes <= LONGEST:
        raise Invalid(_("1人分の時間は、1分から24時間までで書いてください。"))
    return minutes


def hours(minutes: int) -> str:
    """Return minutes as people read them: 2時間, 1時間30分, 45分; below 0 with a minus."""
    sign, (whole, rest) = "－" if minutes < 0 else "", divmod(abs(minutes), MINUTES_AN_HOUR)
    words = {"hours": f"{whole:,}", "minutes": rest}
    if not rest:
        return sign + _("%(hours)s時間") % words
    return sign + (_("%(hours)s時間%(minutes)s分") if whole else _("%(minutes)s分")) % words


def amount(resource: str, value: int, unit: str) -> str:
    """Return an amount of a resource as people read it."""
    match resource:
        case Resource.PEOPLE:
            return hours(value)
        case Resource.MONEY:
            return money.yen(value)
        case _:
            return f"{value:,}{unit}"
