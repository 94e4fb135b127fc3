"""How the earlier scheme of proposals went: a page with chart and table, and the same facts as a file."""

from collections.abc import Iterator

from django.http import Http404, HttpResponse
from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.decorators.http import require_safe

from wanowa.guideline.queries import pack
from wanowa.guideline.rules import Proposer, Scheme, SchemeYear
from wanowa.kernel import spreadsheets
from wanowa.kernel.eras import fiscal_year_label
from wanowa.proposals.queries.history import YearTold, years_told
from wanowa.proposals.rules.past import CURES
from wanowa.web import charts
from wanowa.web.pages import show, spreadsheet
from wanowa.web.requests import Request

SIDES = (Proposer.CITIZEN, Proposer.CITY)


@require_safe
def history(request: Request) -> HttpResponse:
    """Answer /proposals/history/. 404 in a city without an earlier scheme. Costs one query."""
    scheme = _scheme()
    years = years_told(scheme)
    context = {
        "scheme": scheme,
        "years": [year for year in years if year.projects],
        "chart": _chart(scheme, years),
        "applications": sum(year.applications for year in scheme.years),
        "by_side": [(side.label, scheme.applications(side)) for side in SIDES],
        "continuing": sum(project.continues for project in scheme.projects),
        "causes": [(cause.label, CURES[cause].sentences) for cause in scheme.causes],
    }
    return show(request, "proposals/history.html", context, cases=("collaborations",))


def _scheme() -> Scheme:
    scheme = pack().scheme
    if not scheme.years:
        raise Http404
    return scheme


def _chart(scheme: Scheme, years: list[YearTold]) -> charts.BarChart:
    rows = [
        charts.Row(
            fiscal_year_label(told.year.year), (told.year.citizen, told.year.city), _note(told, scheme)
        )
        for told in years
    ]
    return charts.bars(
        _("年度ごとの申請の数"),
        rows,
        series=[str(side.label) for side in SIDES],
        unit=pgettext("applications", "件"),
        heading=_("年度"),
        blank=_("募集なし"),
    )


def _note(told: YearTold, scheme: Scheme) -> str:
    if not told.year.was_held:
        return _("制度の見直し")
    if not told.year.applications:
        return _("提案なし")
    return _("採択 %(count)s件") % {"count": len(told.projects)}


@require_safe
def history_table(request: Request) -> HttpResponse:
    """Hand over applications and adopted projects as one CSV: in Japanese for every reader. Costs no query."""
    scheme = _scheme()
    with translation.override("ja"):
        header = [_("年度"), _("年度（西暦）"), _("何の行か"), _("提案"), _("件数"), _("事業"), _("継続")]
        rows = [row for year in scheme.years for row in _rows(scheme, year)]
    return spreadsheet(("\ufeff" + spreadsheets.written(header, rows)).encode(), f"{scheme.name}のあゆみ.csv")


def _rows(scheme: Scheme, year: SchemeYear) -> Iterator[list[str]]:
    start = [fiscal_year_label(year.year), str(year.year)]
    for side, number in zip(SIDES, (year.citizen, year.city), strict=True):
        yield [*start, _("申請"), str(side.label), "" if number is None else str(number), "", ""]
    for project in scheme.projects_of(year.year):
        whose = _("不明") if project.proposed_by is Proposer.UNCLEAR else str(project.proposed_by.label)
        goes_on = _("継続") if project.continues else ""
        yield [*start, _("採択"), whose, "1", project.title, goes_on]
