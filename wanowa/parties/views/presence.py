"""The directory, and the face of one party: found, look, edit, rename, close."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from wanowa.guideline.rules import KINDS, Kind
from wanowa.kernel.actors import Actor
from wanowa.kernel.eras import fiscal_year_label, fiscal_year_of
from wanowa.kernel.errors import Conflict
from wanowa.parties import forms, queries, services
from wanowa.parties.queries.above import ways_from
from wanowa.parties.rules import ALONE, WRITES, Act
from wanowa.parties.views.asking import acting, attempted, editable, party_at, trail, user_of
from wanowa.record.queries import case_of, highlights, narrate
from wanowa.web.keyset import page_of
from wanowa.web.pages import show


@require_safe
def directory(request: HttpRequest) -> HttpResponse:
    """Show who there is: filters, counts by kind, one card a party."""
    form = forms.Search(request.GET)
    if not form.is_valid():
        return show(
            request, "parties/directory.html", {"form": form, "narrowed": True, "trail": trail()}, status=400
        )
    wanted = form.wanted()
    counts = queries.counts_by_kind(wanted)
    return show(
        request,
        "parties/directory.html",
        {
            "form": form,
            "page": page_of(queries.directory(wanted), request),
            "counts": [(kind, number, _narrowed(request, kind)) for kind, number in counts.items()],
            "total": counts[Kind(wanted.kind)] if wanted.kind else sum(counts.values()),
            "filtered": any(form.cleaned_data.values()),
            "narrowed": any(value for name, value in form.cleaned_data.items() if name != "q"),
            "trail": trail(),
        },
        cases=["parties"],
    )


@require_safe
def party(request: HttpRequest, slug: str) -> HttpResponse:
    """Show one party to everybody."""
    this_year = fiscal_year_of(timezone.localdate())
    found, registration = queries.with_registration(slug, this_year)
    if found is None:
        raise Http404
    role = next((one.role for one in queries.held_by(request.user) if one.party.id == found.pk), None)
    return show(
        request,
        "parties/party.html",
        {
            "party": found,
            "kind": KINDS[Kind(found.kind)],
            "registration": registration,
            "year": fiscal_year_label(this_year),
            "role": role,
            "may_edit": role in WRITES and not found.closed_at,
            "may_register": found.kind not in ALONE,
            "coordinator": getattr(request.user, "is_coordinator", False),
            "cards": queries.showcase(found),
            "ways": [] if role or found.closed_at else ways_from(found),
            "public_facts": queries.public_facts(found),
            "has_members": getattr(found, "peopled", False),
            "moments": narrate(highlights(found, public_only=True), {found.pk: found.name}),
            "trail": trail(found),
        },
        cases=[case_of(found), *queries.showcase_apps()],
    )


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def new(request: HttpRequest) -> HttpResponse:
    """Let a person found a party."""
    user = user_of(request)
    at_the_desk = user.is_coordinator or user.is_staff
    form = forms.FoundingForm(request.POST or None, at_the_desk=at_the_desk)
    status = 200
    if request.method == "POST":
        founded, status = attempted(
            form,
            lambda: services.found(
                Kind(form.cleaned_data["kind"]), form.naming(), form.profile(), by=Actor(person=user.pk)
            ),
        )
        if founded:
            messages.success(request, _("参加できました。これがあなたたちのページです。"))
            return redirect(founded)
    kinds = [(kind, KINDS[kind]) for kind in Kind]
    context = {
        "form": form,
        "kinds": kinds,
        "at_the_desk": at_the_desk,
        "trail": [*trail(), (_("参加する"), "")],
    }
    return show(request, "parties/new.html", context, status=status)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def edit(request: HttpRequest, slug: str) -> HttpResponse:
    """Let members write what the party tells about itself; a conflict shows both texts."""
    found = editable(request, slug, Act.DESCRIBE)
    form = forms.ProfileForm(request.POST or None, instance=party_at(slug))
    status, moved, now = 200, [], found.updated_at.isoformat()
    seen = request.POST.get("seen", now)
    if request.method == "POST":
        described, status = attempted(
            form,
            lambda: services.describe(found, form.profile(), seen=seen, by=acting(request, found)),
        )
        if described:
            messages.success(request, _("紹介を書きかえました。"))
            return redirect(described)
        if status == Conflict.status:
            seen = now
            moved = [
                (form[name].label, getattr(found, name))
                for name in forms.ProfileForm.Meta.fields
                if getattr(found, name) != form.cleaned_data.get(name)
            ]
    context = {
        "party": found,
        "form": form,
        "moved": moved,
        "seen": seen,
        "trail": trail(found, _("書きかえる")),
    }
    return show(request, "parties/edit.html", context, status=status)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def rename(request: HttpRequest, slug: str) -> HttpResponse:
    """Let the representative give the party another name."""
    found = editable(request, slug, Act.RENAME)
    form = forms.NamingForm(request.POST or None, instance=party_at(slug))
    status = 200
    if request.method == "POST":
        renamed, status = attempted(
            form, lambda: services.rename(found, form.naming(), by=acting(request, found))
        )
        if renamed:
            messages.success(request, _("名前を変えました。ページのアドレスは同じです。"))
            return redirect(renamed)
    context = {"party": found, "form": form, "trail": trail(found, _("名前を変える"))}
    return show(request, "parties/rename.html", context, status=status)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def close(request: HttpRequest, slug: str) -> HttpResponse:
    """Let the representative end the party's activity."""
    found = editable(request, slug, Act.CLOSE)
    if request.method == "POST":
        services.close(found, by=acting(request, found))
        messages.success(request, _("活動を終えました。ページと経過は残ります。"))
        return redirect(found)
    obstacles = queries.closing_obstacles(found)
    context = {"party": found, "obstacles": obstacles, "trail": trail(found, _("活動を終える"))}
    return show(request, "parties/close.html", context)


def _narrowed(request: HttpRequest, kind: Kind) -> str:
    """Return the address of the same search for one kind of party."""
    query = request.GET.copy()
    query.pop("after", None)
    query["kind"] = kind.value
    return f"{request.path}?{query.urlencode()}"
