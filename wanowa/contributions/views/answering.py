"""One entry: what it says, what the others said to it, and what can be said now."""

from collections.abc import Callable

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from wanowa.contributions import queries, services
from wanowa.contributions.forms import UndoForm, WordForm
from wanowa.contributions.models import Contribution
from wanowa.contributions.rules import Status
from wanowa.contributions.views.place import Place, insider
from wanowa.kernel.errors import Invalid, Refused, Sentence
from wanowa.web.pages import show
from wanowa.web.requests import Request

DONE: dict[str, Sentence] = {
    "confirm": gettext_lazy("確かめました。"),
    "dispute": gettext_lazy("「ちがう」と伝えました。話し合いがつくまで、合計に入りません。"),
    "withdraw": gettext_lazy("取り下げました。一覧には残ります。"),
    "undo": gettext_lazy("取り消しを書きました。相手が確かめると、合計が変わります。"),
}
"""What is said when an answer was taken."""


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def entry(request: Request, slug: str, number: int) -> HttpResponse:
    """Show one entry to those at the table, and take what they say to it."""
    place = insider(request, slug)
    found = queries.entry_of(place.collaboration, number)
    if found is None:
        raise Http404
    answer = request.POST.get("answer", "")
    data = request.POST if request.method == "POST" else None
    word = WordForm(data if answer == "dispute" else None)
    undo = UndoForm(data if answer == "undo" else None)
    refusal: Refused | None = None
    if request.method == "POST":
        try:
            _say(place, found, answer, word, undo)
        except Refused as said:
            refusal = said
        else:
            messages.success(request, str(DONE[answer]))
            return redirect("contributions:entries", slug=slug)
    return _page(request, place, found, word, undo, refusal)


def _say(place: Place, found: Contribution, answer: str, word: forms.Form, undo: forms.Form) -> None:
    acts: dict[str, Callable[[], object]] = {
        "confirm": lambda: services.confirm(found, by=place.actor),
        "dispute": lambda: services.dispute(found, word=_typed(word, "word"), by=place.actor),
        "withdraw": lambda: services.withdraw(found, by=place.actor),
        "undo": lambda: services.undo(found, reason=_typed(undo, "reason"), by=place.actor),
    }
    if answer not in acts:
        raise Invalid(_("どの返事かがわかりません。ボタンをもう一度押してください。"))
    acts[answer]()


def _typed(form: forms.Form, field: str) -> str:
    if not form.is_valid():
        raise Invalid(_("赤い字のところを直してください。"))
    return str(form.cleaned_data[field])


def _page(
    request: Request,
    place: Place,
    found: Contribution,
    word: WordForm,
    undo: UndoForm,
    refusal: Refused | None,
) -> HttpResponse:
    row = queries.rows(place.collaboration, [found], queries.names_around(place.collaboration, place.seated))[
        0
    ]
    others = {party: name for party, name in place.writing.items() if party != found.party_id}
    confirming = {party: name for party, name in others.items() if party in queries.asked_now(found)}
    undoable = found.status == Status.CONFIRMED and not found.reverses_id and row.reversed_by is None
    context = {
        "collaboration": place.collaboration,
        "row": row,
        "word": word,
        "undo": undo,
        "refusal": refusal,
        "origin": queries.origin_of(found),
        "confirming": confirming if found.is_open else {},
        "disputing": others if found.is_open else {},
        "withdrawing": {
            party: name for party, name in place.writing.items() if found.is_open and party == found.party_id
        },
        "undoing": place.writing if undoable else {},
        "trail": place.trail(_("%(number)s番") % {"number": found.number}),
    }
    return show(request, "contributions/entry.html", context, status=refusal.status if refusal else 200)
