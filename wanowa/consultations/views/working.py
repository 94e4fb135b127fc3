"""The work of somebody of the city on one page, and the report of a month as page, table and paper."""

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from wanowa.consultations import queries
from wanowa.consultations.views.standing import staff
from wanowa.kernel.errors import Invalid
from wanowa.kernel.languages import in_japanese
from wanowa.kernel.spreadsheets import written
from wanowa.press.printing import printed
from wanowa.web.pages import show, spreadsheet
from wanowa.web.requests import Request


@never_cache
@login_required
@require_safe
def work(request: Request) -> HttpResponse:
    """Show what is late, due and waiting, the board, and the lists of the apps. Costs ≤ 20 queries."""
    reader = staff(request)
    context = {
        "reader": reader,
        "work": queries.work_of(reader),
        "today": timezone.localdate(),
        "trail": [(_("マイページ"), "/me/"), (_("仕事"), "")],
    }
    return show(request, "consultations/work.html", context)


@never_cache
@login_required
@require_safe
def report(request: Request) -> HttpResponse:
    """Show a month of the desk; without a month, the last one that is over. Costs ≤ ten queries."""
    staff(request)
    this_month = timezone.localdate().replace(day=1)
    asked = request.GET.get("month", "")
    month = queries.month_named(asked) if asked else queries.month_before(this_month)
    if month is None:
        raise Invalid(_("月は、2026-10 のように書いてください。先の月は見られません。"))
    found = queries.month_report(month)
    months = [this_month]
    while len(months) <= MONTHS:
        months.append(queries.month_before(months[-1]))
    context = {
        "report": found,
        "name": queries.month_label(month),
        "summary": queries.summary(found),
        "few_note": queries.few_note(),
        "tables": [(one, queries.nothing(few=one.few)) for one in found.tables],
        "months": [(f"{one:%Y-%m}", queries.month_label(one)) for one in months],
        "trail": [(_("仕事"), "/consultations/my-work/"), (_("窓口の報告"), "")],
    }
    return show(request, "consultations/report.html", context)


MONTHS = 12
"""How many months before this one can be chosen; others open by their address."""


@never_cache
@login_required
@require_safe
def report_file(request: Request, month: str, kind: str) -> HttpResponse:
    """Hand out the report of a month as CSV or PDF. Costs as `report`."""
    staff(request)
    day = queries.month_named(month)
    if day is None or kind not in {"csv", "pdf"}:
        raise Http404
    with in_japanese():
        found = queries.month_report(day)
        if kind == "csv":
            name = _("相談の窓口_%(month)s.csv") % {"month": f"{day:%Y-%m}"}
            return spreadsheet(written(*queries.as_rows(found)).encode("utf-8-sig"), name)
        pdf = printed(queries.sheet_of(found))
    response = HttpResponse(pdf, content_type="application/pdf")
    response["Content-Disposition"] = f'inline; filename="consultations-{day:%Y-%m}.pdf"'
    return response
