"""The pages of a reviewer: what waits, and one proposal to read, to ask about and to score, alone."""

from datetime import date

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.forms import Form
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from wanowa.kernel.actors import Actor
from wanowa.kernel.errors import Conflict, Forbidden, Invalid, Refused
from wanowa.kernel.rows import only
from wanowa.proposals.forms.judging import DeclareForm, SheetForm, WordsForm, typed_before
from wanowa.proposals.models import Judging, Proposal, Reviewer
from wanowa.proposals.queries import judging as queries
from wanowa.proposals.rules.judging import Phase
from wanowa.proposals.rules.lifecycle import RoundStatus
from wanowa.proposals.rules.stages import StageKey
from wanowa.proposals.services import judging as services
from wanowa.web.pages import show
from wanowa.web.requests import Request


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def reviews(request: Request) -> HttpResponse:
    """Show where a person judges and what is left to do; take, before anything is read, what she has to do with whom.

    Costs one query, and at most nine for each round in which she judges.
    """
    held = queries.reviewing(request.user.pk or 0)
    form, status = None, 200
    if request.method == "POST":
        asked = next((one for one in held if str(one.pk) == request.POST.get("reviewer")), None)
        if asked is None:
            raise Forbidden(_("この募集を審査する人だけができます。"))
        form = DeclareForm(request.POST, parties=queries.parties_in(asked.round))
        status = 400
        if form.is_valid():
            related = form.cleaned_data["related"]
            try:
                services.declare(asked.round, related=related, by=Actor(request.user.pk))
            except Refused as refusal:
                form.add_error(None, str(refusal))
                status = refusal.status
            else:
                messages.success(request, _("申し出を受けとりました。提案を読めます。"))
                return redirect("proposals:reviews")
    tasks = [_task(one, form if str(one.pk) == request.POST.get("reviewer") else None) for one in held]
    context = {"tasks": sorted(tasks, key=lambda task: task["order"])}  # type: ignore[arg-type, return-value]
    return show(request, "proposals/reviews.html", context, status=status)


def _task(reviewer: Reviewer, typed: Form | None) -> dict[str, object]:
    found = reviewer.round
    scoring = found.judging.phase == Phase.SCORING
    declared = queries.declaration_of(reviewer) is not None
    asks = scoring and not declared
    rows = queries.rows_of(reviewer) if declared else []
    until = queries.last_day(found, StageKey.SCORING)
    return {
        "order": _order(found.judging, until, waits=not declared or any(not row.is_done for row in rows)),
        "reviewer": reviewer,
        "round": found,
        "judging": found.judging,
        "until": until,
        "form": (typed or DeclareForm(parties=queries.parties_in(found))) if asks else None,
        "rows": rows,
    }


def _order(judging: Judging, until: date, *, waits: bool) -> tuple[int, int]:
    """Return what to sort by: what waits for the reviewer, the most urgent first; what is over, last."""
    if judging.phase == Phase.SCORING and waits:
        return 0, until.toordinal()
    over = judging.phase == Phase.ANNOUNCED or judging.round.status == RoundStatus.FINISHED
    return (2, 0) if over else (1, 0)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def review(request: Request, pk: int) -> HttpResponse:
    """Show one proposal to a reviewer, names covered where the round is blind, and take her scores and questions.

    Costs at most twenty-one queries, however long the proposal is.
    """
    proposal = only(Proposal.objects.select_related("round__judging").filter(pk=pk))
    reviewer = queries.reviewer_in(proposal.round, request.user.pk) if proposal else None
    if proposal is None or reviewer is None or proposal.status not in queries.JUDGED:
        raise Http404
    if queries.declaration_of(reviewer) is None:
        return redirect("proposals:reviews")
    reading = queries.reading_of(proposal, reviewer)
    criteria = queries.criteria_of(proposal.round)
    ask = WordsForm(
        request.POST if request.POST.get("answer") == "ask" else None,
        label=_("提案した人への質問"),
        limit=400,
        hint=_("ほかの審査する人も読みます。あなたの名前は出ません。"),
        prefix="ask",
    )
    scored = request.method == "POST" and request.POST.get("answer") in {"keep", "seal"}
    own = queries.own_sheet(proposal, reviewer)
    sheet = SheetForm(request.POST if scored else None, criteria=criteria, initial=typed_before(own))
    refusal, status = None, 200
    if request.method == "POST":
        try:
            done = _done(request, proposal, sheet, ask)
        except Refused as caught:
            refusal, status = caught, caught.status
            if isinstance(caught, Conflict):
                sheet.data = {**request.POST.dict(), "seen": own.revision}
        else:
            if done:
                messages.success(request, done)
                return redirect(
                    "proposals:reviews" if request.POST.get("answer") in _LEAVES else request.path
                )
            status = 400
    told = proposal.round.judging.is_told
    context = {
        "proposal": proposal,
        "round": proposal.round,
        "reading": reading,
        "own": own,
        "sheet": sheet,
        "ask": ask,
        "refusal": refusal,
        "scoring": proposal.round.judging.phase == Phase.SCORING,
        "until": queries.last_day(proposal.round, StageKey.SCORING),
        "questions_until": queries.last_day(proposal.round, StageKey.QUESTIONS),
        "sheets": queries.sheets_about(proposal) if told else [],
    }
    return show(request, "proposals/review.html", context, status=status)


_LEAVES = frozenset({"seal", "stand_back"})


def _done(request: Request, proposal: Proposal, sheet: SheetForm, ask: WordsForm) -> str:
    """Do what the reviewer asked for and return what to tell her; '' when a form has to be corrected."""
    by = Actor(request.user.pk)
    match request.POST.get("answer"):
        case "keep":
            if sheet.is_valid():
                services.save_sheet(proposal, sheet=sheet.sheet, seen=sheet.revision, by=by)
                return _("下書きを残しました。あなただけが読めます。")
        case "seal":
            if sheet.is_valid():
                judging = services.seal_sheet(proposal, sheet=sheet.sheet, seen=sheet.revision, by=by)
                if judging.is_told:
                    return _("封をしました。全員の封がそろったので、同時に開きました。")
                return _("封をしました。全員がそろうか、最後の日がすぎると、同時に開きます。")
        case "ask":
            if ask.is_valid():
                services.inquire(proposal, text=ask.text, by=by)
                return _("質問を送りました。答えは、このページに出ます。")
        case "stand_back":
            services.stand_back(proposal, by=by)
            return _("この提案の審査から外れました。")
        case _:
            raise Invalid(_("どの操作かがわかりません。ボタンをもう一度押してください。"))
    return ""
