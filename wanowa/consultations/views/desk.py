"""The desk: what waits for somebody of the city, writing down for a caller, the rota, and the card with the code."""

from collections.abc import Callable

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.forms import Form
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from wanowa.consultations import queries, services
from wanowa.consultations.forms import AbsenceForm, AskForm, DutyForm, GlassForm
from wanowa.consultations.models import Absence, Case, Duty
from wanowa.consultations.rules import Channel
from wanowa.consultations.services import Receipt
from wanowa.consultations.views.asking import keep_receipt
from wanowa.consultations.views.standing import desk_trail, staff
from wanowa.kernel.actors import Actor
from wanowa.kernel.errors import Invalid, Refused
from wanowa.kernel.languages import in_japanese
from wanowa.people.models import User
from wanowa.people.queries import coordinators
from wanowa.people.rules.receipts import plain_number
from wanowa.press.printing import printed
from wanowa.web.deeds import attempted, number_in
from wanowa.web.pages import show
from wanowa.web.requests import Request


@never_cache
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def desk(request: Request) -> HttpResponse:
    """Show what waits, as numbers and days; open a case in haste with a reason. Costs ≤ fifteen queries."""
    reader, by, status = staff(request), Actor(request.user.pk), 200
    form = GlassForm(request.POST or None)
    if request.method == "POST":
        number = plain_number(request.POST.get("number", ""))
        status = attempted(form, lambda: _break_glass(form, number, by))
        if status == 302:
            messages.success(request, _("ひらきました。相談した人と、ほかの協働推進員に知らせました。"))
            return redirect("consultations:held", number)
    queue = queries.queue_of(reader)
    context = {
        "queue": queue,
        "offered": [(one, queries.told_apart(one.case)) for one in queue.offered],
        "mine": _told_apart(queue.mine),
        "standing_in": _told_apart(queue.standing_in),
        "to_call": _told_apart(queue.to_call),
        "reader": reader,
        "today": timezone.localdate(),
        "form": form,
        "satisfaction": queries.satisfaction() if reader.coordinator else [],
        "trail": desk_trail(),
    }
    return show(request, "consultations/desk.html", context, status=status)


def _told_apart(cases: list[Case]) -> list[tuple[Case, str]]:
    return [(one, queries.told_apart(one)) for one in cases]


def _break_glass(form: GlassForm, number: str, by: Actor) -> None:
    found = queries.by_number(number)
    if found is None:
        raise Invalid(_("この番号の相談はありません。番号を確かめてください。"))
    services.break_glass(found, purpose=form.cleaned_data["purpose"], by=by)


@never_cache
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def new(request: Request) -> HttpResponse:
    """Write down what a caller tells, with her consent; the receipt is for her. Costs ≤ ten queries."""
    staff(request)
    by, status = Actor(request.user.pk), 200
    form = AskForm(*((request.POST, request.FILES) if request.method == "POST" else ()), by_hand=True)
    if request.method == "POST":
        made: list[Receipt] = []

        def bring() -> None:
            typed = form.cleaned_data
            channel = Channel(typed["channel"])
            receipt = services.open_case(
                form.told(), channel=channel, consented=typed["consented"], files=typed["attachments"], by=by
            )
            if typed["email"]:
                services.confirm_address(receipt.case, email=typed["email"], shown=False, by=by)
            made.append(receipt)

        status = attempted(form, bring)
        if status == 302:
            keep_receipt(request, made[0])
            return redirect("consultations:receipt")
    context = {"form": form, "trail": desk_trail(_("窓口や電話の相談を書きとめる"))}
    return show(request, "consultations/new.html", context, status=status)


@never_cache
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def rota(request: Request) -> HttpResponse:
    """Say who is on duty and who stands in. Costs ≤ fourteen queries."""
    reader, by = staff(request), Actor(request.user.pk)
    people = list(queries.colleagues(reader))
    desk_people = list(coordinators().order_by("pk")) if reader.coordinator else []
    duty, away, status = DutyForm(people=desk_people), AbsenceForm(people=people), 200
    if request.method == "POST":
        chosen = request.POST.get("act", "")
        known = {str(one.pk): one for one in (*people, *desk_people)}
        if chosen == "duty":
            duty = DutyForm(request.POST, people=desk_people)
            status = attempted(duty, lambda: _set_duty(duty, known, by))
        elif chosen == "away":
            away = AbsenceForm(request.POST, people=people)
            status = attempted(away, lambda: _set_absence(away, known, by))
        else:
            status = attempted(None, _removal(request, chosen, by))
        if status == 302:
            messages.success(request, _rota_said(chosen))
            return redirect("consultations:rota")
    context = {
        "rota": queries.rota(),
        "reader": reader,
        "duty": duty,
        "away": away,
        "trail": desk_trail(_("当番と代わり")),
    }
    return show(request, "consultations/rota.html", context, status=status)


def _rota_said(act: str) -> str:
    return {
        "duty": _("当番を決めました。その間、新しい相談はその人に届きます。"),
        "away": _("代わりを決めました。その間、代わりの人が読んで返事できます。"),
        "no_duty": _("当番を取り消しました。担当の少ない協働推進員に届きます。"),
        "no_away": _("代わりを取り消しました。本人だけが見ます。"),
    }[act]


def _set_duty(form: Form, known: dict[str, User], by: Actor) -> None:
    assert isinstance(form, DutyForm)  # noqa: S101 - narrows the type
    services.set_duty(known[form.cleaned_data["person"]], by=by, **form.span)


def _set_absence(form: Form, known: dict[str, User], by: Actor) -> None:
    assert isinstance(form, AbsenceForm)  # noqa: S101 - narrows the type
    typed = form.cleaned_data
    services.set_absence(known[typed["person"]], known[typed["deputy"]], by=by, **form.span)


def _removal(request: Request, chosen: str, by: Actor) -> Callable[[], None]:
    if chosen == "no_duty" and (duty := Duty.objects.filter(pk=number_in(request.POST, "row")).first()):
        return lambda: services.remove_duty(duty, by=by)
    if chosen == "no_away" and (away := Absence.objects.filter(pk=number_in(request.POST, "row")).first()):
        return lambda: services.remove_absence(away, by=by)
    if chosen in {"no_duty", "no_away"}:
        raise Refused(_("もう、取り消されています。"))
    raise Invalid(_("どのボタンが押されたか、わかりません。ページをひらき直してください。"))


@never_cache
@login_required
@require_safe
def card(request: Request) -> HttpResponse:
    """Hand out the card with the code that leads to the form. Costs as `reader_of`."""
    staff(request)
    with in_japanese():
        pdf = printed(queries.card(timezone.localtime()))
    response = HttpResponse(pdf, content_type="application/pdf")
    response["Content-Disposition"] = 'inline; filename="consultations-card.pdf"'
    return response
