"""Writing: an activity is put before everybody, rewritten, ended."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.decorators.http import require_http_methods

from wanowa.activities import queries, services
from wanowa.activities.forms import ActivityForm, written
from wanowa.activities.rules import Move, area_of
from wanowa.activities.views.place import Place, owner
from wanowa.guideline.rules import Area, Kind
from wanowa.kernel.actors import Actor
from wanowa.kernel.errors import Conflict, Refused
from wanowa.parties.queries import Held, held_by
from wanowa.parties.rules import WRITES
from wanowa.web.pages import show
from wanowa.web.requests import Request


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def new(request: Request) -> HttpResponse:
    """Put an activity before everybody. Which area it is in follows from the party."""
    own = [held for held in held_by(request.user) if held.role in WRITES]
    if not own:
        status = 403 if request.method == "POST" else 200
        return show(request, "activities/no_party.html", status=status)
    mine = {held.party.id: held.party.name for held in own}
    form = ActivityForm(request.POST or None, area=_area(request, own), mine=mine)
    status = 200
    if request.method == "POST":
        status = 400
        if form.is_valid():
            try:
                made = services.start(form.words(), by=Actor(request.user.pk, form.cleaned_data["party"]))
            except Refused as refusal:
                form.add_error(None, str(refusal))
                status = refusal.status
            else:
                messages.success(request, _("活動をのせました。これが、みんなが見るページです。"))
                return redirect(made)
    context = {"form": form, "areas": {area_of(Kind(held.party.kind)) for held in own}}
    return show(request, "activities/new.html", context, status=status)


def _area(request: Request, own: list[Held]) -> Area:
    """Return the area of the party named in the form, else of the first: what the form asks for depends on it."""
    typed = request.POST.get("party", "")
    named = next((held for held in own if str(held.party.id) == typed), own[0])
    return area_of(Kind(named.party.kind))


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def edit(request: Request, slug: str) -> HttpResponse:
    """Rewrite the text; when somebody else was faster, both texts are shown."""
    place = owner(request, slug, Move.EDIT)
    now = place.activity.words
    form = ActivityForm(request.POST or None, area=Area(place.activity.area), initial=written(now))
    status, moved, seen = 200, list[tuple[object, str]](), request.POST.get("seen", now.digest())
    if request.method == "POST":
        status = 400
        if form.is_valid():
            by = Actor(request.user.pk, place.activity.party_id)
            try:
                services.edit(place.activity, form.words(), seen=seen, by=by)
            except Refused as refusal:
                form.add_error(None, str(refusal))
                status = refusal.status
                if isinstance(refusal, Conflict):
                    seen, moved = now.digest(), _differences(place, form)
            else:
                messages.success(request, _("書きなおしました。"))
                return place.back()
    context = {
        "activity": place.activity,
        "form": form,
        "seen": seen,
        "moved": moved,
        "trail": place.trail(_("書きなおす")),
    }
    return show(request, "activities/edit.html", context, status=status)


def _differences(place: Place, form: ActivityForm) -> list[tuple[object, str]]:
    """Return what others published meanwhile where it is not what was typed: label and text."""
    theirs, mine = written(place.activity.words), written(form.words())
    return [(form[name].label, theirs[name]) for name in mine if mine[name] != theirs[name]]


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def end(request: Request, slug: str) -> HttpResponse:
    """End an activity; in area E the page says which questions must be answered before."""
    place = owner(request, slug, Move.END)
    refusal = None
    if request.method == "POST":
        try:
            services.end(place.activity, by=Actor(request.user.pk, place.activity.party_id))
        except Refused as caught:
            refusal = caught
        else:
            messages.success(request, _("活動を終えました。ページと経過は、このまま残ります。"))
            return place.back()
    asked = queries.has_checklist(place.activity)
    missing = queries.missing(queries.checklist(place.activity)) if asked else []
    context = {
        "activity": place.activity,
        "missing": [(question.label, queries.answer_url(place.activity, question)) for question in missing],
        "refusal": refusal,
        "trail": place.trail(pgettext("verb", "終える")),
    }
    return show(request, "activities/end.html", context, status=refusal.status if refusal else 200)
