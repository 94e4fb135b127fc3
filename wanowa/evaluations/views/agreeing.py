"""Proposing a round, agreeing to it, and seeing who has sealed."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from wanowa.collaborations.rules import Status as CollaborationStatus
from wanowa.evaluations import queries, services
from wanowa.evaluations.forms import RoundForm, proposed_days
from wanowa.evaluations.models import Round
from wanowa.evaluations.rules import RUNNING, TOLD, Occasion, Status, View, in_view, occasions
from wanowa.evaluations.views.place import Side, Table, side_of, table_of
from wanowa.kernel.errors import Invalid, Refused
from wanowa.people.views.confirm import recent_confirmation_required
from wanowa.web.pages import show
from wanowa.web.requests import Request


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
@recent_confirmation_required
def rounds(request: Request, slug: str) -> HttpResponse:
    """Show the rounds of a collaboration to its table, and take the proposal of the next one."""
    place = table_of(request, slug)
    possible = _possible(place)
    first = {**proposed_days(place.collaboration), "occasion": possible[0] if len(possible) == 1 else ""}
    form, status = RoundForm(request.POST or None, possible=possible, initial=first), 200
    if request.method == "POST":
        status = 400
        if form.is_valid():
            try:
                found = _propose(place, form)
            except Refused as refusal:
                form.add_error(None, str(refusal))
                status = refusal.status
            else:
                messages.success(request, _("提案しました。ほかの主体の同意を待っています。"))
                return place.to("round", found.number)
    held = list(queries.rounds_of(place.collaboration))
    running = next((one for one in held if one.status in RUNNING), None)
    context = {
        "collaboration": place.collaboration,
        "rounds": held,
        "running": running,
        "form": form,
        "able": bool(possible) and bool(place.speaks),
        "mine": {party: name for party, name in place.mine.items() if party in place.speaks},
    }
    return show(request, "evaluations/rounds.html", context, status=status)


def _possible(place: Table) -> tuple[Occasion, ...]:
    collaboration = place.collaboration
    status = CollaborationStatus(collaboration.status)
    return occasions(status, continued=collaboration.continuing_since is not None)


def _propose(place: Table, form: RoundForm) -> Round:
    return services.propose(
        place.collaboration,
        occasion=Occasion(form.cleaned_data["occasion"]),
        since=form.day("since"),
        until=form.day("until"),
        deadline=form.day("deadline"),
        by=place.actor,
    )


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
@recent_confirmation_required
def round_page(request: Request, slug: str, number: int) -> HttpResponse:
    """Show how a round goes and who has sealed; take the parties' yes to it, or their no."""
    place = side_of(request, slug, number)
    refusal = None
    if request.method == "POST":
        try:
            messages.success(request, _answer(request, place))
        except Refused as caught:
            refusal = caught
        else:
            return place.back()
    found = place.round
    done = (
        queries.agreed_in(found) if found.status == Status.PROPOSED else frozenset(queries.sealed_in(found))
    )
    ring = queries.ring_of(found, done)
    context = {
        "collaboration": place.collaboration,
        "round": found,
        "ring": ring,
        "told": found.status in TOLD,
        "views": [(view.label, in_view(found.asked, view)) for view in View],
        "names": {segment.party: segment.name for segment in ring},
        "answerable": {party: name for party, name in place.mine.items() if party in place.speaks - done},
        "mine": {party: name for party, name in place.mine.items() if party in place.speaks},
        "side": place.side,
        "sealed": place.side in done,
        "late": queries.is_late(found),
        "refusal": refusal,
    }
    return show(request, "evaluations/round.html", context, status=refusal.status if refusal else 200)


def _answer(request: Request, place: Side) -> str:
    match request.POST.get("answer"):
        case "agree":
            found = services.agree(place.round, seen=request.POST.get("seen", ""), by=place.actor)
            if found.status == Status.OPEN:
                return _("全員が同意し、ふりかえりが始まりました。書きはじめてください。")
            return _("同意しました。ほかの主体の返事を待っています。")
        case "close":
            services.close(place.round, by=place.actor)
            return _("提案をとりやめました。")
    raise Invalid(_("どの返事かがわかりません。ボタンをもう一度押してください。"))
