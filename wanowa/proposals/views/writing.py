"""Writing the questions on one page, by several people at once; what is typed is kept; and handing in."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.db import transaction
from django.http import HttpResponse, JsonResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from wanowa.kernel.errors import Forbidden, Invalid, Refused
from wanowa.kernel.text import graphemes
from wanowa.proposals.forms.writing import AnswersForm, read_seen, seen_of
from wanowa.proposals.queries.proposals import (
    Written,
    answers_of,
    rivals_of,
    texts_of,
    unsolved_in,
    written,
)
from wanowa.proposals.queries.rounds import apply_end, calendar_of, opens_on
from wanowa.proposals.rules.lifecycle import PROPOSAL, Move, PartnerState, Status
from wanowa.proposals.rules.questions import asked, shortcomings
from wanowa.proposals.rules.told import digest_of_answers
from wanowa.proposals.services import submitting
from wanowa.proposals.services import writing as services
from wanowa.proposals.views.place import Place, acting, writer
from wanowa.web.arrival import arrived, counts_arrival
from wanowa.web.pages import show
from wanowa.web.requests import Request

BYTES = 1_000_000
"""Of what is being typed; far above all questions together."""


@never_cache
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def write(request: Request, pk: int) -> HttpResponse:
    """Write the answers. What others wrote meanwhile is brought together with it; nobody's text is lost."""
    place = writer(request, pk)
    PROPOSAL.after(Status(place.proposal.status), Move.WRITE)
    answers = answers_of(place.proposal)
    found = written(place.proposal, answers)
    form, status = AnswersForm(found), 200
    if request.method == "POST":
        form, status = AnswersForm(found, request.POST), 400
        if form.is_valid():
            try:
                if _saved(request, place, form):
                    messages.success(request, _("保存しました。"))
                    stay = request.POST.get("stay") or request.POST.get("choose")
                    return redirect(request.path) if stay else place.back()
            except Refused as refusal:
                form.add_error(None, str(refusal))
                status = refusal.status
            else:
                answers = answers_of(place.proposal)
                found = written(place.proposal, answers)
                form, status = AnswersForm(found), 200
    page = _page(place, form, found, unsolved_in(answers))
    return show(request, "proposals/write.html", page, status=status)


def _saved(request: Request, place: Place, form: AnswersForm) -> bool:
    """Save what was typed, and which of two texts was chosen. False when two wrote at one place just now."""
    key, _dot, choice = request.POST.get("choose", "").partition(".")
    revision, _dot, kept = choice.partition(".")
    texts = _changed(request, form)
    if key:
        texts.pop(key, None)
    by = acting(request, place.writes_for)
    with transaction.atomic():
        saved = services.save_answers(
            place.proposal, texts, seen=read_seen(request.POST.get("seen", "")), by=by
        )
        if key:
            seen = int(revision) if revision.isascii() and revision.isdigit() and len(revision) < 10 else -1
            services.choose(place.proposal, key, seen=seen, other=kept == "other", by=by)
    return not any(one.both for one in saved)


def _changed(request: Request, form: AnswersForm) -> dict[str, str]:
    """Return what was typed, but not the questions that a smaller form (an older page) did not send."""
    return {key: text for key, text in form.texts().items() if key in request.POST}


def _page(place: Place, form: AnswersForm, found: list[Written], both: list[str]) -> dict[str, object]:
    rivals = rivals_of(place.proposal) if both else {}
    labels = {str(one.question.key): str(one.question.key.label) for one in found}
    return {
        "place": place,
        "proposal": place.proposal,
        "form": form,
        "rows": [
            (
                form[str(one.question.key)],
                one.question.limit,
                graphemes(one.text),
                one.question.required,
                {"line": one.question.line, "text": rivals.get(str(one.question.key), ""), "at": one.revision}
                if str(one.question.key) in both
                else None,
            )
            for one in found
        ],
        "seen": seen_of(found),
        "both": [(labels[key], key) for key in both if key in labels],
        "mine": place.writes_for,
        "deadline": apply_end(place.proposal.round),
        "opens_on": opens_on(place.proposal.round),
        "days": calendar_of(place.proposal.round),
        "trail": place.trail(pgettext("verb", "書く")),
    }


@never_cache
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def draft(request: Request, pk: int) -> HttpResponse:
    """Keep what is being typed: 204 with the revisions of the writer's own text in `Draft-Seen`.

    GET gives nothing back: the page itself shows what is kept.
    """
    place = writer(request, pk)
    if request.method != "POST":
        return JsonResponse({})
    if int(request.META.get("CONTENT_LENGTH") or 0) > BYTES:
        return HttpResponse(_("下書きが大きすぎます。文を短くしてください。"), status=413)
    found = written(place.proposal, answers_of(place.proposal))
    form = AnswersForm(found, request.POST)
    if not form.is_valid():
        raise Invalid(_("下書きに、読めない文字があります。「保存する」を押すと、どこかがわかります。"))
    seen = dict(read_seen(request.POST.get("seen", "")))
    saved = services.save_answers(
        place.proposal, _changed(request, form), seen=seen, by=acting(request, place.writes_for)
    )
    seen |= {one.key: one.base for one in saved}
    said = "-".join(f"{one.question.key}.{seen.get(str(one.question.key), 0)}" for one in found)
    return HttpResponse(status=204, headers={"Draft-Seen": said})


@counts_arrival
@never_cache
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def submit(request: Request, pk: int) -> HttpResponse:
    """Show everything once more, and hand in exactly that: once, with a receipt number."""
    place = writer(request, pk)
    if not place.proposer:
        raise Forbidden(_("出せるのは、提案する主体の代表か担当の人です。"))
    refusal = None
    if request.method == "POST":
        try:
            services_found = submitting.submit(
                place.proposal,
                seen=request.POST.get("seen", ""),
                arrived=arrived(request),
                by=place.as_proposer,
            )
        except Refused as caught:
            refusal = caught
        else:
            messages.success(
                request,
                _("受けつけました。受付番号は %(receipt)s です。") % {"receipt": services_found.receipt},
            )
            return place.back()
    if Move.SUBMIT not in PROPOSAL.allowed(Status(place.proposal.status)):
        if refusal:
            raise refusal
        return place.back()
    answers = answers_of(place.proposal)
    texts = texts_of(place.proposal, answers)
    questions = asked(place.proposal.round.questions)
    missing = shortcomings(questions, texts, place.proposal.round.cap, unsolved_in(answers))
    context = {
        "place": place,
        "proposal": place.proposal,
        "texts": [(one, missing.get(str(one.question.key), "")) for one in written(place.proposal, answers)],
        "missing": len(missing),
        "seen": digest_of_answers(texts),
        "deadline": apply_end(place.proposal.round),
        "opens_on": opens_on(place.proposal.round),
        "alone": not any(one.state == PartnerState.JOINED for one in place.partners),
        "refusal": refusal,
        "trail": place.trail(_("出す")),
    }
    return show(request, "proposals/submit.html", context, status=refusal.status if refusal else 200)
