"""The page of the desk on which a round is judged: check, progress, order, decisions, objections. And the result."""

from collections.abc import Callable, Mapping

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.forms import Form
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from wanowa.kernel.actors import Actor
from wanowa.kernel.errors import Invalid, Refused
from wanowa.proposals.forms.judging import (
    CheckForm,
    DecisionForm,
    EndForm,
    ObjectionAnswerForm,
    OnwardForm,
    WordsForm,
)
from wanowa.proposals.models import Decision, Judging, Objection, Proposal, Round
from wanowa.proposals.queries import judging as queries
from wanowa.proposals.rules.judging import Phase
from wanowa.proposals.rules.lifecycle import Onward, RoundStatus, Status
from wanowa.proposals.rules.stages import StageKey
from wanowa.proposals.services import judging as services
from wanowa.web.pages import show
from wanowa.web.requests import Request

SHOWN = frozenset({RoundStatus.JUDGING, RoundStatus.DECIDED, RoundStatus.FINISHED})
"""From here on a round has a page of its judging, and of its result."""


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def judging(request: Request, pk: int) -> HttpResponse:
    """Show the desk what is to be done now, and take it; `?about=` opens the form about one proposal.

    Before the sheets open it shows how many are sealed, never a score. Costs at most twelve queries.
    """
    found = Round.objects.filter(pk=pk, status__in=SHOWN).first()
    if found is None or not getattr(request.user, "is_coordinator", False):
        raise Http404
    state = queries.judging_of(found) or Judging(round=found)
    state.round = found
    about = _about(request, found)
    form = _form(request, state, about)
    refusal, status = None, 200
    if request.method == "POST":
        try:
            done = _done(request, state, about, form)
        except Refused as caught:
            refusal, status = caught, caught.status
        else:
            if done:
                messages.success(request, done)
                return redirect("proposals:judging", pk)
            status = 400
    context = _shown(state) | {
        "round": found,
        "judging": state,
        "about": about,
        "form": form,
        "minutes_form": _minutes(request),
        "end_form": EndForm(request.POST if request.POST.get("answer") == "end" else None),
        "refusal": refusal,
    }
    return show(request, "proposals/judging.html", context, status=status)


def _about(request: Request, found: Round) -> Proposal | None:
    """Return the proposal that form or address name; 404 for one of another round. Costs one query, none without."""
    named = request.POST.get("about", request.GET.get("about", ""))
    if not named:
        return None
    known = Proposal.objects.filter(round=found, submitted_at__isnull=False).select_related("party")
    about = (
        known.filter(pk=int(named)).first()
        if named.isascii() and named.isdigit() and len(named) < 19
        else None
    )
    if about is None:
        raise Http404
    return about


def _form(request: Request, state: Judging, about: Proposal | None) -> Form | None:
    """Return the form that belongs to the phase, about one proposal."""
    if about is None:
        return None
    typed = request.POST if request.method == "POST" else None
    match state.phase:
        case Phase.CHECKING if about.status == Status.MATCHING:
            return OnwardForm(typed)
        case Phase.CHECKING if about.status == Status.SUBMITTED:
            return CheckForm(typed)
        case Phase.OPENED:
            kept = Decision.objects.filter(proposal=about).first()
            start = {"outcome": kept.outcome, "amount": kept.amount, "reasons": kept.reasons} if kept else {}
            return DecisionForm(typed, initial=start | {"seen": kept.revision if kept else 0})
        case Phase.ANNOUNCED if Objection.objects.filter(proposal=about, answered_at__isnull=True).exists():
            return ObjectionAnswerForm(typed)
    return None


def _minutes(request: Request) -> WordsForm:
    typed = request.POST if request.POST.get("answer") == "minutes" else None
    label, hint = _("話し合いの記録"), _("結果を知らせるときに、だれでも読めるようになります。")
    return WordsForm(typed, label=label, limit=4000, hint=hint, prefix="minutes")


def _done(request: Request, state: Judging, about: Proposal | None, form: Form | None) -> str:
    """Do what the desk asked for and return what to tell it; '' when a form has to be corrected."""
    by, answer = Actor(request.user.pk), request.POST.get("answer")
    if answer == "minutes":
        minutes = _minutes(request)
        if not minutes.is_valid():
            raise Invalid(_("話し合いの記録を、4000文字までで書いてください。"))
        services.keep_minutes(state.round, text=minutes.text, by=by)
        return _("話し合いを記録しました。")
    if answer == "end":
        ending = EndForm(request.POST)
        if not ending.is_valid():
            return ""
        services.end_unjudged(state.round, reason=ending.cleaned_data["reason"], by=by)
        return _("募集を終えました。わけは、だれでも読めます。")
    if answer in _STEPS:
        step, said = _STEPS[answer]
        step(state.round, by=by)
        return str(said())
    if about is None or form is None:
        raise Invalid(_("どの操作かがわかりません。ボタンをもう一度押してください。"))
    return _one(about, form, by) if form.is_valid() else ""


def _one(about: Proposal, form: Form, by: Actor) -> str:
    match form:
        case CheckForm():
            if services.check(about, findings=form.findings, by=by).admitted:
                return _("確かめました。審査に進みます。")
            return _("書きたしてほしいことを、提案した人に知らせました。")
        case OnwardForm():
            typed = form.cleaned_data
            services.send_on(about, onward=Onward(typed["onward"]), reason=typed["reason"], by=by)
            return _("このあとを決めて、提案した人に知らせました。")
        case DecisionForm():
            services.prepare(about, verdict=form.verdict, seen=form.revision, by=by)
            return _("結果の案を残しました。まだだれにも知らせていません。")
        case ObjectionAnswerForm():
            services.answer_objection(
                about,
                answer=form.cleaned_data["reply"],
                changed=form.is_changed,
                amount=form.cleaned_data["amount"],
                by=by,
            )
            return _("申し立てに答えました。提案した人に知らせました。")
    raise Invalid(_("どの操作かがわかりません。ボタンをもう一度押してください。"))


_STEPS: Mapping[str | None, tuple[Callable[..., object], Callable[[], object]]] = {
    "begin": (services.begin_scoring, lambda: _("審査を始めました。審査する人に知らせました。")),
    "announce": (services.announce, lambda: _("結果を、すべての提案者に同時に知らせました。")),
    "finish": (services.finish, lambda: _("この募集を終えました。")),
}


def _shown(state: Judging) -> dict[str, object]:
    """Return what the page shows in each phase."""
    found = state.round
    if found.status == RoundStatus.FINISHED and state.phase == Phase.CHECKING:
        return {"over": True}
    match state.phase:
        case Phase.CHECKING:
            waiting = found.proposals.filter(submitted_at__isnull=False).select_related("party")
            return {
                "proposals": list(waiting.order_by("pk")),
                "until": queries.last_day(found, StageKey.CHECK),
                "nothing_left": not queries.left_to_judge(found).exists(),
            }
        case Phase.SCORING:
            until = queries.last_day(found, StageKey.SCORING)
            return {"progress": queries.progress_in(found), "until": until}
    return {
        "lines": queries.lines_of(state),
        "minutes": list(state.minutes.order_by("pk")),
        "objections": queries.objections_in(found) if state.phase == Phase.ANNOUNCED else [],
    } | _ending(state)


def _ending(state: Judging) -> dict[str, object]:
    """Return whether a round with results can be put away, and else what it waits for."""
    if state.phase != Phase.ANNOUNCED or state.round.status != RoundStatus.DECIDED:
        return {}
    waiting = services.awaited_before_the_end(state)
    return {"before_the_end": waiting, "may_finish": not waiting}


@require_safe
def result(request: Request, pk: int) -> HttpResponse:
    """Answer /proposals/rounds/<pk>/result/: before the announcement where the judging stands, then what came out.

    Shows of it what the round declared before anybody wrote. Costs at most eight queries.
    """
    found = Round.objects.filter(pk=pk, status__in=SHOWN).first()
    if found is None:
        raise Http404
    state = queries.judging_of(found) or Judging(round=found)
    state.round = found
    told = state.phase == Phase.ANNOUNCED
    lines = queries.public_result(state)
    context = {
        "round": found,
        "judging": state,
        "lines": lines,
        "adopted": sum(line.adopted for line in lines),
        "criteria": queries.criteria_of(found),
        "minutes": list(state.minutes.order_by("pk")) if told else [],
        "until": queries.last_day(found, StageKey.DECISION),
    }
    return show(request, "proposals/result.html", context, cases=("proposals", "parties"))
