"""The desk of the scheme: ideas that wait, proposals without a partner, rounds; ideas from counter and phone."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from wanowa.kernel.actors import Actor
from wanowa.kernel.errors import Forbidden, Refused
from wanowa.proposals.forms.ideas import CounterSeedForm
from wanowa.proposals.models import Round
from wanowa.proposals.queries.history import years_to_take_over
from wanowa.proposals.queries.proposals import matching_proposals
from wanowa.proposals.queries.rounds import status_words
from wanowa.proposals.queries.seeds import address_of, seeds_waiting
from wanowa.proposals.rules.lifecycle import RoundStatus
from wanowa.proposals.rules.vocabulary import Channel
from wanowa.proposals.services import past, seeds
from wanowa.proposals.views.place import is_desk
from wanowa.web.pages import show
from wanowa.web.requests import Request


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def desk(request: Request) -> HttpResponse:
    """Show what waits for the coordinators; take an idea in at the counter; take over past rounds."""
    if not is_desk(request):
        raise Forbidden(_("このページは、協働推進員のものです。ひとこと提案は、だれでも送れます。"))
    if request.POST.get("act") == "take_over":
        taken = past.take_over(by=Actor(request.user.pk))
        messages.success(request, _("%(count)s回の募集を、のせました。") % {"count": len(taken)})
        return redirect("proposals:desk")
    form, status = CounterSeedForm(request.POST if request.method == "POST" else None), 200
    if request.method == "POST":
        status = 400
        if form.is_valid():
            typed = form.cleaned_data
            try:
                made = seeds.plant(
                    typed["text"],
                    name=typed["name"],
                    email=typed["email"],
                    channel=Channel(typed["channel"]),
                    by=Actor(request.user.pk),
                )
            except Refused as refusal:
                form.add_error(None, str(refusal))
                status = refusal.status
            else:
                messages.success(request, _("受けつけました。受付番号とあいことばを、伝えてください。"))
                return redirect(address_of(made))
    today = timezone.localdate()
    context = {
        "form": form,
        "waiting": [(one, address_of(one), one.due_on < today) for one in seeds_waiting()],
        "matching": matching_proposals(),
        "rounds": [(one, status_words(one)) for one in _rounds()],
        "past": years_to_take_over(),
        "trail": [(_("協働事業提案"), reverse("proposals:overview")), (_("提案の窓口"), "")],
    }
    return show(request, "proposals/desk.html", context, status=status)


def _rounds() -> list[Round]:
    found = Round.objects.exclude(status=RoundStatus.PAST).prefetch_related("stages")
    return list(found.order_by("-fiscal_year", "-number")[:12])
