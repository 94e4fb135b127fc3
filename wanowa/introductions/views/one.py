"""The page of one introduction, for both sides and the desk, and the list of one's own."""

from datetime import date

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from wanowa.collaborations.queries import beginnings_of
from wanowa.introductions import queries
from wanowa.introductions.models import Introduction, Remark, Side
from wanowa.introductions.rules import (
    ENDED,
    OPEN,
    TOGETHER,
    Given,
    Status,
    as_seen,
    is_over,
    possible,
    readable_until,
)
from wanowa.introductions.views.deeds import Deeds
from wanowa.introductions.views.standing import is_coordinator, trail, writing_for
from wanowa.kernel.errors import Forbidden
from wanowa.parties.models import Party
from wanowa.parties.queries import held_by
from wanowa.record.queries import history, narrate
from wanowa.web.pages import show
from wanowa.web.requests import Request


@never_cache
@login_required
@require_safe
def mine(request: Request) -> HttpResponse:
    """Show the introductions of one's parties. Costs one query and `held_by`."""
    held = held_by(request.user)
    told = queries.introductions_of([one.party.id for one in held])
    context = {"told": told, "writes": bool(writing_for(request)), "trail": trail(request)}
    return show(request, "introductions/mine.html", context)


@never_cache
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def introduction(request: Request, pk: int) -> HttpResponse:
    """Show an introduction to its sides and to the desk, and take their word. ≤ nine queries, ten more at the desk."""
    parties, desk = {one.party.id for one in held_by(request.user)}, is_coordinator(request)
    found = queries.introduction_at(pk, parties, desk=desk)
    if found is None:
        raise Http404
    sides = queries.sides_of(found)
    writes = writing_for(request)
    own = _own(sides, parties, writes)
    acts_for = own.party_id if own and own.party_id in writes else None
    deeds = Deeds(request, found, acts_for, desk=desk)
    status = 200
    if request.method == "POST":
        if acts_for is None and not desk:
            raise Forbidden(_("これは、主体の代表か担当の人ができます。代表にたのんでください。"))
        status, sentence = deeds.done()
        if status == 302:
            messages.success(request, sentence)
            return redirect(found)
    context = (
        _told(found, sides, own, acts_for, desk=desk)
        | deeds.forms
        | {"beginnings": beginnings_of(found, request.user.pk), "trail": trail(request, _("引き合わせ"))}
    )
    return show(request, "introductions/introduction.html", context, status=status)


def _own(sides: dict[int, Side], parties: set[int], writes: dict[int, str]) -> Side | None:
    """Return the side for which the reader stands: one that she may answer for comes first."""
    mine = [side for party, side in sides.items() if party in parties]
    return next(iter(sorted(mine, key=lambda side: (side.party_id not in writes, bool(side.reply)))), None)


def _told(
    found: Introduction, sides: dict[int, Side], own: Side | None, acts_for: int | None, *, desk: bool
) -> dict[str, object]:
    """Return what this reader may see: of the other side nothing but what it gave when both want to meet."""
    today = timezone.localdate()
    status = Status(found.status)
    seen = as_seen(status, found.answer_by, today)
    roles = queries.roles_of(found, acts_for, desk=desk)
    mine = queries.chosen_by(own) if own else None
    waits = seen is Status.ASKED
    label = status if desk and waits and not own else seen
    names = {found.first_id: found.first, found.second_id: found.second}
    remarks = {} if own is None else {one.kind: one for one in own.remarks.all()}
    return {
        "one": found,
        "first": found.first,
        "second": found.second,
        "own": own,
        "desk": desk,
        "acts": acts_for is not None,
        "label": label.label,
        "tone": "good" if seen in TOGETHER | ENDED - {Status.NONE} else "wait" if waits else "neutral",
        "waits": waits,
        "lapsed": seen is Status.LAPSED,
        "together": seen in TOGETHER,
        "ended": seen in ENDED,
        "to_answer": waits and own is not None and not own.reply,
        "moves": set() if waits and is_over(found.answer_by, today) else possible(status, roles),
        "other": None if own is None else next(names[party] for party in sides if party != own.party_id),
        "received": _received(found, sides, own, names, desk=desk),
        "mine": _lines(mine),
        "mine_until": readable_until(own.until, found.ended_on) if own and own.until else None,
        "reported": remarks.get(Remark.Kind.REPORT),
        "afterwards": remarks.get(Remark.Kind.AFTERWARDS),
        "asked_afterwards": own is not None and found.followed_up_at is not None,
        "open": seen in OPEN,
        "late": found.due is not None and found.due < today,
        "moments": narrate(history(found).order_by("-number"), {pk: one.name for pk, one in names.items()}),
    }


def _received(
    found: Introduction, sides: dict[int, Side], own: Side | None, names: dict[int, Party], *, desk: bool
) -> list[tuple[Party, list[tuple[str, str]], date | None]]:
    """Return what this reader was given, by the party that gave it, with the last day on which it can be read."""
    received = []
    for party, side in sides.items():
        given = queries.given_by(side, found)
        theirs = own is not None and party != own.party_id
        if given is not None and (theirs or (desk and own is None and given.desk)):
            until = readable_until(side.until, found.ended_on) if side.until else None
            received.append((names[party], _lines(given), until))
    return received


def _lines(given: Given | None) -> list[tuple[str, str]]:
    if given is None:
        return []
    return [(str(Given.LABELS[name]), value) for name, value in given.values().items()]
