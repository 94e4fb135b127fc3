"""The page of the coordinators: what is due, who was not heard of, what finds no partner, a whole day at once."""

from datetime import date
from typing import cast

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from wanowa.introductions import queries
from wanowa.introductions.forms import DayForm, WordsForm
from wanowa.introductions.models import Remark
from wanowa.introductions.views.standing import for_desk, is_coordinator, trail
from wanowa.kernel.errors import Forbidden, Invalid, Refused
from wanowa.people.queries import stands_for
from wanowa.progress.queries import quiet
from wanowa.talent import services as relay
from wanowa.web.deeds import number_in
from wanowa.web.pages import show
from wanowa.web.requests import Request

LISTED = 12
"""Rows of each list on the page; what is due is listed whole."""


@never_cache
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def board(request: Request) -> HttpResponse:
    """Show what waits at the desk, and stop a party that asks too much. Costs ≤ ten queries, two more for a day."""
    if not is_coordinator(request):
        raise Forbidden(_("協働推進員のページです。あなたの引き合わせは、マイページにあります。"))
    reason, status = WordsForm(label=_("止めるわけ")), 200
    if request.method == "POST":
        reason = WordsForm(request.POST, label=_("止めるわけ"))
        status = _stopped(request, reason)
        if status == 302:
            messages.success(request, _("止めました。人材バンクのお願いも、送れません。"))
            return redirect("introductions:board")
    day = DayForm(request.GET if "day" in request.GET else None)
    chosen = (
        date.fromisoformat(day.cleaned_data["day"]) if day.is_valid() and day.cleaned_data["day"] else None
    )
    own, waiting = request.GET.get("own") == "1", queries.open_for()
    if own:
        waiting = waiting.filter(owner__in={request.user.pk} | stands_for(cast("int", request.user.pk)))
    context = {
        "open": list(waiting),
        "tabs": [
            {"label": _("すべて"), "href": "?", "current": not own},
            {"label": _("わたしの担当"), "href": "?own=1", "current": own},
        ],
        "today": timezone.localdate(),
        "reports": list(queries.remarks(Remark.Kind.REPORT)[:LISTED]),
        "afterwards": list(queries.remarks(Remark.Kind.AFTERWARDS)[:LISTED]),
        "silent": list(queries.parties_without_contact()[: LISTED + 1]),
        "needs": list(queries.needs_without_suggestions()[: LISTED + 1]),
        "listed": LISTED,
        "quiet": quiet().count(),
        "day_form": day,
        "day": chosen,
        "plans": queries.planned_on(chosen) if chosen else [],
        "reason": reason,
        "pressed": number_in(request.POST, "remark") if status != 200 else 0,
        "trail": trail(request),
    }
    return show(request, "introductions/board.html", context, status=400 if day.errors else status)


def _stopped(request: Request, reason: WordsForm) -> int:
    """Let the party of which somebody complained ask for nothing more: 302, or the status with the sentence."""
    if request.POST.get("act") != "freeze":
        raise Invalid(_("どのボタンが押されたか、わかりません。ページをひらき直してください。"))
    remark = queries.remarks(Remark.Kind.REPORT).filter(pk=number_in(request.POST, "remark")).first()
    if remark is None:
        raise Refused(_("この知らせは、もうありません。"))
    if not reason.is_valid():
        return 400
    try:
        relay.freeze(remark.about, reason=reason.cleaned_data["body"], by=for_desk(request))
    except Refused as refusal:
        reason.add_error(None, str(refusal))
        return refusal.status
    return 302
