"""One month: its days, its neighbours, and how it is called."""

from dataclasses import dataclass
from datetime import date, timedelta

from django.utils.translation import gettext as _

from wanowa.kernel.eras import GREGORIAN_SINCE, era_year, month_name

LAST_YEAR = 2200
"""The last year of which pages speak."""


@dataclass(frozen=True, order=True, slots=True)
class Month:
    """A month of a year. ValueError for one that does not exist or of which pages cannot speak."""

    year: int
    number: int

    def __post_init__(self) -> None:
        if not GREGORIAN_SINCE.year <= self.year <= LAST_YEAR:
            raise ValueError("a month of which pages do not speak")
        date(self.year, self.number, 1)

    @classmethod
    def of(cls, day: date) -> "Month":
        """Return the month in which a day lies."""
        return cls(day.year, day.month)

    @property
    def first(self) -> date:
        """The first day."""
        return date(self.year, self.number, 1)

    @property
    def last(self) -> date:
        """The last day."""
        following = date(self.year + self.number // 12, self.number % 12 + 1, 1)
        return following - timedelta(days=1)

    @property
    def before(self) -> "Month":
        """The month before."""
        return Month.of(self.first - timedelta(days=1))

    @property
    def after(self) -> "Month":
        """The month after."""
        return Month.of(self.last + timedelta(days=1))

    @property
    def label(self) -> str:
        """Return 2026年（令和8年）11月."""
        return _("%(year)s年（%(era)s）%(month)s") % {
            "year": self.year,
            "era": era_year(self.last),
            "month": month_name(self.last),
        }
