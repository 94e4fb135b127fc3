"""The desk of one party: one question after the other, kept in envelopes, then sealed by its representative."""

from dataclasses import replace

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse, JsonResponse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from wanowa.evaluations import queries, services
from wanowa.evaluations.forms import AnswerForm
from wanowa.evaluations.queries import Desk
from wanowa.evaluations.rules import LONGEST, TOLD, Question, Sketch, Status, View, in_view
from wanowa.evaluations.views.place import Side, side_of
from wanowa.kernel.actors import Actor
from wanowa.kernel.errors import Conflict, Invalid, Refused
from wanowa.people.models import User
from wanowa.people.views.confirm import recent_confirmation_required
from wanowa.web.pages import show
from wanowa.web.requests import Request

DRAFT_BYTES = 64 * 1024
"""More than one answer can be; the rest of a body is not read."""


def _own(place: Side) -> Side:
    """Return the place with the actor on the side on which she writes."""
    return replace(place, actor=Actor(place.actor.person, place.side))


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def desk(request: Request, slug: str, number: int) -> HttpResponse:
    """Show what the party has answered so far; who belongs to several says first for which she writes."""
    place = side_of(request, slug, number)
    if request.method == "POST":
        services.take_side(place.round, by=place.actor)
        return place.to("desk", number)
    if place.side is None:
        context = {"collaboration": place.collaboration, "round": place.round, "mine": place.mine}
        return show(request, "evaluations/side.html", context)
    if place.round.status != Status.OPEN or place.side in queries.sealed_in(place.round):
        return place.back()
    place = _own(place)
    found = queries.desk_of(place.round, place.actor)
    first = found.missing[0] if found.missing else None
    context = _about(place) | {
        "views": [(view.label, _rows(place, found, view)) for view in View],
        "done": len(found.answered),
        "count": len(found.asked),
        "next": first,
        "begun": bool(found.written),
    }
    return show(request, "evaluations/desk.html", context)


def _about(place: Side) -> dict[str, object]:
    """Return what every page of the desk shows. Costs one query."""
    segments = queries.ring_of(place.round, frozenset())
    return {
        "collaboration": place.collaboration,
        "round": place.round,
        "names": {segment.party: segment.name for segment in segments},
        "party": place.mine.get(place.side or 0, ""),
        "speaks": place.side in place.speaks,
        "writes": place.writes,
        "late": queries.is_late(place.round),
    }


def _rows(place: Side, found: Desk, view: View) -> list[tuple[Question, bool]]:
    return [(question, question.key in found.answered) for question in in_view(place.round.asked, view)]


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def answer(request: Request, slug: str, number: int, key: str) -> HttpResponse:
    """Show one question and take its answer; then the next one."""
    place = side_of(request, slug, number)
    asked = place.round.asked
    at = next((at for at, question in enumerate(asked) if question.key == key), None)
    if at is None:
        raise Http404
    if place.side is None:
        return place.to("desk", number)
    if request.method != "POST" and (
        place.round.status != Status.OPEN or place.side in queries.sealed_in(place.round)
    ):
        return place.back()
    place = _own(place)
    form, refusal, status = None, None, 200
    if request.method == "POST":
        form, status = AnswerForm(request.POST, question=asked[at]), 400
        if form.is_valid():
            try:
                _save(place, key, form.sketch, form.cleaned_data["seen"] or 0)
            except Refused as caught:
                refusal, status = caught, caught.status
            else:
                return _onwards(place, at)
    written = queries.desk_of(place.round, place.actor).of(key)
    start = {"choice": written.sketch.choice, "words": written.sketch.words, "seen": written.revision}
    moved = isinstance(refusal, Conflict)
    context = _about(place) | {
        "question": asked[at],
        "at": at + 1,
        "count": len(asked),
        "before": asked[at - 1] if at else None,
        "after": asked[at + 1] if at + 1 < len(asked) else None,
        "form": form or AnswerForm(initial=start, question=asked[at]),
        "seen": written.revision if moved or form is None else form["seen"].value() or 0,
        "refusal": refusal,
        "theirs": _in_words(asked[at], written.sketch) if moved else "",
        "ours": _in_words(asked[at], form.sketch) if moved and form else "",
        "who": _name(written.person, place) if moved else "",
    }
    return show(request, "evaluations/answer.html", context, status=status)


def _save(place: Side, key: str, sketch: Sketch, seen: int) -> int:
    draft = services.save_draft(place.round, key=key, sketch=sketch, seen=seen, by=place.actor)
    return draft.revision


def _onwards(place: Side, at: int) -> HttpResponse:
    """Lead to the next question; after the last one, back to the desk."""
    asked = place.round.asked
    if at + 1 < len(asked):
        return place.to("answer", place.round.number, asked[at + 1].key)
    return place.to("desk", place.round.number)


def _in_words(question: Question, sketch: Sketch) -> str:
    """Return an answer as somebody reads it who compares two of them."""
    if sketch.choice.isdigit():
        chosen = f"{sketch.choice}　{question.words[int(sketch.choice) - 1]}"
    else:
        chosen = _("わからない") if sketch.choice else _("まだえらんでいません")
    return f"{chosen}\n{sketch.words}".strip()


def _name(person: int | None, place: Side) -> str:
    """Return who of the same party was faster. Costs one query."""
    found = User.objects.filter(pk=person).values_list("name", flat=True).first() if person else None
    return found or place.mine.get(place.side or 0, "")


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def draft(request: Request, slug: str, number: int, key: str) -> HttpResponse:
    """Keep what is being typed, in the party's envelope; the twin of /people/drafts/, which would keep it readable.

    204 with the new revision in `Draft-Seen`. GET gives nothing back: the page itself shows what is kept.
    """
    place = side_of(request, slug, number)
    if place.side is None or place.round.status in TOLD:
        raise Http404
    if request.method != "POST":
        return JsonResponse({})
    if int(request.META.get("CONTENT_LENGTH") or 0) > DRAFT_BYTES:
        return HttpResponse(_("下書きが大きすぎます。文を短くしてください。"), status=413)
    place = _own(place)
    seen = request.POST.get("seen", "")
    words = request.POST.get("words", "").replace("\0", "").replace("\r\n", "\n").strip()
    if len(words) > LONGEST:
        raise Invalid(_("ひとことは、1000文字までで書いてください。"))
    revision = _save(
        place,
        key,
        Sketch(request.POST.get("choice", ""), words),
        int(seen) if seen.isascii() and seen.isdigit() and len(seen) < 10 else 0,
    )
    return HttpResponse(status=204, headers={"Draft-Seen": str(revision)})


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@recent_confirmation_required
def seal(request: Request, slug: str, number: int) -> HttpResponse:
    """Show everything the party has answered once more, and let its representative seal exactly that."""
    place = side_of(request, slug, number)
    if place.side is None:
        return place.to("desk", number)
    place = _own(place)
    refusal = None
    if request.method == "POST":
        try:
            found = services.seal(place.round, seen=request.POST.get("seen", ""), by=place.actor)
        except Refused as caught:
            refusal = caught
        else:
            messages.success(request, _said(found.status))
            return place.back()
    if place.round.status != Status.OPEN or place.side in queries.sealed_in(place.round):
        if refusal:
            raise refusal
        return place.back()
    found_desk = queries.desk_of(place.round, place.actor)
    context = _about(place) | {
        "views": [(view.label, _read(place, found_desk, view)) for view in View],
        "missing": found_desk.missing,
        "seen": found_desk.mark,
        "refusal": refusal,
    }
    return show(request, "evaluations/seal.html", context, status=refusal.status if refusal else 200)


def _said(status: str) -> str:
    if status in TOLD:
        return _("封をしました。全員の封がそろったので、同時に開きました。")
    return _("封をしました。全員がそろうか、締め切りがすぎると、同時に開きます。")


def _read(place: Side, found: Desk, view: View) -> list[tuple[Question, str]]:
    return [
        (question, _in_words(question, found.of(question.key).sketch))
        for question in in_view(place.round.asked, view)
    ]
