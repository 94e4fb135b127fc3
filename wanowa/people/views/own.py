"""The pages of one's own account: settings, drafts, data, erasure; and what is held about people."""

import re

from django.contrib import messages
from django.contrib.auth import logout
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from wanowa.kernel.actors import Actor
from wanowa.kernel.errors import Invalid, Refused
from wanowa.kernel.languages import JAPANESE, known, speaking
from wanowa.people import queries, services
from wanowa.people.forms import EraseForm, SettingsForm
from wanowa.people.models import Draft, User
from wanowa.people.rules import DRAFT_BYTES, TIERS
from wanowa.people.views.look import remember_look
from wanowa.record.queries import entries_about
from wanowa.web import languages
from wanowa.web.keyset import page_of
from wanowa.web.pages import show


def _me(request: HttpRequest) -> tuple[User, Actor]:
    """Return the signed-in person and the actor they are; only behind `login_required`."""
    person = request.user
    if not isinstance(person, User):
        raise TypeError("behind login_required")
    return person, Actor(person=person.pk)


@never_cache
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def settings(request: HttpRequest) -> HttpResponse:
    """Change how one is called and how pages look."""
    person, by = _me(request)
    if request.method != "POST":
        return show(request, "people/settings.html", {"form": SettingsForm(instance=person)})
    form = SettingsForm(request.POST, instance=User.objects.get(pk=person.pk))
    if not form.is_valid():
        return show(request, "people/settings.html", {"form": form}, status=400)
    person = services.change_settings(person, by=by, **form.cleaned_data)
    with speaking(person.language):
        messages.success(request, _("設定を保存しました。"))
    response = redirect("people:settings")
    remember_look(request, response, person)
    languages.keep(response, known(person.language) or JAPANESE, secure=request.is_secure())
    return response


@never_cache
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def export(request: HttpRequest) -> HttpResponse:
    """Hand over everything held about the person, as a ZIP."""
    if request.method != "POST":
        return show(request, "people/export.html")
    person, by = _me(request)
    response = HttpResponse(services.export(person, by=by), content_type="application/zip")
    response["Content-Disposition"] = 'attachment; filename="wanowa-data.zip"'
    return response


@never_cache
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def erase(request: HttpRequest) -> HttpResponse:
    """Explain what goes and what stays, then erase the person after a typed confirmation."""
    person, by = _me(request)
    form = EraseForm(request.POST or None)
    obstacles = queries.erasure_obstacles(person)
    if request.method != "POST" or obstacles or not form.is_valid():
        refused = 409 if obstacles else 400
        status = refused if request.method == "POST" else 200
        return show(request, "people/erase.html", {"form": form, "obstacles": obstacles}, status=status)
    services.erase(person, by=by)
    logout(request)
    return show(request, "people/erased.html")


@never_cache
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def record(request: HttpRequest) -> HttpResponse:
    """Show where the process log keeps something back about the person, and let her have it deleted."""
    person, by = _me(request)
    refusal = None
    if request.method == "POST":
        typed = [int(pk) for pk in request.POST.getlist("entry") if re.fullmatch(r"[0-9]{1,18}", pk)]
        try:
            gone = services.redact_own(person, typed, by=by)
        except Refused as caught:
            refusal = caught
        else:
            messages.success(request, _("%(count)s個の値を消しました。") % {"count": gone})
            return redirect("people:record")
    page = page_of(entries_about(person.pk, queries.addresses_of(person)), request)
    context = {"page": page, "traces": queries.traces(person, page.rows), "refusal": refusal}
    return show(request, "people/record.html", context, status=refusal.status if refusal else 200)


@require_safe
def privacy(request: HttpRequest) -> HttpResponse:
    """Print what is held about people, why, who sees it, until when."""
    tables = [
        {
            "title": holding.title,
            "fields": [
                {
                    "label": holding.label_of(field),
                    "purpose": field.purpose,
                    "tier": TIERS[field.tier],
                    "retention": field.retention,
                }
                for field in holding.fields
            ],
        }
        for holding in queries.holdings()
        if holding.installed and holding.fields
    ]
    return show(request, "people/privacy.html", {"tables": tables})


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def drafts(request: HttpRequest) -> HttpResponse:
    """Keep what is being typed: `address` and the fields. 204; 413 when it is too much; files are ignored.

    GET with `address` gives it back as JSON, {} when there is nothing.
    """
    if request.method != "POST":
        person, _by = _me(request)
        return JsonResponse(queries.draft_of(person, request.GET.get("address", "").replace("\0", "")) or {})
    if int(request.META.get("CONTENT_LENGTH") or 0) > DRAFT_BYTES:
        return HttpResponse(_("下書きが大きすぎます。文を短くするか、先に送ってください。"), status=413)
    person, _by = _me(request)
    address = request.POST.get("address", "")
    longest = Draft._meta.get_field("address").max_length or 0
    if not address.startswith("/") or address.startswith("//") or len(address) > longest or "\0" in address:
        raise Invalid(_("下書きのページがわかりません。ページを開きなおしてください。"))
    fields = {
        name: [value.replace("\0", "") for value in request.POST.getlist(name)]
        for name in request.POST
        if name != "address" and "\0" not in name
    }
    services.save_draft(person, address, fields)
    return HttpResponse(status=204)
