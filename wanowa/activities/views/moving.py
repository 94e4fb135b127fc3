"""Watching, and moving from area A to area B: suggest, read, answer."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from wanowa.activities import queries, services
from wanowa.activities.forms import SuggestForm
from wanowa.activities.models import Suggestion
from wanowa.activities.rules import Move, SuggestionStatus, awaited
from wanowa.activities.views.place import Place, acting, place_of
from wanowa.kernel.actors import Actor
from wanowa.kernel.errors import Forbidden, Invalid, Refused
from wanowa.parties.rules import SPEAKS, WRITES
from wanowa.web.pages import refused, show
from wanowa.web.requests import Request

NOBODY = 0
"""How the form says: as a coordinator, for neither side."""


@login_required
@require_POST
def watch(request: Request, slug: str) -> HttpResponse:
    """Begin to watch an activity for a department, or stop."""
    place = place_of(request, slug)
    match request.POST.get("answer", ""):
        case "watch":
            services.watch(place.activity, by=acting(request, place.able(Move.WATCH), _any(place)))
            messages.success(request, _("見守りはじめました。部署の名前が、活動のページに出ます。"))
        case "unwatch":
            services.unwatch(place.activity, by=acting(request, place.able(Move.UNWATCH), _any(place)))
            messages.success(request, _("見守りをやめました。"))
        case _:
            raise Invalid(_("「見守る」か「見守りをやめる」を選んでください。"))
    return place.back()


def _any(place: Place) -> int | None:
    """Return some party of the reader's, so that the service can say why it may not."""
    return next(iter(place.mine), None)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def suggest(request: Request, slug: str) -> HttpResponse:
    """Suggest that the activity's party and a department go on together."""
    place = place_of(request, slug)
    queries.require_possible(place.activity, Move.SUGGEST)
    able = place.able(Move.SUGGEST)
    stands = dict(able)
    if getattr(request.user, "is_coordinator", False):
        stands[NOBODY] = _("協働推進員として（どちらの側でもなく）")
    if not stands:
        raise Forbidden(
            _(
                "申し出られるのは、この活動の主体と、市の部署と、協働推進員です。"
                "仲間に入りたいときは、活動のページの「加わるには」を読んでください。"
            )
        )
    offices = queries.departments()
    if set(stands) <= {office for office, _name in offices}:
        offices = [(office, name) for office, name in offices if office in stands]
    first = {"department": offices[0][0]} if len(offices) == 1 else None
    form = SuggestForm(request.POST or None, stands=stands, departments=offices, initial=first)
    status = 200
    if request.method == "POST":
        status = 400
        if form.is_valid():
            typed = form.cleaned_data
            try:
                made = services.suggest(
                    place.activity,
                    department=typed["department"],
                    wish=typed["wish"],
                    reason=typed["reason"],
                    by=Actor(request.user.pk, typed["stand"] or None),
                )
            except Refused as refusal:
                form.add_error(None, str(refusal))
                status = refusal.status
            else:
                messages.success(request, _("申し出ました。返事が来ると、マイページでお知らせします。"))
                return redirect(made)
    context = {
        "activity": place.activity,
        "form": form,
        "trail": place.trail(_("市といっしょに動く")),
    }
    return show(request, "activities/suggest.html", context, status=status)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def suggestion(request: Request, slug: str, pk: int) -> HttpResponse:
    """Show a suggestion to both sides, and take their word."""
    place = place_of(request, slug)
    found = queries.suggestion_in(place.activity, pk)
    if found is None or not queries.may_read(found, place.mine, place.person):
        raise Http404
    if request.method == "POST":
        try:
            return _answered(request, place, found)
        except Refused as refusal:
            return refused(request, refusal)
    waiting = found.status == SuggestionStatus.WAITING
    left = awaited(place.activity.party_id, found.department_id, found.agreed) if waiting else frozenset()
    context = {
        "activity": place.activity,
        "suggestion": found,
        "waiting": waiting,
        "sides": [(party, party.pk in found.agreed) for party in (place.activity.party, found.department)],
        "answerable": _held(place, SPEAKS, left),
        "retractable": waiting and _own(place, found),
        "trail": place.trail(_("いっしょに動く申し出")),
    }
    return show(request, "activities/suggestion.html", context)


def _held(place: Place, roles: frozenset[str], among: frozenset[int]) -> dict[int, str]:
    return {
        held.party.id: held.party.name
        for _stand, held in place.stands
        if held.party.id in among and held.role in roles
    }


def _own(place: Place, found: Suggestion) -> bool:
    if found.suggested_by_id is None:
        return found.person_id == place.person
    return bool(_held(place, WRITES, frozenset({found.suggested_by_id})))


def _answered(request: Request, place: Place, found: Suggestion) -> HttpResponse:
    sides = frozenset({place.activity.party_id, found.department_id})
    mine = sides & place.mine
    left = awaited(place.activity.party_id, found.department_id, found.agreed)
    by = acting(request, mine & left or mine, next(iter(mine), None))
    match request.POST.get("answer", ""):
        case "accept":
            done = services.accept(found, by=by)
            if done.collaboration is None:
                messages.success(request, _("受けると伝えました。もう一方の返事を待っています。"))
                return redirect(found)
            messages.success(request, _("受けました。相手が加わると、話し合いが始まります。"))
            return redirect("collaborations:terms", slug=done.collaboration.slug)
        case "decline":
            services.decline(found, by=by)
            messages.success(request, _("今回は見送りました。外からは、わかりません。"))
        case "withdraw":
            services.withdraw(found, by=Actor(request.user.pk, found.suggested_by_id))
            messages.success(request, _("申し出を取り下げました。"))
        case _:
            raise Invalid(_("「受ける」「見送る」「取り下げる」のどれかを選んでください。"))
    return redirect(found)
