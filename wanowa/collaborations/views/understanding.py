"""Understanding each other: saying how something was understood, and what all have confirmed to be meant like this."""

from dataclasses import dataclass

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from wanowa.collaborations import queries, services
from wanowa.collaborations.forms import DifferForm, RestateForm
from wanowa.collaborations.models import Message
from wanowa.collaborations.rules import FIELDS, Clause, RestatementStatus, Terms, clause_text, mark
from wanowa.collaborations.views.place import Place, insider
from wanowa.kernel.errors import Invalid, Refused
from wanowa.parties.queries import names
from wanowa.web.keyset import page_of
from wanowa.web.pages import show
from wanowa.web.requests import Request


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def understood(request: Request, slug: str) -> HttpResponse:
    """Show what waits to be confirmed and what is confirmed, and take the replies. Costs ≤ nine queries."""
    place = insider(request, slug)
    if request.method != "POST":
        return _understood(request, place)
    form = DifferForm(request.POST if request.POST.get("reply") == "differ" else None)
    try:
        sentence = _reply(request, place, form)
    except Refused as refusal:
        return _understood(request, place, refusal, form)
    messages.success(request, sentence)
    return place.to("understood")


def _reply(request: Request, place: Place, form: DifferForm) -> str:
    """Give the reply of the form to one restatement; return what to say."""
    restated = _message(place, request.POST.get("restatement", ""))
    if restated is None or restated.kind != Message.Kind.RESTATED:
        raise Invalid(_("どの受けとりへの返事かがわかりません。ボタンをもう一度押してください。"))
    match request.POST.get("reply", ""):
        case "confirm":
            done = services.confirm(restated, by=place.actor)
            if done.status == RestatementStatus.CONFIRMED:
                return _("そのとおりだと、みんなで確かめました。")
            return _("そのとおりだと伝えました。ほかの主体の返事を待っています。")
        case "differ":
            if not form.is_valid():
                raise Invalid(_("どこがちがうかを書いてください。1000字までです。"))
            services.differ(restated, body=form.cleaned_data["body"], by=place.actor)
            return _("ちがうところを伝えました。対話の部屋で読めます。")
        case "withdraw":
            services.withdraw_restatement(restated, by=place.actor)
            return _("取り下げました。書いたことばは、対話の部屋に残ります。")
    raise Invalid(_("「そのとおりです」「ちがうところがある」のどちらかを選んでください。"))


def _understood(
    request: Request, place: Place, refusal: Refused | None = None, form: DifferForm | None = None
) -> HttpResponse:
    found, confirmed = place.collaboration, RestatementStatus.CONFIRMED
    texts = _living_texts(place)
    waiting = queries.understood(queries.restatements_in(found, RestatementStatus.WAITING), texts)
    page = page_of(queries.restatements_in(found, confirmed), request)
    called = names({party for one in waiting for party in one.awaited})
    typed = request.POST.get("restatement", "")
    context = {
        "collaboration": found,
        "waiting": [
            {
                "one": one,
                "key": f"differ-{one.restatement.pk}",
                "awaited": [called[party].name for party in one.awaited if party in called],
                "answerable": {party: name for party, name in place.mine.items() if party in one.awaited},
                "form": form if form and form.is_bound and str(one.restatement.pk) == typed else DifferForm(),
            }
            for one in sorted(waiting, key=lambda one: place.mine.keys().isdisjoint(one.awaited))
        ],
        "page": page,
        "confirmed": queries.understood(page, texts),
        "mine": place.mine,
        "refusal": refusal,
    }
    return show(request, "collaborations/understood.html", context, status=refusal.status if refusal else 200)


def _living_texts(place: Place) -> list[Terms]:
    """Return the texts that count now: in preparation, offered, in force. Costs one query."""
    draft = queries.draft_of(place.collaboration)
    found = (draft, place.table.waiting, place.collaboration.in_force)
    return [text.terms for text in found if text is not None]


@dataclass(frozen=True, slots=True)
class _Target:
    """What is restated: a message, or a clause of one of the two texts, as it reads now."""

    message: Message | None
    clause: Clause | None
    draft: bool
    text: str
    seen: str


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def restate(request: Request, slug: str, about: str) -> HttpResponse:
    """Say how something was understood: `about` is message-7, draft-goals or agreed-goals."""
    place = insider(request, slug)
    target = _target(place, about)
    form, status = RestateForm(request.POST if request.method == "POST" else None), 200
    if request.method == "POST":
        status = 400
        if form.is_valid():
            try:
                _restate(request, place, target, form.cleaned_data["body"])
            except Refused as refusal:
                form.add_error(None, str(refusal))
                status = refusal.status
            else:
                messages.success(
                    request, _("伝えました。相手が「そのとおりです」か、ちがうところを答えます。")
                )
                return place.to("understood")
    context = {
        "collaboration": place.collaboration,
        "target": target,
        "form": form,
        "mine": place.mine,
    }
    return show(request, "collaborations/restate.html", context, status=status)


def _target(place: Place, about: str) -> _Target:
    """Return what an address names; 404 for anything that is not there."""
    kind, _dash, key = about.partition("-")
    if kind == "message" and (message := _message(place, key)) is not None:
        return _Target(message, None, draft=False, text=message.body, seen="")
    if kind not in {"draft", "agreed"} or key not in [clause.value for clause in FIELDS]:
        raise Http404
    draft = queries.draft_of(place.collaboration) if kind == "draft" else None
    found = draft or (place.collaboration.in_force if kind == "agreed" else None)
    if found is None:
        raise Http404
    clause, terms = Clause(key), found.terms
    text = clause_text(terms, clause, queries.names_in(terms))
    return _Target(None, clause, draft=kind == "draft", text=text, seen=mark(terms, clause))


def _message(place: Place, number: str) -> Message | None:
    if not (number.isascii() and number.isdigit() and len(number) < 19):
        return None
    return queries.message_in(place.collaboration, int(number))


def _restate(request: Request, place: Place, target: _Target, body: str) -> None:
    if target.message is not None:
        services.restate_message(target.message, body=body, by=place.actor)
    elif target.clause is not None:
        services.restate_clause(
            place.collaboration,
            clause=target.clause,
            draft=target.draft,
            seen=request.POST.get("seen", ""),
            body=body,
            by=place.actor,
        )
