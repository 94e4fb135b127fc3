"""The registration as 登録団体: apply, renew, decide, papers."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from wanowa.kernel.actors import Actor
from wanowa.kernel.eras import fiscal_year_label
from wanowa.parties import forms, queries, services
from wanowa.parties.rules import ALLOWED, ALONE, Act
from wanowa.parties.views.asking import acting, attempted, inside, party_at, require_act, trail, user_of
from wanowa.web.pages import show


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def registration(request: HttpRequest, slug: str) -> HttpResponse:
    """Show the registrations to members and coordinators; members apply here."""
    found = party_at(slug)
    role = queries.role_in(found.pk, request.user.pk)
    coordinator = user_of(request).is_coordinator
    if role is None and not coordinator:
        raise Http404
    ours = list(queries.registrations(found))
    may_apply = role in ALLOWED[Act.APPLY] and found.kind not in ALONE and not found.closed_at
    form = forms.RegistrationForm(request.POST or None, request.FILES or None, registrations=ours)
    status = 200
    if request.method == "POST":
        require_act(role, Act.APPLY)
        applied, status = attempted(
            form,
            lambda: services.apply_for_registration(
                found,
                form.cleaned_data["fiscal_year"],
                note=form.cleaned_data["note"],
                papers=form.cleaned_data["papers"],
                by=acting(request, found),
            ),
        )
        if applied:
            messages.success(request, _("申請しました。協働推進員が確かめて、ここでお知らせします。"))
            return redirect("parties:registration", slug)
    context = {
        "party": found,
        "registrations": [
            (each, fiscal_year_label(each.fiscal_year)) for each in queries.registrations(found)
        ],
        "form": form,
        "may_apply": may_apply,
        "decides": coordinator and role is None,
        "trail": trail(found, _("団体登録")),
    }
    return show(request, "parties/registration.html", context, status=status)


@login_required
@require_POST
def renew(request: HttpRequest, slug: str) -> HttpResponse:
    """Apply for the chosen fiscal year with last year's papers."""
    found, _role = inside(request, slug)
    form = forms.RenewalForm(request.POST)
    if not form.is_valid():
        raise Http404
    services.renew(found, form.cleaned_data["fiscal_year"], by=acting(request, found))
    messages.success(request, _("前の年度の書類で申請しました。"))
    return redirect("parties:registration", slug)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def decide(request: HttpRequest, slug: str, year: int) -> HttpResponse:
    """Let a coordinator from outside the party decide on a registration."""
    found = party_at(slug)
    asked = queries.registration_in(found, year)
    if not user_of(request).is_coordinator or asked is None:
        raise Http404
    form = forms.DecisionForm(request.POST or None)
    status = 200
    if request.method == "POST":
        decided, status = attempted(
            form,
            lambda: services.decide_registration(
                asked,
                accept=form.cleaned_data["decision"] == "accept",
                reason=form.cleaned_data["reason"],
                by=Actor(person=request.user.pk),
            ),
        )
        if decided:
            messages.success(request, _("決めました。団体に伝わります。"))
            return redirect("parties:registration", slug)
    context = {
        "party": found,
        "registration": asked,
        "year": fiscal_year_label(year),
        "form": form,
        "trail": trail(found, _("登録を決める")),
    }
    return show(request, "parties/decide.html", context, status=status)


@login_required
@require_safe
def paper(request: HttpRequest, slug: str, pk: int) -> FileResponse:
    """Hand out one paper of a registration to members and coordinators."""
    found = party_at(slug)
    kept = queries.paper_of(found, pk)
    allowed = user_of(request).is_coordinator or queries.role_in(found.pk, request.user.pk)
    if kept is None or not allowed:
        raise Http404
    answer = FileResponse(
        kept.file.open(), as_attachment=True, filename=kept.name, content_type=kept.media_type
    )
    answer["X-Content-Type-Options"] = "nosniff"
    answer["Content-Security-Policy"] = "sandbox; default-src 'none'"
    return answer
