"""Reading what was revealed: all sides next to each other, and the same as a paper."""

from io import BytesIO
from urllib.parse import unquote

from django.conf import settings
from django.http import FileResponse, Http404, HttpResponse
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from wanowa.evaluations.models import Successor
from wanowa.evaluations.queries.results import Results, results_of
from wanowa.evaluations.rules.joint import SAYINGS, card
from wanowa.evaluations.rules.report import Remark, Report, sheet_of
from wanowa.evaluations.views.told import Told, told
from wanowa.kernel.errors import Refused
from wanowa.kernel.files import clean_name
from wanowa.press.printing import NotPrinted, printed
from wanowa.web import charts
from wanowa.web.pages import show
from wanowa.web.requests import Request


@require_safe
def results(request: Request, slug: str, number: int) -> HttpResponse:
    """Show all sides of every question, the largest difference first. Costs eleven queries and `held_by`."""
    place = told(request, slug, number)
    found = results_of(place.round, inside=bool(place.mine))
    if found is None:
        raise Http404
    joint = found.in_force.joint if found.in_force else None
    context = {
        "collaboration": place.collaboration,
        "round": place.round,
        "results": found,
        "chart": _chart(found),
        "told": [said for said in found.rows if said.reasons or any(cell.words for cell in said.row.cells)],
        "sayings": [(label, getattr(joint, name)) for name, label in SAYINGS.items()] if joint else [],
        "card": card(joint.lesson) if joint and joint.lesson.usable else [],
        "mine": place.mine,
        "successor": Successor.objects.filter(round=place.round).select_related("collaboration").first(),
        "can_comment": bool(found.in_force and getattr(request.user, "is_coordinator", False)),
    }
    return show(request, "evaluations/results.html", context, cases=place.cases)


def _chart(found: Results) -> charts.BarChart | None:
    """Return the scores as bars, a row for each question; None when nobody's scores can be seen."""
    shown = [column for column in found.columns if not column.absence]
    if not shown:
        return None
    rows = []
    for said in found.rows:
        gap = said.row.gap
        note = "" if gap is None else _("ちがい %(gap)s") % {"gap": gap}
        scores = [cell.score for cell in said.row.cells if not cell.column.absence]
        rows.append(charts.Row(said.row.label, scores, note))
    return charts.bars(
        _("主体ごとの点"),
        rows,
        series=[column.name for column in shown],
        most=5,
        heading=_("問い"),
        blank=_("わからない"),
    )


@require_safe
def paper(request: Request, slug: str, number: int) -> HttpResponseBase:
    """Hand over a published evaluation as a paper: for every reader the same bytes, with what everybody may read."""
    place = told(request, slug, number)
    found = results_of(place.round, inside=False)
    if found is None:
        raise Http404
    name = clean_name(
        f"{place.collaboration.title.replace('.', '．')}_ふりかえりの報告書.pdf", extension=".pdf"
    )
    try:
        with translation.override("ja"):
            pdf = printed(sheet_of(_report(place, found)))
    except NotPrinted:
        raise Refused(_("いまは、報告書を作れません。少し待ってから、もう一度お試しください。")) from None
    response = FileResponse(BytesIO(pdf), as_attachment=True, filename=name, content_type="application/pdf")
    response["Content-Security-Policy"] = "sandbox; default-src 'none'"
    return response


def _report(place: Told, found: Results) -> Report:
    """Return what the paper tells; `found` is published."""
    statement = found.in_force
    if statement is None or statement.in_force_at is None:
        raise Http404
    address = settings.PUBLIC_URL + reverse(
        "evaluations:results", args=[place.collaboration.slug, place.round.number]
    )
    return Report(
        title=found.round.version.terms.title,
        occasion=occasion_of(place),
        columns=found.columns,
        rows=[said.row for said in found.rows],
        joint=statement.joint,
        made=timezone.localtime(statement.in_force_at),
        fingerprint=statement.fingerprint,
        address=address,
        readable=unquote(address),
        remarks=[Remark(one.body, one.text, one.said_on, one.source) for one in found.comments],
    )


def occasion_of(place: Told) -> str:
    """Return which look back it is, in words."""
    return _("第%(number)s回　%(occasion)s") % {
        "number": place.round.number,
        "occasion": place.round.get_occasion_display(),
    }
