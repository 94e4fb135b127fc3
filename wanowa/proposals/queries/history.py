"""How an earlier scheme of proposals went (G-3C): for its page, its table, and the search. Facts come from the pack."""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from wanowa.collaborations.models import Collaboration
from wanowa.collaborations.queries import visible_to
from wanowa.guideline.queries import pack
from wanowa.guideline.rules import AdoptedProject, Proposer, Scheme, SchemeYear
from wanowa.kernel.actors import PUBLIC, Actor
from wanowa.kernel.eras import fiscal_year_label
from wanowa.proposals.models import Round
from wanowa.search.queries import Readable, Source

_WHOLE = "history"


@dataclass(frozen=True, slots=True)
class Told:
    """One project, and the collaboration under which it goes on here, if it is public."""

    project: AdoptedProject
    collaboration: Collaboration | None

    @property
    def is_unclear(self) -> bool:
        """Whether the source leaves open who proposed."""
        return self.project.proposed_by is Proposer.UNCLEAR


@dataclass(frozen=True, slots=True)
class YearTold:
    """One fiscal year with what was adopted in it."""

    year: SchemeYear
    projects: list[Told]


def years_told(scheme: Scheme) -> list[YearTold]:
    """Return the years, oldest first, with their projects and where those go on here. Costs one query."""
    titles = [project.title for project in scheme.projects]
    here = {one.title: one for one in visible_to(PUBLIC).filter(title__in=titles)}
    return [
        YearTold(year, [Told(project, here.get(project.title)) for project in scheme.projects_of(year.year)])
        for year in scheme.years
    ]


def year_told(year: int) -> YearTold | None:
    """Return one year as the pack tells it, or None when it does not. Costs one query."""
    return next((told for told in years_told(pack().scheme) if told.year.year == year), None)


def years_to_take_over() -> list[SchemeYear]:
    """Return the years of the pack in which a round was held that has no row yet, oldest first. Costs one query."""
    held = [year for year in pack().scheme.years if year.was_held]
    rows = Round.objects.filter(fiscal_year__in=[year.year for year in held])
    there = set(rows.values_list("fiscal_year", flat=True))
    return [year for year in held if year.year not in there]


def source() -> Source:
    """Return the page, and each adopted project on it, as documents."""
    return Source(
        "proposal_history",
        gettext_lazy("提案制度のあゆみ"),
        lambda after, limit: [key for key in sorted(_documents()) if key > after][:limit],
        _readable,
        lambda case: (),
        _seen,
        standing=True,
    )


def _documents() -> dict[str, AdoptedProject | None]:
    scheme = pack().scheme
    if not scheme.years:
        return {}
    return {_WHOLE: None} | {f"{_WHOLE}-{at:03}": project for at, project in enumerate(scheme.projects)}


def _readable(keys: Sequence[str]) -> Iterator[Readable]:
    """No query."""
    known, scheme, address = _documents(), pack().scheme, reverse("proposals:history")
    for key in keys:
        project = known.get(key)
        if project is not None:
            told = (fiscal_year_label(project.year), scheme.name, str(project.proposed_by.label))
            yield Readable(key, project.title, "　".join(told), f"{address}#y{project.year}")
        elif key in known:
            causes = [str(cause.label) for cause in scheme.causes]
            title = _("%(name)sのあゆみ") % {"name": scheme.name}
            yield Readable(key, title, "\n".join(causes), address)


def _seen(actor: Actor, keys: Collection[str]) -> set[str]:
    """Tell which are there; they are for everybody. No query."""
    return set(keys) & _documents().keys()
