"""The pages of papers: the shelf of one collaboration, and one paper as a file."""

from dataclasses import dataclass
from io import BytesIO
from typing import IO

from django.contrib.auth.decorators import login_required
from django.http import FileResponse, Http404, HttpResponse
from django.http.response import HttpResponseBase
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from wanowa.collaborations.models import Collaboration, Version
from wanowa.collaborations.queries import by_slug
from wanowa.collaborations.rules import Seat
from wanowa.guideline.rules import PaperKind
from wanowa.kernel.errors import Invalid, Refused
from wanowa.kernel.files import clean_name
from wanowa.papers import queries
from wanowa.papers.rules import Agreement, file_name, papers_of
from wanowa.parties.queries import held_by
from wanowa.press.printing import NotPrinted
from wanowa.record.queries import case_of
from wanowa.web.pages import show
from wanowa.web.requests import Request


@dataclass(frozen=True, slots=True)
class Place:
    """The collaboration of the address, and how far the reader belongs to its table."""

    collaboration: Collaboration
    inside: bool
    """Whether the reader may see what is in preparation."""
    seated: bool
    """Whether the reader is of a party at the table, which may see what is disputed."""


def _place(request: Request, slug: str) -> Place:
    """Return where the request stands; 404 for what this reader may not know. Costs two queries and `held_by`."""
    mine = {one.party.id for one in held_by(request.user)}
    found = by_slug(mine, slug)
    if found is None:
        raise Http404
    seated = {seat.party_id for seat in found.seats if seat.seat == Seat.SEATED}
    inside, at_table = (not parties.isdisjoint(mine) for parties in (found.parties, seated))
    return Place(found.collaboration, inside, at_table)


@require_safe
def papers(request: Request, slug: str) -> HttpResponse:
    """Show the papers of what is agreed now, and to those inside what the text in preparation would give."""
    return _shelf(request, _place(request, slug), None)


@require_safe
def version(request: Request, slug: str, number: int) -> HttpResponse:
    """Show the papers of one version in force, also of an earlier one."""
    return _shelf(request, _place(request, slug), number)


def _shelf(request: Request, place: Place, number: int | None) -> HttpResponse:
    shelf = queries.shelf_of(place.collaboration, number, inside=place.inside, seated=place.seated)
    if shelf is None:
        raise Http404
    context = {"collaboration": place.collaboration, "shelf": shelf, "inside": place.inside, "number": number}
    return show(request, "papers/papers.html", context, cases=[case_of(place.collaboration), "parties"])


@require_safe
def paper(request: Request, slug: str, number: int, kind: str) -> HttpResponseBase:
    """Hand over one paper: the issued file, or, until it is issued, the same bytes set on the spot.

    A version that is not in force gives a preview, to those inside only. A report with the figures
    of today is for the parties at the table.
    """
    place = _place(request, slug)
    found = Version.objects.filter(collaboration=place.collaboration, number=number).first()
    if found is None or not (found.in_force_at or place.inside):
        raise Http404
    wanted = _kind(kind, queries.kinds_of(found))
    if (asked := request.GET.get("figures")) is not None:
        return _with_figures(place, found, wanted, asked)
    name = file_name(found.terms.title, wanted, number, in_force=found.in_force_at is not None)
    issue = queries.issue_of(found, wanted) if found.in_force_at else None
    if issue is not None and issue.file:
        return _file(issue.file.open("rb"), name)
    found.collaboration = place.collaboration
    return _set(queries.agreement_of(found), wanted, name)


def _with_figures(place: Place, found: Version, kind: PaperKind, asked: str) -> HttpResponseBase:
    """Hand the parties a paper with the figures of today: also how much is disputed, which nobody else may know."""
    if not place.seated or not queries.takes_figures(place.collaboration, found, kind):
        raise Http404
    if asked != "today":
        raise Invalid(_("この日の数字は、入れられません。「書類」のページから、えらびなおしてください。"))
    figures = queries.figures_of(place.collaboration, found)
    name = file_name(found.terms.title, kind, found.number, in_force=True, on=figures.on)
    found.collaboration = place.collaboration
    return _set(queries.agreement_of(found, figures), kind, name)


@login_required
@require_safe
def draft(request: Request, slug: str, kind: str) -> HttpResponseBase:
    """Hand those inside a preview of a paper of the text in preparation."""
    place = _place(request, slug)
    found = queries.draft_with_papers(place.collaboration) if place.inside else None
    if found is None:
        raise Http404
    wanted = _kind(kind, papers_of(found.terms.form, found.change))
    name = file_name(found.terms.title, wanted, None, in_force=False)
    return _set(queries.drafted(found, place.collaboration.in_force), wanted, name)


def _kind(typed: str, there: tuple[PaperKind, ...]) -> PaperKind:
    if typed not in there:
        raise Http404
    return PaperKind(typed)


def _set(agreement: Agreement, kind: PaperKind, name: str) -> HttpResponseBase:
    try:
        return _file(BytesIO(queries.paper(agreement, kind)), name)
    except NotPrinted:
        raise Refused(_("いまは、この書類を作れません。少し待ってから、もう一度お試しください。")) from None


def _file(content: IO[bytes], name: str) -> FileResponse:
    """Return the answer with its headers: a download under a Japanese name, shut in like every file."""
    filename = clean_name(f"{name.replace('.', '．')}.pdf", extension=".pdf")
    response = FileResponse(content, as_attachment=True, filename=filename, content_type="application/pdf")
    response["Content-Security-Policy"] = "sandbox; default-src 'none'"
    return response
