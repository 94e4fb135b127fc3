"""Writing: a listing is put, rewritten, moved on with a button, kept with the link of a mail."""

from datetime import date, timedelta
from typing import cast

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST

from wanowa.exchange import queries, services
from wanowa.exchange.forms import PROPOSED, ListingForm, as_typed, written
from wanowa.exchange.rules import LONGEST_TITLE, Move, Side, Status
from wanowa.exchange.views.place import Place, owner, place_of
from wanowa.kernel.actors import Actor
from wanowa.kernel.errors import Conflict, Forbidden, Invalid, Refused
from wanowa.parties.queries import held_by
from wanowa.parties.rules import WRITES
from wanowa.people.models import User
from wanowa.people.queries import draft_of
from wanowa.web.pages import refused, show
from wanowa.web.requests import Request

SAID = {
    Move.PUBLISH: gettext_lazy("のせました。これが、みんなが見るページです。"),
    Move.PAUSE: gettext_lazy("休みにしました。さがしても、出てきません。"),
    Move.RESUME: gettext_lazy("ふたたび募集しています。"),
    Move.MEET: gettext_lazy("よかったですね。さがしても、もう出てきません。"),
    Move.KEEP: gettext_lazy("続けます。のせておく日を、のばしました。"),
    Move.FINISH: gettext_lazy("できました。ありがとうございます。"),
    Move.WITHDRAW: gettext_lazy("取り下げました。手をあげた人に、知らせます。"),
}
WEEK = timedelta(days=7)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def new(request: Request) -> HttpResponse:
    """Put what a party offers or needs, or a first step, before everybody; or keep it as a draft."""
    mine = {one.party.id: one.party.name for one in held_by(request.user) if one.role in WRITES}
    if not mine:
        status = 403 if request.method == "POST" else 200
        return show(request, "exchange/no_party.html", status=status)
    step = request.GET.get("kind") == "step" or request.POST.get("kind") == "step"
    more = "more" in request.POST
    form = ListingForm(
        None if more else request.POST or None,
        step=step,
        mine=mine,
        tables=queries.tables_of(mine),
        drafted=_drafted(request),
        initial=as_typed(request.POST) if more else _proposed(request, mine, step=step),
    )
    status = 200
    if request.method == "POST" and not more:
        status = 400
        if form.is_valid():
            publish = request.POST.get("keep") != "draft"
            days = {} if step else {"days": form.cleaned_data["days"]}
            table = form.cleaned_data.get("collaboration")
            by = Actor(request.user.pk, form.cleaned_data["party"])
            try:
                made = services.put(form.words(), publish=publish, collaboration=table, by=by, **days)
            except Refused as refusal:
                form.add_error(None, str(refusal))
                status = refusal.status
            else:
                messages.success(
                    request,
                    str(SAID[Move.PUBLISH]) if publish else _("下書きにしました。まだ、だれにも見えません。"),
                )
                return redirect(made)
    return show(request, "exchange/new.html", {"form": form, "step": step, "asked": more}, status=status)


def _drafted(request: Request) -> dict[str, list[str]] | None:
    """Return what was being written here, so that the terms chosen in it are there to choose again."""
    return draft_of(cast("User", request.user), request.path) if request.method == "GET" else None


def _proposed(request: Request, mine: dict[int, str], *, step: bool) -> dict[str, object]:
    """Return what the form begins with: all of an older one (`from`), or what is mostly the same again."""
    typed = request.GET.get("from", "")
    if typed.isascii() and typed.isdigit():
        found = queries.listing_at(int(typed), mine)
        if found is not None and found.party_id in mine and found.first_step == step:
            told = written(found.words)
            if found.day:
                told["day"] = _next_time(found.day).isoformat()
            return told | {"party": found.party_id, "collaboration": found.collaboration_id}
    latest = queries.latest_of(next(iter(mine)))
    told = {} if latest is None else {name: written(latest.words)[name] for name in PROPOSED}
    side, day = request.GET.get("side", ""), request.GET.get("day", "")
    named = {"title": request.GET["title"][:LONGEST_TITLE]} if request.GET.get("title") else {}
    return told | {"side": side if side in Side.values else Side.OFFER, "day": day} | named


def _next_time(day: date) -> date:
    """Return the same weekday, from today on."""
    weeks = max(1, -((day - timezone.localdate()) // WEEK))
    return day + weeks * WEEK


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def edit(request: Request, pk: int) -> HttpResponse:
    """Rewrite the text; when somebody else was faster, both texts are shown."""
    place = owner(request, pk, Move.EDIT)
    found = place.listing
    now = found.words
    more = "more" in request.POST
    form = ListingForm(
        None if more else request.POST or None,
        step=found.first_step,
        opened=True,
        tables=queries.tables_of([found.party_id]),
        drafted=_drafted(request),
        initial=as_typed(request.POST) if more else written(now) | {"collaboration": found.collaboration_id},
    )
    status, moved, seen = 200, list[tuple[object, object]](), request.POST.get("seen", now.digest())
    if request.method == "POST" and not more:
        status = 400
        if form.is_valid():
            try:
                services.edit(
                    found,
                    form.words(side=found.side),
                    seen=seen,
                    collaboration=form.cleaned_data.get("collaboration"),
                    by=place.as_owner,
                )
            except Refused as refusal:
                form.add_error(None, str(refusal))
                status = refusal.status
                if isinstance(refusal, Conflict):
                    seen, moved = now.digest(), _differences(place, form)
            else:
                messages.success(request, _("書きなおしました。"))
                return place.back()
    context = {
        "listing": found,
        "form": form,
        "step": found.first_step,
        "seen": seen,
        "moved": moved,
        "asked": more,
        "trail": place.trail(_("書きなおす")),
    }
    return show(request, "exchange/edit.html", context, status=status)


def _differences(place: Place, form: ListingForm) -> list[tuple[object, object]]:
    """Return what others published meanwhile where it is not what was typed: label and text."""
    theirs, mine = written(place.listing.words), written(form.words(side=place.listing.side))
    theirs_named = theirs | {"keys": _("、").join(queries.taxonomy().labels(place.listing.keys))}
    return [
        (form[name].label, theirs_named[name])
        for name in mine
        if name in form.fields and mine[name] != theirs[name]
    ]


@login_required
@require_POST
def move(request: Request, pk: int) -> HttpResponse:
    """Move a listing on with one button."""
    place = place_of(request, pk)
    typed = request.POST.get("move", "")
    if typed not in set(services.MOVES):
        raise Invalid(_("することを、ボタンで選んでください。"))
    if place.listing.party_id not in place.writing:
        raise Forbidden(_("これは、のせた主体の代表か担当の人ができます。代表にたのんでください。"))
    wanted = Move(typed)
    if wanted not in queries.possible(place.listing, place.held):
        raise Refused(_("いまは、それはできません。ページを開きなおして、ボタンを選んでください。"))
    services.MOVES[wanted](place.listing, by=place.as_owner)
    messages.success(request, str(SAID[wanted]))
    return redirect("exchange:mine") if wanted is Move.WITHDRAW else place.back()


@require_http_methods(["GET", "HEAD", "POST"])
def keep(request: Request, token: str) -> HttpResponse:
    """Say with the link of a mail that something still holds; whoever has the mail need not sign in."""
    found = queries.listing_to_keep(token)
    if found is None:
        raise Http404
    if request.method == "POST":
        by = Actor(found.person_id, found.party_id)
        try:
            services.keep_by_mail(found, seen=str(found.expires_on), by=by)
        except Refused as refusal:
            return refused(request, refusal)
        messages.success(request, str(SAID[Move.KEEP]))
        return redirect(found)
    return show(request, "exchange/keep.html", {"listing": found, "expired": found.status == Status.EXPIRED})
