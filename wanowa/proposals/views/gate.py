"""The page of the city for what was adopted: the budget on record, less money, later, not at all, how years went."""

from collections.abc import Iterator

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.forms import Form
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from wanowa.kernel import spreadsheets
from wanowa.kernel.actors import Actor
from wanowa.kernel.eras import fiscal_year_label, fiscal_year_of
from wanowa.kernel.errors import Invalid, Refused
from wanowa.proposals.forms.gate import BudgetForm, ReasonForm, ReduceForm, YearForm
from wanowa.proposals.models import Award
from wanowa.proposals.queries.gate import Summary, awards, budgets, summaries
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
    with translation.override("ja"):
        header = [
            *(_("募集の年度"), _("回"), _("受付"), _("審査"), _("採択")),
            *(_("予算成立"), _("協働の開始"), _("取りやめ・辞退"), _("継続（★）")),
        ]
        rows = list(_rows(summaries()))
    table = ("\ufeff" + spreadsheets.written(header, rows)).encode()
    return spreadsheet(table, "協働事業提案のまとめ.csv")


def _rows(found: list[Summary]) -> Iterator[list[str]]:
    for one in found:
        numbers = (one.number, one.received, one.judged, one.adopted)
        after = (one.funded, one.started, one.given_up, one.continuing)
        yield [fiscal_year_label(one.fiscal_year), *map(str, numbers), *map(str, after)]
