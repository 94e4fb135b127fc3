"""Reading: the list, one collaboration, one version."""

from functools import partial

from django.http import Http404, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_safe

from wanowa.collaborations import queries
from wanowa.collaborations.forms import FilterForm
from wanowa.collaborations.models import Collaboration, Version
from wanowa.collaborations.rules import (
    CHANGES_FROM,
    FIELDS,
    Clause,
    Status,
    Terms,
    clause_text,
    differences,
    gauge,
    steps,
)
from wanowa.collaborations.views.place import Place, place_of
from wanowa.kernel.eras import fiscal_year_of
from wanowa.record.queries import health, highlights, history, narrate
from wanowa.web.keyset import page_of
from wanowa.web.pages import show
from wanowa.web.requests import Request

MOMENTS = 12
"""Steps of the process log shown on the page of a collaboration; the rest is one link away."""


@require_safe
def directory(request: Request) -> HttpResponse:
    """List the public collaborations. Costs four queries."""
    form = FilterForm(request.GET)
    if not form.is_valid():
        return show(request, "collaborations/directory.html", {"form": form, "page": None}, status=400)
    found = queries.directory(**form.cleaned_data)
    page = page_of(found, request)
    context = {
        "form": form,
        "page": page,
        "cards": queries.with_rings(page),
        "filtered": any(form.cleaned_data.values()),
    }
    piece = "#found" if request.htmx else ""
    return show(
        request, f"collaborations/directory.html{piece}", context, cases=["collaborations", "parties"]
    )


@require_safe
def collaboration(request: Request, slug: str) -> HttpResponse:
    """Show one collaboration: story first, then partners, goals, roles, and how it came about."""
    place = place_of(request, slug)
    found = place.collaboration
    inside = bool(place.mine)
    in_force, waiting, seats = found.in_force, place.table.waiting, place.table.seats
    terms = in_force.terms if in_force else None
    steps_taken = highlights(found, public_only=not inside)
    names = {seat.party_id: seat.party.name for seat in seats}
    context = {
        "collaboration": found,
        "terms": terms,
        "names": names,
        "seats": seats,
        "chairs": [seat.seat for seat in seats],
        "ring": queries.ring_of(seats, waiting or in_force),
        "waiting": waiting,
        "steps": steps(Status(found.status)),
        "moments": narrate(steps_taken.order_by("-number")[:MOMENTS], names),
        "texts": partial(_texts, terms, names) if terms else [],
        "gauge": partial(gauge, terms, names) if terms else [],
        "mine": place.mine,
        "inside": inside,
        "invited": queries.invited_among(seats, place.mine),
        "can_change": inside and CHANGES_FROM[Status(found.status)],
        "requests": queries.requests_to(found) if inside else [],
        "unread": queries.unread(found, place.mine) if inside else 0,
        "years": _years(found),
        "additions": queries.additions_to(found),
        "links": queries.links_of(found, inside=inside),
    }
    return show(request, "collaborations/collaboration.html", context, cases=[place.case, "parties"])


@require_safe
def log(request: Request, slug: str) -> HttpResponse:
    """Show the whole process log of one collaboration, newest first: the public steps, or all to those inside."""
    place = place_of(request, slug)
    inside = bool(place.mine)
    entries = history(place.collaboration, public_only=not inside).order_by("-number")
    page = page_of(entries, request, size=50)
    checkpoints = health()
    context = {
        "collaboration": place.collaboration,
        "inside": inside,
        "page": page,
        "moments": narrate(page.rows),
        "about": reverse("collaborations:log", args=[slug]) if inside else "",
        "receipts": f"/record/receipt/{place.case}/",
        "health": checkpoints,
    }
    # A late checkpoint is made good without an entry, so a page that tells of it is not kept.
    cases = [] if checkpoints.overdue else [place.case, "parties"]
    return show(request, "collaborations/log.html", context, cases=cases)


def _texts(terms: Terms, names: dict[int, str]) -> list[tuple[str, str]]:
    """Return the clauses that the page shows as plain text, with their labels."""
    shown = (
        *(Clause.SCHEDULE, Clause.COST, Clause.OWNERSHIP),
        *(Clause.SAFETY, Clause.PERSONAL_DATA, Clause.PUBLICITY, Clause.CHANGES),
    )
    return [(str(clause.label), clause_text(terms, clause, names)) for clause in shown]


def _years(found: Collaboration) -> int:
    """Return in which year of its continuation a project is; 0 when it is not a continued one."""
    if found.continuing_since is None or found.starts is None:
        return 0
    return max(fiscal_year_of(found.starts) - found.continuing_since + 1, 0)


@require_safe
def version(request: Request, slug: str, number: int) -> HttpResponse:
    """Show one version: whole, and against the one in force before it. Open ones only to those concerned."""
    place = place_of(request, slug)
    found = Version.objects.filter(collaboration=place.collaboration, number=number).first()
    if found is None or (found.in_force_at is None and not place.mine):
        raise Http404
    before = queries.in_force_before(found)
    old = before.terms if before else None
    names = queries.names_in(found.terms, old)
    context = {
        "collaboration": place.collaboration,
        "version": found,
        "before": before,
        "differences": differences(old, found.terms, names),
        "texts": [
            (clause.label, clause_text(found.terms, clause, names), _restated_at(place, found, clause))
            for clause in Clause
        ],
        "consents": queries.consents_to(found),
        "links": queries.links_of(place.collaboration, found, inside=bool(place.mine)),
    }
    return show(request, "collaborations/version.html", context, cases=[place.case, "parties"])


def _restated_at(place: Place, found: Version, clause: Clause) -> str:
    """Return where somebody at the table says how she understood a clause in force; nothing for others."""
    if not place.mine or clause not in FIELDS or found.pk != place.collaboration.in_force_id:
        return ""
    return reverse("collaborations:restate", args=[place.collaboration.slug, f"agreed-{clause.value}"])
