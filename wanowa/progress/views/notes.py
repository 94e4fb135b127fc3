"""What was seen of the 成果目標: read by everybody or by the table, written with evidence, taken back."""

from collections.abc import Mapping
from datetime import date

from django.contrib import messages
from django.http import FileResponse, Http404, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from wanowa.collaborations.rules import Outcome
from wanowa.kernel.actors import Actor
from wanowa.kernel.errors import Refused
from wanowa.kernel.files import accept
from wanowa.progress import queries, services
from wanowa.progress.forms import NoteForm, WithdrawForm
from wanowa.progress.views.place import Place, place_of
from wanowa.web.keyset import page_of
from wanowa.web.pages import show
from wanowa.web.requests import Request


@require_http_methods(["GET", "HEAD", "POST"])
def notes(request: Request, slug: str) -> HttpResponse:
    """Show what was noted, newest day first, and take a note. Costs seven queries at most and `held_by`."""
    place = place_of(request, slug)
    found = place.collaboration
    outcomes = queries.outcomes_of(found)
    if request.method == "POST" and "withdraw" in request.POST:
        return _withdraw(request, place)
    form, status = _form(request, outcomes), 200
    if request.method == "POST":
        by, status = place.actor(request), 400
        if form.is_valid():
            try:
                _write(place, form, by)
            except Refused as refusal:
                form.add_error(None, str(refusal))
                status = refusal.status
            else:
                messages.success(request, _("成果のようすを書きました。"))
                return redirect("progress:notes", slug)
    page = page_of(queries.notes_in(found, inside=place.inside), request)
    context = {
        "collaboration": found,
        "page": page,
        "words": queries.words_beside(found, [note.entry for note in page], inside=place.inside),
        "outcomes": outcomes,
        "inside": place.inside,
        "writers": place.writers if found.status in queries.TELLS else {},
        "form": form,
        "trail": place.trail(_("成果のようす")),
    }
    return show(request, "progress/notes.html", context, status=status, cases=[place.case, "parties"])


def _form(request: Request, outcomes: Mapping[str, Outcome]) -> NoteForm:
    initial = {"on": timezone.localdate()}
    return NoteForm(request.POST or None, request.FILES or None, outcomes=outcomes, initial=initial)


def _write(place: Place, form: NoteForm, by: Actor) -> None:
    typed = form.cleaned_data
    services.note(
        place.collaboration,
        form.evidence(),
        outcome=typed["outcome"],
        on=date.fromisoformat(typed["on"]),
        public=not typed["table_only"],
        photo=accept(typed["photo"]) if typed["photo"] else None,
        by=by,
    )


def _withdraw(request: Request, place: Place) -> HttpResponse:
    by, form = place.actor(request), WithdrawForm(request.POST)
    note = form.is_valid() and queries.note_in(
        place.collaboration, form.cleaned_data["withdraw"], inside=place.inside
    )
    if not note:
        raise Refused(_("この書きこみは見つかりません。もう取り下げられたかもしれません。"))
    services.withdraw(note, by=by)
    messages.success(request, _("取り下げました。写真も消しました。"))
    return redirect("progress:notes", place.collaboration.slug)


@require_safe
def photo(request: Request, slug: str, pk: int) -> HttpResponseBase:
    """Hand out the photo of a note to whoever may see the note. Costs six queries at most and `held_by`."""
    place = place_of(request, slug)
    note = queries.note_in(place.collaboration, pk, inside=place.inside)
    if note is None or not note.photo or _hidden(place, note.entry):
        raise Http404
    response = FileResponse(note.photo.open("rb"), content_type=note.photo_type)
    response["Content-Security-Policy"] = "sandbox; default-src 'none'"
    return response


def _hidden(place: Place, entry: int) -> bool:
    words = queries.words_beside(place.collaboration, [entry], inside=place.inside)
    return entry not in words or words[entry].hidden
