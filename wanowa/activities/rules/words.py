"""What a party tells about an activity, and what is wrong with it."""

from dataclasses import dataclass
from datetime import date
from hashlib import sha256

from django.utils.translation import gettext as _

from wanowa.guideline.rules import Area, Field
from wanowa.kernel.canonical import canonical
from wanowa.kernel.errors import Invalid

FIRST_DAY, LAST_DAY = date(1873, 1, 1), date(2200, 12, 31)
"""Days that pages can say in the Japanese calendar."""
LONGEST_TITLE = 120
"""Code points of a title that the table holds."""


@dataclass(frozen=True, slots=True)
class Words:
    """The text of an activity: everybody may read it."""

    title: str
    what: str
    field: str
    since: date
    for_whom: str = ""
    place: str = ""
    until: date | None = None
    how_to_join: str = ""

    def digest(self) -> str:
        """Return the fingerprint under which the text stands on record: 64 hex digits."""
        until = self.until.isoformat() if self.until else ""
        parts = [self.title, self.what, self.field, self.since.isoformat()]
        return sha256(canonical([*parts, self.for_whom, self.place, until, self.how_to_join])).hexdigest()

    def check(self, area: Area) -> None:
        """Raise Invalid with the first thing that is wrong; in area E the day of the decision must be named."""
        if not self.title.strip():
            raise Invalid(_("題名を書いてください。"))
        if len(self.title) > LONGEST_TITLE:
            raise Invalid(_("題名が長すぎます。絵文字や記号をへらして、短くしてください。"))
        if not self.what.strip():
            raise Invalid(_("何をしているかを書いてください。"))
        if self.field not in Field.values:
            raise Invalid(_("活動の分野を選んでください。"))
        for day in filter(None, (self.since, self.until)):
            check_day(day)
        if self.until is not None and self.until < self.since:
            raise Invalid(_("終わる日は、始まる日よりあとにしてください。"))
        if area is Area.E and self.until is None:
            raise Invalid(_("市の仕事には、終わる予定の日を書いてください。"))


def check_day(day: date) -> None:
    """Raise Invalid for a day that cannot be meant."""
    if not FIRST_DAY <= day <= LAST_DAY:
        raise Invalid(_("日づけの年を確かめてください。1873年から2200年までの日を書けます。"))
