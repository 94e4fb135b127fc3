"""The page of a proposer after handing in: what is missing, questions, the result, objecting, the money, the start."""

from collections.abc import Callable

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from wanowa.kernel.actors import Actor
from wanowa.kernel.errors import Invalid, Refused
from wanowa.parties.queries import held_by
from wanowa.parties.rules import SPEAKS, WRITES
from wanowa.proposals.forms.gate import ReasonForm
from wanowa.proposals.forms.judging import PitchForm, WordsForm
from wanowa.proposals.models import Award, Budget, Inquiry, Judging, Objection, Pitch, Proposal, Recording
from wanowa.proposals.queries import judging as queries
from wanowa.proposals.queries.proposals import partners_of, proposal_at, writers_of
from wanowa.proposals.rules.judging import AwardStatus, Phase, shows_files
from wanowa.proposals.rules.lifecycle import Status
from wanowa.proposals.rules.stages import StageKey
from wanowa.proposals.services import gate, judging
from wanowa.web.pages import show
from wanowa.web.requests import Request


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def outcome(request: Request, pk: int) -> HttpResponse:
    """Show what became of a proposal to the parties around it, and take what the proposer says to it.

    404 for everybody else, and before it was handed in. Costs at most sixteen queries.
    """
    proposal = proposal_at(pk)
    if proposal is None or proposal.submitted_at is None:
        raise Http404
    around = writers_of(proposal, partners_of(proposal)) | {proposal.department_id}
    mine = {one.party.id: one for one in held_by(request.user) if one.party.id in around}
    if not mine:
        raise Http404
    own = mine.get(proposal.party_id)
    acting = proposal.party_id if own else next(iter(mine))
    by = Actor(request.user.pk, acting)
    pitch = Pitch.objects.filter(proposal=proposal).select_related("recording").first()
    forms = _forms(request, proposal, pitch)
    refusal, status = None, 200
    if request.method == "POST":
        try:
            done = _done(request, proposal, forms, by)
        except Refused as caught:
            refusal, status = caught, caught.status
        else:
            if done:
                messages.success(request, done)
                return redirect("proposals:outcome", pk)
            status = 400
    context = (
        _shown(proposal)
        | forms
        | {
            "proposal": proposal,
            "pitch": pitch,
            "recording": getattr(pitch, "recording", None),
            "proposing": own is not None and own.role in WRITES,
            "speaks": own is not None and own.role in SPEAKS,
            "writes": any(one.role in WRITES for one in mine.values()),
            "refusal": refusal,
        }
    )
    return show(request, "proposals/outcome.html", context, status=status)


def _forms(request: Request, proposal: Proposal, pitch: Pitch | None) -> dict[str, WordsForm | ReasonForm]:
    """Return the forms of the page, filled in with what was typed into one of them."""
    answer = request.POST.get("answer", "")

    def typed(name: str) -> object:
        return request.POST if answer == name else None

    return {
        "pitch_form": PitchForm(
            typed("pitch"),
            request.FILES if answer == "pitch" else None,
            records=shows_files(blind=proposal.round.blind),
            initial={"text": pitch.text if pitch else ""},
            prefix="pitch",
        ),
        "reply_form": WordsForm(
            typed("reply"),
            label=_("答え"),
            limit=1000,
            hint=_("審査する人が読みます。"),
            prefix="reply",
        ),
        "objection_form": WordsForm(
            typed("object"),
            label=_("どこが、なぜちがうと思いますか"),
            limit=4000,
            hint=_("協働の窓口が読んで、わけをつけて答えます。"),
            prefix="object",
        ),
        "decline_form": ReasonForm(typed("decline"), prefix="decline"),  # type: ignore[arg-type]
    }


def _done(request: Request, proposal: Proposal, forms: dict[str, WordsForm | ReasonForm], by: Actor) -> str:
    """Do what was asked for and return what to tell; '' when a form has to be corrected."""
    match request.POST.get("answer"):
        case "pitch":
            return _pitched(forms["pitch_form"], proposal, by)
        case "unrecord":
            judging.unrecord(_recording(proposal), by=by)
            return _("録音や動画を外しました。書いた文は、そのままです。")
        case "reply":
            inquiry = _inquiry(request, proposal)
            return _said(forms["reply_form"], lambda text: judging.answer_inquiry(inquiry, text=text, by=by))
        case "object":
            return _said(
                forms["objection_form"], lambda text: judging.file_objection(proposal, text=text, by=by)
            )
        case "agree":
            gate.agree(_award(proposal), seen=_number(request, "seen"), by=by)
            return _("金額に同意しました。予算の成立を待ちます。")
        case "decline":
            form = forms["decline_form"]
            if not form.is_valid():
                return ""
            gate.decline(_award(proposal), reason=form.cleaned_data["reason"], by=by)
            return _("採択を辞退しました。")
        case "begin":
            gate.begin(_award(proposal), by=by)
            return _("協働の話し合いを始めました。内容は、提案から書いてあります。")
    raise Invalid(_("どの操作かがわかりません。ボタンをもう一度押してください。"))


def _said(form: WordsForm | ReasonForm, act: Callable[[str], object]) -> str:
    if not form.is_valid():
        return ""
    act(form.cleaned_data["text"])
    return _("受けとりました。")


def _pitched(form: WordsForm | ReasonForm, proposal: Proposal, by: Actor) -> str:
    recording = form.recording if form.is_valid() and isinstance(form, PitchForm) else None
    return _said(form, lambda text: judging.pitch(proposal, text=text, recording=recording, by=by))


def _recording(proposal: Proposal) -> Recording:
    found = Recording.objects.filter(pitch__proposal=proposal).select_related("pitch").first()
    if found is None:
        raise Refused(_("録音や動画は、もうついていません。ページを開きなおしてください。"))
    found.pitch.proposal = proposal
    return found


def _award(proposal: Proposal) -> Award:
    found = Award.objects.filter(proposal=proposal).select_related("proposal").first()
    if found is None:
        raise Refused(_("この提案は、採択されていません。"))
    return found


def _inquiry(request: Request, proposal: Proposal) -> Inquiry:
    found = Inquiry.objects.filter(proposal=proposal, pk=_number(request, "inquiry")).first()
    if found is None:
        raise Invalid(_("その質問はありません。ページを開きなおしてください。"))
    found.proposal = proposal
    return found


def _number(request: Request, name: str) -> int:
    typed = request.POST.get(name, "")
    return int(typed) if typed.isascii() and typed.isdigit() and len(typed) < 19 else 0


def _shown(proposal: Proposal) -> dict[str, object]:
    found, today = proposal.round, timezone.localdate()
    state = queries.judging_of(found) or Judging(round=found)
    state.round = found
    told = state.phase == Phase.ANNOUNCED
    decision = queries.decision_about(proposal) if told else None
    award = Award.objects.filter(proposal=proposal).select_related("collaboration").first() if told else None
    budget = Budget.objects.filter(fiscal_year=award.fiscal_year).first() if award else None
    questions_end = queries.last_day(found, StageKey.QUESTIONS)
    objection_until = judging.objection_until(state) if told else None
    return {
        "round": found,
        "judging": state,
        "missing": queries.missing_of(proposal),
        "check_until": queries.last_day(found, StageKey.CHECK),
        "returned": proposal.status == Status.RETURNED,
        "inquiries": list(Inquiry.objects.filter(proposal=proposal).order_by("pk")),
        "records": shows_files(blind=found.blind),
        "may_pitch": state.phase in {Phase.CHECKING, Phase.SCORING} and today <= questions_end,
        "questions_end": questions_end,
        "may_reply": state.phase == Phase.SCORING,
        "decision": decision,
        "sheets": queries.sheets_about(proposal) if told else [],
        "objection": Objection.objects.filter(proposal=proposal).first() if told else None,
        "objection_until": objection_until,
        "may_object": objection_until is not None and today <= objection_until,
        "award": award,
        "budget": budget,
        "may_begin": bool(award and budget and award.status == AwardStatus.WAITING),
    }
