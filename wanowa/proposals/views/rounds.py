"""The page of a round: its calendar up to the money, by what is judged, who has room; where a proposal begins."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from wanowa.guideline.queries import pack
from wanowa.guideline.rules import Kind as PartyKind
from wanowa.kernel.errors import Forbidden, Invalid, Refused
from wanowa.parties.queries import held_by
from wanowa.parties.rules import WRITES
from wanowa.proposals.forms.rounds import CapacityForm, NeedForm, ReasonForm
from wanowa.proposals.models import Capacity, Need, Round
from wanowa.proposals.queries.history import year_told
from wanowa.proposals.queries.rounds import (
    apply_end,
    calendar_of,
    needs_in,
    opens_on,
    rooms_in,
    round_at,
    status_words,
)
from wanowa.proposals.rules.lifecycle import Kind, RoundStatus
from wanowa.proposals.rules.questions import asked
from wanowa.proposals.services import departments, writing
from wanowa.proposals.services.departments import PREPARING
from wanowa.proposals.views.place import acting, is_desk
from wanowa.record.queries import highlights, narrate
from wanowa.web.pages import show
from wanowa.web.requests import Request


@require_http_methods(["GET", "HEAD", "POST"])
def round_page(request: Request, pk: int) -> HttpResponse:
    """Show a round; begin a proposal; let a department say what it can carry and for what it looks for a partner."""
    held = [one for one in held_by(request.user) if one.role in WRITES]
    offices = {one.party.id: one.party.name for one in held if one.party.kind == PartyKind.CITY}
    found = round_at(pk, drafts=is_desk(request) or bool(offices))
    if found is None:
        raise Http404
    if found.status == RoundStatus.PAST:
        return _past(request, found)
    act = request.POST.get("act", "")
    capacity = CapacityForm(request.POST if act == "declare" else None, initial=_own_capacity(found, offices))
    need = NeedForm(request.POST if act == "need" else None, auto_id="id_need_%s")
    refusal = None
    if request.method == "POST":
        try:
            if answer := _move(request, found, act, capacity, need, offices):
                return answer
        except Refused as caught:
            refusal = caught
    days = calendar_of(found)
    wrong = refusal is None and (capacity.errors or need.errors)
    context = {
        "round": found,
        "days": days,
        "deadline": apply_end(found) if days else None,
        "open": found.status == RoundStatus.OPEN,
        "opens_on": opens_on(found) if days else None,
        "status_words": status_words(found) if days else found.get_status_display(),
        "judges": list(found.reviewers.order_by("pk").values_list("capacity", flat=True)),
        "asked": asked(found.questions),
        "rooms": rooms_in(found),
        "needs": needs_in(found),
        "bridges": pack().bridges,
        "mine": {one.party.id: one.party.name for one in held},
        "offices": offices if found.status in PREPARING else {},
        "takes_citizens": Kind.CITIZEN in found.kinds,
        "takes_answers": Kind.CITY in found.kinds,
        "capacity": capacity,
        "need": need,
        "refusal": refusal,
        "desk": is_desk(request),
        "moments": narrate(list(highlights(found, public_only=True)[:6])),
        "trail": _trail(found),
    }
    status = refusal.status if refusal else 400 if wrong else 200
    return show(request, "proposals/round.html", context, status=status)


def _past(request: Request, found: Round) -> HttpResponse:
    """Show what is known of a round that was held on paper. Nothing can be done with it any more."""
    if request.method == "POST":
        raise Refused(_("この募集は、もう終わっています。いまの募集のページから、始めてください。"))
    context = {
        "round": found,
        "told": year_told(found.fiscal_year),
        "scheme": pack().scheme,
        "moments": narrate(list(highlights(found, public_only=True)[:6])),
        "trail": _trail(found),
    }
    return show(request, "proposals/past_round.html", context, cases=("collaborations",))


def _trail(found: Round) -> list[tuple[str, str]]:
    return [(_("協働事業提案"), reverse("proposals:overview")), (found.title, "")]


def _own_capacity(found: Round, offices: dict[int, str]) -> dict[str, object]:
    row = Capacity.objects.filter(round=found, department__in=offices).first() if offices else None
    return {"places": row.places, "forms": row.forms, "note": row.note} if row else {}


def _move(
    request: Request, found: Round, act: str, capacity: CapacityForm, need: NeedForm, offices: dict[int, str]
) -> HttpResponse | None:
    """Do what the button says; None when a form has to be shown again."""
    match act:
        case "begin":
            return _begun(request, found)
        case "declare":
            if not capacity.is_valid():
                return None
            departments.declare(found, **capacity.cleaned_data, by=acting(request, offices))
            messages.success(request, _("ゆとりをのせました。だれでも見られます。"))
        case "need":
            if not need.is_valid():
                return None
            departments.publish_need(found, **need.cleaned_data, by=acting(request, offices))
            messages.success(request, _("行政提案をのせました。だれでも見られます。"))
        case "withdraw":
            reason = ReasonForm(request.POST)
            if not reason.is_valid():
                raise Invalid(_("取り下げるわけを書いてください。だれでも読めます。"))
            departments.withdraw_need(
                _need(request, found), reason=reason.cleaned_data["reason"], by=acting(request, offices)
            )
            messages.success(request, _("行政提案を取り下げました。"))
        case _:
            raise Invalid(_("ボタンを、もう一度押してください。"))
    return redirect(found)


def _begun(request: Request, found: Round) -> HttpResponse:
    if not request.user.is_authenticated:
        raise Forbidden(
            _("サインインしてから、もう一度押してください。ひとこと提案なら、サインインなしで送れます。")
        )
    able = {one.party.id: one.party.name for one in held_by(request.user) if one.role in WRITES}
    need = _need(request, found) if request.POST.get("need") else None
    made = writing.begin(found, need=need, by=acting(request, able))
    messages.success(request, _("提案の下書きができました。書いたところまで、いつも残ります。"))
    return redirect("proposals:write", pk=made.pk)


def _need(request: Request, found: Round) -> Need:
    typed = request.POST.get("need", "")
    key = int(typed) if typed.isascii() and typed.isdigit() and len(typed) < 18 else 0
    need = Need.objects.filter(pk=key, round=found).first()
    if need is None:
        raise Invalid(_("行政提案をえらびなおしてください。"))
    return need
