"""Published evaluations together: charts with their tables, the list, and the same numbers as a file."""

from collections.abc import Iterable

from django.http import HttpResponse
from django.utils import translation
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from wanowa.evaluations.forms.after import CompareForm
from wanowa.evaluations.queries.published import Comparison, Tally, comparison, published_rounds
from wanowa.evaluations.rules.crowds import FEWEST
from wanowa.guideline.rules import View
from wanowa.kernel import spreadsheets
from wanowa.web import charts
from wanowa.web.keyset import page_of
from wanowa.web.pages import show
from wanowa.web.requests import Request

CASES = ("collaborations", "parties")
"""What moves when an evaluation is published, or a party gets another name."""
SERIES = ("1", "2", "3", "4", "5")


@require_safe
def compare(request: Request) -> HttpResponse:
    """Show the published evaluations, and how scores are spread over years and forms. Costs seven queries."""
    form = CompareForm(request.GET)
    if not form.is_valid():
        return show(request, "evaluations/compare.html", {"form": form, "page": None}, status=400)
    views = [form.cleaned_data["view"]] if form.cleaned_data["view"] else list(View.values)
    found = comparison(views)
    context = {
        "form": form,
        "comparison": found,
        "charts": [chart for chart in _charts(found) if chart],
        "fewest": FEWEST,
        "page": page_of(published_rounds(), request),
    }
    return show(request, "evaluations/compare.html", context, cases=CASES)


def _charts(found: Comparison) -> Iterable[charts.BarChart | None]:
    yield _chart(_("全体"), _("何について"), found.whole, by_view=True)
    yield _chart(_("年度ごと"), _("年度"), found.years)
    yield _chart(_("形態ごと"), _("形態"), found.forms)


def _chart(
    title: str, heading: str, tallies: Iterable[Tally], *, by_view: bool = False
) -> charts.BarChart | None:
    """Return how often each score was given, as bars; None where nothing may be shown."""
    rows = [
        charts.Row(
            str(View(tally.view).label) if by_view else f"{tally.label}　{View(tally.view).label}",
            tally.counts,
            _("まんなかの点 %(median)s　主体 %(parties)s")
            % {"median": charts.number(tally.median or 0), "parties": tally.parties},
        )
        for tally in tallies
    ]
    return (
        charts.bars(
            title, rows, series=[_("%(score)s点") % {"score": one} for one in SERIES], heading=heading
        )
        if rows
        else None
    )


@require_safe
def table(request: Request) -> HttpResponse:
    """Hand over the numbers of the charts as CSV: in Japanese for every reader, safe to open in a spreadsheet."""
    with translation.override("ja"):
        found = comparison()
        parts = ((_("全体"), found.whole), (_("年度ごと"), found.years), (_("形態ごと"), found.forms))
        header = (
            *(_("分け方"), _("区分"), _("何について"), _("ふりかえりの数"), _("主体の数")),
            *(_("%(score)s点の数") % {"score": one} for one in SERIES),
            _("まんなかの点"),
        )
        rows = [_row(cut, tally) for cut, tallies in parts for tally in tallies]
    response = HttpResponse(
        "\ufeff" + spreadsheets.written(header, rows), content_type="text/csv; charset=utf-8"
    )
    response["Content-Disposition"] = 'attachment; filename="evaluations.csv"'
    return response


def _row(cut: str, tally: Tally) -> list[str]:
    return [
        *(cut, tally.label, str(View(tally.view).label), str(tally.evaluations), str(tally.parties)),
        *map(str, tally.counts),
        "" if tally.median is None else charts.number(tally.median),
    ]
