"""What became of a scheme by which anybody could propose a project: applications and adopted projects by year (G-3C).

A pack tells it as its source does: a year without a round has no numbers, and where the source does not tell who
proposed, neither do we.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Proposer(TextChoices):
    """Which side proposed a project."""

    CITIZEN = "citizen", _("市民提案")
    CITY = "city", _("行政提案")
    UNCLEAR = "unclear", _("どちらの提案か、資料ではわかりません")


class Cause(TextChoices):
    """Why such a scheme ends; the order is that in which a reader understands it."""

    PAPERWORK = "paperwork", _("書類をたくさん作る必要がありました")
    DAYTIME = "daytime", _("発表と審査が、平日の昼間でした")
    PARTNER = "partner", _("いっしょに取り組む相手が、見つからないことがありました")
    CAPACITY = "capacity", _("新しい事業を受ける余裕が、市の課にないことがありました")
    GREW = "grew", _("地域の課題に取り組む市の事業が、年ごとにふえました")


@dataclass(frozen=True, slots=True)
class AdoptedProject:
    """One project that was adopted; `continues` tells whether it went on at the day of the source."""

    year: int
    title: str
    proposed_by: Proposer
    continues: bool


@dataclass(frozen=True, slots=True)
class SchemeYear:
    """One fiscal year: how many proposals of citizens and of the city; None where there was no round."""

    year: int
    citizen: int | None = None
    city: int | None = None

    @property
    def was_held(self) -> bool:
        """Whether anybody could propose in this year."""
        return self.citizen is not None and self.city is not None

    @property
    def applications(self) -> int:
        """How many proposals came in, of both kinds."""
        return (self.citizen or 0) + (self.city or 0)


@dataclass(frozen=True, slots=True)
class Scheme:
    """The whole history. A city that never had such a scheme has no years."""

    name: str = ""
    as_of: str = ""
    """When the source says so, as people read it: 令和5年12月."""
    causes: Sequence[Cause] = ()
    years: Sequence[SchemeYear] = ()
    projects: Sequence[AdoptedProject] = ()

    def projects_of(self, year: int) -> list[AdoptedProject]:
        """Return what was adopted in a fiscal year, in the order of the source."""
        return [project for project in self.projects if project.year == year]

    def applications(self, side: Proposer) -> int:
        """Return how many proposals one side made over all years."""
        return sum((year.citizen if side is Proposer.CITIZEN else year.city) or 0 for year in self.years)
