"""Looking for somebody: the counts for everybody, and for registered parties and the desk the cards."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from wanowa.collaborations.models import Collaboration
from wanowa.collaborations.queries import tables_of
from wanowa.kernel.actors import Actor
from wanowa.people.views.confirm import recent_confirmation_required
from wanowa.talent import queries, services
from wanowa.talent.forms import AskForm, LookForm, PublicForm, known_only
from wanowa.talent.models import Look
from wanowa.talent.rules import PROFILES_A_DAY
from wanowa.talent.views.standing import DESK, trail, user_of, writing_for
from wanowa.web.deeds import attempted
from wanowa.web.pages import show
from wanowa.web.requests import Request


@require_safe
def index(request: Request) -> HttpResponse:
    """Tell everybody what the bank is and, in groups of five or more, who is in it. Costs one query."""
    known_only(request.GET, ("kind", "block"))
    form = PublicForm(request.GET)
    status = 200 if form.is_valid() else 400
    context = {
        "form": form,
        "groups": queries.public_answer(form.cleaned_data) if form.is_valid() else [],
        "filtered": any(form.cleaned_data.values()) if form.is_valid() else True,
        "coordinator": getattr(request.user, "is_coordinator", False),
    }
    return show(request, "talent/index.html", context, status=status)


@never_cache
@login_required
@recent_confirmation_required
@require_http_methods(["GET", "HEAD", "POST"])
def look(request: Request) -> HttpResponse:
    """Say whom one looks for and why; every card that opens is on the log of the person it shows."""
    person, mine = user_of(request), writing_for(request)
    if person.is_coordinator:
        mine = {DESK: _("協働推進員の窓口")} | mine
    if not mine:
        return show(request, "talent/no_party.html", {"trail": trail(_("人をさがす"))}, status=_of(request))
    form, status = LookForm(request.POST or None, mine=mine), 200
    if request.method == "POST":
        known_only(request.POST, form.fields)
        made: list[Look] = []

        def search() -> None:
            typed = form.cleaned_data
            found = services.look(
                purpose=typed["purpose"],
                skills=form.skills(),
                area=typed["area"],
                times=typed["times"],
                by=Actor(person.pk, typed["party"] or None),
            )
            made.append(found)

        status = attempted(form, search)
        if made:
            return redirect("talent:cards", made[0].pk)
    asked = list(queries.requests_from(mine)[:30])
    context = {
        "form": form,
        "asked": [(one, queries.shown(one)) for one in asked],
        "most": PROFILES_A_DAY,
        "trail": trail(_("人をさがす")),
    }
    return show(request, "talent/look.html", context, status=status)


def _of(request: Request) -> int:
    return 403 if request.method == "POST" else 200


@never_cache
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def cards(request: Request, pk: int) -> HttpResponse:
    """Show who was found, without names, for an hour; a form goes on to the next ones. Costs four queries."""
    found = _look_at(request, pk)
    if request.method == "POST":
        following = services.look(
            purpose=found.purpose,
            skills=found.skills,
            area=found.area,
            times=found.times,
            after=found,
            by=Actor(user_of(request).pk, found.party_id),
        )
        return redirect("talent:cards", following.pk)
    known = queries.taxonomy()
    context = {
        "look": found,
        "cards": queries.cards_of(found),
        "skills": known.labels(found.skills),
        "trail": trail((_("人をさがす"), reverse("talent:look")), _("見つかった人")),
    }
    return show(request, "talent/cards.html", context)


def _look_at(request: Request, pk: int) -> Look:
    found = queries.look_of(pk, request.user.pk)
    if found is None or (found.party_id is not None and found.party_id not in writing_for(request)):
        raise Http404
    if found.party_id is None and not user_of(request).is_coordinator:
        raise Http404
    return found


@never_cache
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def ask(request: Request, pk: int, handle: str) -> HttpResponse:
    """Ask somebody whom one knows by a number only."""
    found = _look_at(request, pk)
    person = queries.person_behind(found, handle) if found.party_id is not None else None
    if person is None:
        raise Http404
    by = Actor(user_of(request).pk, found.party_id)
    tables = {
        one.table.collaboration.pk: one.table.collaboration.title for one in tables_of([by.required_party])
    }
    form, status = AskForm(request.POST or None, tables=tables), 200
    if request.method == "POST":

        def send() -> None:
            chosen = form.cleaned_data["collaboration"]
            collaboration = Collaboration.objects.get(pk=chosen) if chosen in tables else None
            services.ask(found, person, form.asked(), collaboration=collaboration, by=by)

        status = attempted(form, send)
        if status == 302:
            messages.success(request, _("お願いを送りました。返事があると、お願いのページでわかります。"))
            return redirect("talent:look")
    context = {
        "form": form,
        "look": found,
        "handle": handle,
        "card": next((card for card in queries.cards_of(found) if card.handle == handle), None),
        "trail": trail((_("見つかった人"), reverse("talent:cards", args=[pk])), _("お願いする")),
    }
    return show(request, "talent/ask.html", context, status=status)
