"""The pages of the process log: how it works, its checkpoints, and what somebody kept compared with it."""

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.cache import get_conditional_response
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from wanowa.kernel.actors import Actor
from wanowa.kernel.errors import Refused
from wanowa.record import queries
from wanowa.record.forms import CompareForm
from wanowa.record.models import Checkpoint, Entry
from wanowa.record.queries.comparing import Verdict, compared, may_see, words_compared
from wanowa.record.rules.notes import digest_of
from wanowa.record.rules.words import words_of
from wanowa.record.services.signatures import check
from wanowa.web.keyset import page_of
from wanowa.web.pages import show
from wanowa.web.requests import Request

SHOWN = 20
"""Checkpoints on one page."""


@require_safe
def explanation(request: Request) -> HttpResponse:
    """Say in plain Japanese what the process log promises, and what it does not."""
    return show(request, "record/explanation.html", {"health": queries.health()})


@require_safe
def checkpoints(request: Request) -> HttpResponse:
    """Show the newest checkpoint in words that can be read out, and the earlier ones. Costs five queries."""
    page = page_of(Checkpoint.objects.order_by("-number").only("number", "at", "digest"), request, size=SHOWN)
    health = queries.health()
    context = {
        "health": health,
        "latest": health.latest,
        "words": words_of(health.latest.digest) if health.latest else "",
        "page": page,
        "rows": [(row, words_of(row.digest)) for row in page.rows],
    }
    return show(request, "record/checkpoints.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def compare(request: Request) -> HttpResponse:
    """Take what somebody kept and say whether the record still is what it was. Changes nothing."""
    form = CompareForm(request.POST if request.method == "POST" else None)
    verdict: Verdict | None = None
    if form.is_valid():
        data = form.cleaned_data
        verdict = (
            compared(data["receipt"], check)
            if data["receipt"]
            else words_compared(data["case"], data["number"], data["words"])
        )
    context = {"form": form, "verdict": verdict.name if verdict else ""}
    return show(request, "record/compare.html", context, status=400 if form.errors else 200)


@require_safe
def newest(request: Request) -> HttpResponse:
    """Hand out the newest checkpoint as it is signed, for witnesses. Costs one query."""
    latest = queries.latest_checkpoint()
    if latest is None:
        raise Http404
    return _text(request, latest.note, latest.digest)


@require_safe
def note(request: Request, number: int) -> HttpResponse:
    """Hand out one checkpoint as it is signed. Costs one query."""
    found = get_object_or_404(Checkpoint, number=number)
    return _text(request, found.note, found.digest)


@require_safe
def keys(request: Request) -> HttpResponse:
    """Hand out the public keys, with the checkpoints that each signed. Costs one query."""
    text = queries.keys_text()
    return _text(request, text, digest_of(text))


@require_safe
def receipt(request: Request, label: str, key: int, number: int) -> HttpResponse:
    """Hand out the receipt of one entry to whoever may see its case. Refused until a checkpoint covers it."""
    if not may_see(label, key, by=Actor(person=request.user.pk)):
        raise Http404
    entry = get_object_or_404(Entry, case=f"{label}/{key}", number=number)
    made = queries.receipt_of(entry)
    if made is None:
        raise Refused(
            _("この記録には、まだまとめ印がありません。1時間ほどたってから、もう一度ひらいてください。")
        )
    response = HttpResponse(made.text, content_type="text/plain; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="wanowa-receipt-{key}-{number}.txt"'
    return response


def _text(request: Request, text: str, mark: str) -> HttpResponse:
    """Return a text that everybody may keep, with an ETag by which a witness asks whether it is new."""
    response = HttpResponse(text, content_type="text/plain; charset=utf-8")
    response["ETag"] = f'"{mark}"'
    response["Cache-Control"] = "public, no-cache"
    return get_conditional_response(request, etag=response["ETag"], response=response) or response
