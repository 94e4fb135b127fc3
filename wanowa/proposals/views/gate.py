"""The page of the city for what was adopted: the budget on record, less money, later, not at all, how years went."""

from io import BytesIO

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.forms import Form
from django.http import FileResponse, Http404, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from wanowa.kernel import spreadsheets
from wanowa.kernel.actors import Actor
from wanowa.kernel.eras import fiscal_year_of
from wanowa.kernel.errors import Invalid, Refused
from wanowa.kernel.languages import in_japanese
from wanowa.press.printing import NotPrinted, printed
from wanowa.proposals.forms.gate import BudgetForm, ReasonForm, ReduceForm, YearForm
from wanowa.proposals.models import Award
from wanowa.proposals.queries.gate import awards, budgets, summaries
from wanowa.proposals.queries.summary import summary_head, summary_of, summary_rows
from wanowa.proposals.services import gate as services
from wanowa.web.pages import show, spreadsheet
from wanowa.web.requests import Request

FORMS: dict[str, type[Form]] = {
    "budget": BudgetForm,
    "reduce": ReduceForm,
    "carry": ReasonForm,
    "cancel": ReasonForm,
    "year": YearForm,
}


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def gate(request: Request) -> HttpResponse:
    """Show every adopted proposal with its budget and its years; `?about=` opens what can be done with one.

    404 for others than coordinators. Costs five queries.
    """
    if not getattr(request.user, "is_coordinator", False):
        raise Http404
    held = awards()
    named = request.POST.get("about", request.GET.get("about", ""))
    about = next((one for one in held if str(one.pk) == named), None)
    answer = request.POST.get("answer", "")
    forms = {
        name: form(
            request.POST if answer == name else None,
            prefix=name,
            initial={"fiscal_year": _year(name)},
        )
        for name, form in FORMS.items()
    }
    refusal, status = None, 200
    if request.method == "POST":
        try:
            done = _done(answer, about, forms, Actor(request.user.pk))
        except Refused as caught:
            refusal, status = caught, caught.status
        else:
            if done:
                messages.success(request, done)
                return redirect("proposals:gate")
            status = 400
    context = {
        "awards": held,
        "about": about,
        "budgets": budgets(),
        "forms": forms,
        "refusal": refusal,
    }
    return show(request, "proposals/gate.html", context, status=status)


def _year(form: str) -> int:
    """Return the fiscal year that a form begins with: a budget is mostly that of the next one."""
    this_year = fiscal_year_of(timezone.localdate())
    return this_year + 1 if form == "budget" else this_year


def _done(answer: str, about: Award | None, forms: dict[str, Form], by: Actor) -> str:
    """Do what was asked for and return what to tell; '' when a form has to be corrected."""
    if answer not in forms or (about is None and answer != "budget"):
        raise Invalid(_("どの操作かがわかりません。ボタンをもう一度押してください。"))
    form = forms[answer]
    if not form.is_valid():
        return ""
    typed = form.cleaned_data
    if isinstance(form, BudgetForm):
        services.record_budget(
            fiscal_year=typed["fiscal_year"], passed_on=form.day, document=typed["document"], by=by
        )
        return _("予算の成立を記録しました。採択された提案が、始められます。")
    if about is None:
        raise Invalid(_("どの提案かがわかりません。一覧から、えらびなおしてください。"))
    match answer:
        case "reduce":
            services.reduce(about, offered=typed["offered"], reason=typed["reason"], by=by)
            return _("新しい金額を知らせました。提案した主体の返事を待ちます。")
        case "carry":
            services.carry_over(about, reason=typed["reason"], by=by)
            return _("次の年度に延ばしました。提案した人に知らせました。")
        case "cancel":
            services.cancel(about, reason=typed["reason"], by=by)
            return _("取りやめました。わけを、提案した人に知らせました。")
    services.note_year(
        about,
        fiscal_year=typed["fiscal_year"],
        continues=typed["continues"] == "yes",
        note=typed["note"],
        by=by,
    )
    return _("その年度のようすを記録しました。")


@login_required
@require_safe
@never_cache
def summary(request: Request) -> HttpResponse:
    """Hand the coordinators the yearly summary for the 懇話会 as CSV, in Japanese. Costs seven queries."""
    if not getattr(request.user, "is_coordinator", False):
        raise Http404
    with in_japanese():
        table = ("\ufeff" + spreadsheets.written(summary_head(), summary_rows(summaries()))).encode()
    return spreadsheet(table, "協働事業提案のまとめ.csv")


@login_required
@require_safe
@never_cache
def summary_paper(request: Request) -> FileResponse:
    """Hand the coordinators the same summary as paper (PDF/A, tagged), in Japanese. Costs seven queries."""
    if not getattr(request.user, "is_coordinator", False):
        raise Http404
    try:
        with in_japanese():
            pdf = printed(summary_of(summaries()))
    except NotPrinted:
        raise Refused(_("いまは、まとめを作れません。少し待ってから、もう一度お試しください。")) from None
    name = "協働事業提案のまとめ.pdf"
    answer = FileResponse(BytesIO(pdf), as_attachment=True, filename=name, content_type="application/pdf")
    answer.headers["Content-Security-Policy"] = "sandbox; default-src 'none'"
    return answer
