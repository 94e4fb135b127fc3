"""Groups from the NPO portal: bring a file, look at what it would do, confirm it or drop it."""

from collections.abc import Callable

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from wanowa.kernel.actors import Actor
from wanowa.kernel.errors import Invalid, Refused
from wanowa.kernel.languages import in_japanese
from wanowa.kernel.spreadsheets import written
from wanowa.opendata import queries, services
from wanowa.opendata.forms import BringForm, ConfirmForm, MappingForm
from wanowa.opendata.models import Import
from wanowa.opendata.queries import Preview
from wanowa.opendata.rules import Status, has_shrunk
from wanowa.opendata.tasks import take_in
from wanowa.opendata.views.desk import desk, table_file, trail
from wanowa.web.pages import show

AT_ONCE = 300
"""Groups that a page takes in itself; more are left to the worker, and the page tells how it goes."""


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def groups(request: HttpRequest) -> HttpResponse:
    """Show the files that came in, take a new one, offer the groups for taking out."""
    by = desk(request)
    form, status = BringForm(request.POST or None, request.FILES or None), 200
    if request.method == "POST":
        status = 400
        if form.is_valid():
            try:
                return redirect("opendata:preview", _bring(form, by).pk)
            except Refused as refusal:
                form.add_error(None, str(refusal))
                status = refusal.status
    context = {"form": form, "imports": queries.recent(), "trail": trail()}
    return show(request, "opendata/groups.html", context, status=status)


def _bring(form: BringForm, by: Actor) -> Import:
    typed = form.cleaned_data
    return services.bring(
        typed["file"].name,
        typed["file"].read(),
        encoding=typed["encoding"],
        only_here=not typed["everywhere"],
        by=by,
    )


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def preview(request: HttpRequest, pk: int) -> HttpResponse:
    """Show what one file would do; change the mapping, confirm, or drop it."""
    by = desk(request)
    one = Import.objects.filter(pk=pk).first()
    if one is None:
        raise Http404
    if one.status != Status.READ:
        if request.method == "POST":
            raise Refused(_("この取りこみは、もう始まったか、終わっています。ページを読みなおしてください。"))
        return show(request, "opendata/outcome.html", {"one": one, "trail": trail(one.name)})
    found = Preview(one)
    act = request.POST.get("act", "")
    mapping = MappingForm(
        request.POST if act == "map" else None, header=found.reading.table.header, initial=_initial(one)
    )
    confirming = ConfirmForm(request.POST if act == "confirm" else None)
    status, refusal = 200, None
    if request.method == "POST":
        chosen = _acts(request, one, found, mapping, confirming, by).get(act)
        if chosen is None:
            raise Invalid(_("何をするかがわかりません。ページのボタンから選んでください。"))
        try:
            done = chosen()
        except Refused as caught:
            refusal, status = caught, caught.status
        else:
            if done:
                return done
            status = 400
    context = {
        "one": one,
        "plan": found.plan,
        "reading": found.reading,
        "shrunk": has_shrunk(found.plan),
        "seen": found.seen,
        "mapping": mapping,
        "confirming": confirming,
        "refusal": refusal,
        "trail": trail(one.name),
    }
    return show(request, "opendata/preview.html", context, status=status)


def _initial(one: Import) -> dict[str, object]:
    chosen: dict[str, object] = {f"column_{name}": column for name, column in one.mapping.items()}
    return chosen | {"everywhere": not one.only_here}


type Act = Callable[[], HttpResponse | None]
"""What one button does: leads on, or returns None when its form has something to mend."""


def _acts(
    request: HttpRequest,
    one: Import,
    found: Preview,
    mapping: MappingForm,
    confirming: ConfirmForm,
    by: Actor,
) -> dict[str, Act]:
    def again() -> HttpResponse | None:
        if not mapping.is_valid():
            return None
        services.remap(one, mapping.mapping, only_here=not mapping.cleaned_data["everywhere"], by=by)
        messages.success(request, _("列の割り当てを変えました。見通しを確かめてください。"))
        return redirect("opendata:preview", one.pk)

    def confirm() -> HttpResponse | None:
        if not confirming.is_valid():
            return None
        typed = confirming.cleaned_data
        begun = services.confirm(one, seen=typed["seen"], even_if_shrunk=typed["even_if_shrunk"], by=by)
        if found.plan.writes > AT_ONCE:
            take_in.defer(pk=begun.pk, person=by.required_person)
        else:
            services.take_in(begun, by=by)
        return redirect("opendata:preview", one.pk)

    def drop() -> HttpResponse:
        services.drop(one, by=by)
        messages.success(request, _("取りこみをやめました。ファイルは消しました。"))
        return redirect("opendata:groups")

    return {"map": again, "confirm": confirm, "drop": drop}


@login_required
@require_safe
def report(request: HttpRequest, pk: int) -> HttpResponse:
    """Hand out everything that has to be mended in one file, as a table."""
    desk(request)
    one = Import.objects.filter(pk=pk, status=Status.READ).first()
    if one is None:
        raise Http404
    with in_japanese():
        header = (_("行"), _("列"), _("いまの内容"), _("直しかた"))
        faults = Preview(one).plan.faults
        rows = [(str(fault.line), fault.column, fault.value, fault.sentence) for fault in faults]
        return table_file(written(header, rows).encode("utf-8-sig"), _("直すところ.csv"))
