"""The page of a proposal: what it says, who does it together, the room where all sides talk; paper."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.forms import Form
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from wanowa.collaborations.queries import beginnings_of
from wanowa.kernel.actors import Actor
from wanowa.kernel.errors import Forbidden, Invalid, Refused
from wanowa.kernel.languages import in_japanese
from wanowa.parties.rules import SPEAKS
from wanowa.press.printing import printed
from wanowa.proposals.forms.ideas import MessageForm
from wanowa.proposals.forms.writing import FileForm, PartnerForm, StatementForm, WordForm
from wanowa.proposals.models import Attachment, Partner, Round
from wanowa.proposals.queries.paper import paper_of
from wanowa.proposals.queries.proposals import answers_of, statements_of, talk_of, unsolved_in, written
from wanowa.proposals.queries.reaching import reachable
from wanowa.proposals.queries.rounds import open_rounds
from wanowa.proposals.rules.lifecycle import (
    PROPOSAL,
    SEEKING,
    Kind,
    Move,
    PartnerState,
    RoundStatus,
    Status,
    finds_partners,
    may_go_on,
)
from wanowa.proposals.rules.questions import QuestionKey, asked, shortcomings
from wanowa.proposals.services import partnering, talking, writing
from wanowa.proposals.services.talking import BEFORE_JUDGING, TALKING
from wanowa.proposals.views.place import Place, acting, place_of
from wanowa.record.queries import highlights, narrate
from wanowa.web.pages import show
from wanowa.web.requests import Request

type Forms = dict[str, Form]
FORMS: dict[str, type[Form]] = {
    "speak": MessageForm,
    "state": StatementForm,
    "offer": WordForm,
    "attach": FileForm,
}


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def proposal(request: Request, pk: int) -> HttpResponse:
    """Show a proposal to those around it, with everything they can do; its call for partners to everybody."""
    place = place_of(request, pk)
    act = request.POST.get("act", "")
    bound: Forms = {
        name: shape(request.POST if act == name else None)
        for name, shape in FORMS.items()
        if name != "attach"
    }
    bound["attach"] = FileForm(
        request.POST if act == "attach" else None, request.FILES if act == "attach" else None
    )
    asking = PartnerForm(reachable(place.proposal, place.partners), request.POST if act == "ask" else None)
    bound["ask"] = asking
    refusal = None
    if request.method == "POST":
        try:
            if answer := _move(request, place, act, bound):
                return answer
        except Refused as caught:
            refusal = caught
    status = refusal.status if refusal else 400 if any(form.errors for form in bound.values()) else 200
    if not place.reads:
        return show(request, "proposals/call.html", _call(place, bound, refusal), status=status)
    return show(request, "proposals/proposal.html", _inside(place, bound, refusal), status=status)


def _call(place: Place, bound: Forms, refusal: Refused | None) -> dict[str, object]:
    answers = answers_of(place.proposal)
    summary = answers.get(QuestionKey.SUMMARY)
    own = {one.party_id for one in place.partners}
    return {
        "place": place,
        "proposal": place.proposal,
        "summary": summary.text if summary else "",
        "form": bound["offer"],
        "able": {party: name for party, name in place.writing.items() if party not in own},
        "offered": any(one.party_id in place.writing for one in place.partners),
        "refusal": refusal,
        "trail": place.trail(),
    }


def _inside(place: Place, bound: Forms, refusal: Refused | None) -> dict[str, object]:
    answers = answers_of(place.proposal)
    texts = written(place.proposal, answers)
    questions = asked(place.proposal.round.questions)
    missing = shortcomings(
        questions,
        {str(one.question.key): one.text for one in texts},
        place.proposal.round.cap,
        unsolved_in(answers),
    )
    together = [one for one in place.partners if one.state == PartnerState.JOINED]
    status = Status(place.proposal.status)
    may_go = place.proposer and may_go_on(status, RoundStatus(place.proposal.round.status))
    later = place.proposal.later.first() if may_go else None
    speaks = {one.party.id for one in place.held if one.role in SPEAKS}
    allowed = PROPOSAL.allowed(status)
    said = statements_of(place.proposal)
    return {
        "place": place,
        "proposal": place.proposal,
        "texts": texts,
        "missing": len(missing),
        "partners": [
            (
                one,
                one.party_id in speaks
                if one.state == PartnerState.ASKED
                else place.proposal.party_id in speaks,
            )
            for one in place.partners
        ],
        "together": together,
        "looking": finds_partners(status, accompanied=bool(together)),
        "calls": status in SEEKING,
        "goes_on": may_go,
        "later": later,
        "next_rounds": _next_rounds() if may_go and later is None else [],
        "talk": talk_of(place.proposal),
        "statements": said,
        "own_statement": {one.party_id: one.text for one in said},
        "talking": status in TALKING,
        "stating": status in BEFORE_JUDGING,
        "may_write": place.proposal.writable and bool(place.writes_for),
        "may_submit": place.proposer and Move.SUBMIT in allowed,
        "may_withdraw": place.proposer and Move.WITHDRAW in allowed,
        "files": place.proposal.attachments.all(),
        "forms": bound,
        "refusal": refusal,
        "moments": narrate(list(highlights(place.proposal).order_by("-number")[:8])),
        "beginnings": beginnings_of(place.proposal, place.person),
        "trail": place.trail(),
    }


def _next_rounds() -> list[Round]:
    """Return the rounds into which words of an earlier one can be taken. Costs two queries."""
    return [one for one in open_rounds() if Kind.CITIZEN in one.kinds]


def _move(request: Request, place: Place, act: str, bound: Forms) -> HttpResponse | None:
    """Do what the button says; None when a form has to be shown again."""
    form = bound.get(act)
    if form is not None and not form.is_valid():
        return None
    typed = getattr(form, "cleaned_data", {})
    if act == "offer":
        partnering.offer(place.proposal, word=typed["word"], by=acting(request, place.writing))
        messages.success(request, _("手をあげました。提案する主体が、返事をします。"))
        return place.back()
    if not place.reads:
        raise Forbidden(_("これができるのは、提案のまわりの主体です。手をあげることはできます。"))
    if act == "go_on":
        return _gone_on(request, place)
    messages.success(request, _moved(request, place, act, typed))
    return place.back()


def _gone_on(request: Request, place: Place) -> HttpResponse:
    """Take the words of this proposal into the round that was chosen."""
    wanted = _number(request, "round")
    found = next((one for one in _next_rounds() if one.pk == wanted), None)
    if found is None:
        raise Invalid(_("その募集は、いま受けつけていません。ページをひらき直してください。"))
    made = writing.begin(
        found, earlier=place.proposal, demonstration=place.proposal.demonstration, by=place.as_proposer
    )
    messages.success(request, _("書いた文が、次の募集の下書きに入りました。"))
    return redirect("proposals:write", pk=made.pk)


def _moved(request: Request, place: Place, act: str, typed: dict[str, object]) -> str:
    found = place.proposal
    match act:
        case "speak":
            desk = place.coordinator and not place.speaks_for
            by = Actor(request.user.pk) if desk else acting(request, place.speaks_for)
            talking.speak(found, body=str(typed["body"]), by=by)
            return _("書きました。まわりの主体みんなが、同じように読めます。")
        case "state":
            talking.state(found, text=str(typed["text"]), by=acting(request, place.writes_for))
            return _("考えをのせました。審査が始まるまで、書きなおせます。")
        case "attach":
            writing.attach(found, accepted=typed["file"], by=acting(request, place.writes_for))  # type: ignore[arg-type]
            return _("ファイルをつけました。")
        case "detach":
            writing.detach(_attachment(request, place), by=acting(request, place.writes_for))
            return _("ファイルを外しました。")
        case "ask":
            partnering.ask_partner(
                found, party=int(str(typed["party"])), word=str(typed["word"]), by=place.as_proposer
            )
            return _("声をかけました。返事は、お知らせします。")
        case "call":
            partnering.call(found, by=place.as_proposer)
            return _("公開しました。題名とひとことを、だれでも読めます。")
        case "quiet":
            partnering.quiet(found, by=place.as_proposer)
            return _("公開をやめました。")
        case "join" | "decline":
            partner = _partner(request, place)
            side = partner.party_id if partner.state == PartnerState.ASKED else found.party_id
            partnering.answer_partner(partner, joins=act == "join", by=Actor(request.user.pk, side))
            return _("いっしょにすることになりました。") if act == "join" else _("今回は見送ると伝えました。")
        case "withdraw":
            writing.withdraw(found, by=place.as_proposer)
            return _("提案を取り下げました。")
    raise Invalid(_("ボタンを、もう一度押してください。"))


def _number(request: Request, name: str) -> int:
    typed = request.POST.get(name, "")
    return int(typed) if typed.isascii() and typed.isdigit() and len(typed) < 18 else 0


def _partner(request: Request, place: Place) -> Partner:
    wanted = _number(request, "partner")
    found = next((one for one in place.partners if one.pk == wanted), None)
    if found is None:
        raise Invalid(_("どの主体への返事かが、わかりません。ページをひらき直してください。"))
    return found


def _attachment(request: Request, place: Place) -> Attachment:
    found = Attachment.objects.filter(pk=_number(request, "file"), proposal=place.proposal).first()
    if found is None:
        raise Invalid(_("そのファイルは、もうありません。ページをひらき直してください。"))
    return found


@never_cache
@login_required
@require_safe
def paper(request: Request, pk: int) -> HttpResponse:
    """Print the official form from what was written; nobody types it again. Costs three queries."""
    place = place_of(request, pk)
    if not place.reads:
        raise Http404
    with in_japanese():
        pdf = printed(paper_of(place.proposal, place.partners))
    response = HttpResponse(pdf, content_type="application/pdf")
    response["Content-Disposition"] = f'inline; filename="proposal-{pk}.pdf"'
    return response
