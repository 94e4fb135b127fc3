"""Taking a collaboration's history home: what is in the bundle, and the bundle itself."""

from io import BytesIO

from django.contrib.auth.decorators import login_required
from django.http import FileResponse, HttpResponse
from django.http.response import HttpResponseBase
from django.views.decorators.http import require_safe

from wanowa.collaborations.views.place import Place, insider, place_of
from wanowa.record.queries import latest_checkpoint
from wanowa.record.services import bundle as bundle_of
from wanowa.web.pages import show
from wanowa.web.requests import Request


@require_safe
def take_home(request: Request, slug: str) -> HttpResponse:
    """Say what the bundle is, how it is checked, and offer it. Costs one query beside the place."""
    place = place_of(request, slug)
    context = {
        "collaboration": place.collaboration,
        "inside": bool(place.mine),
        "checkpoint": latest_checkpoint(),
    }
    return show(request, "collaborations/take_home.html", context)


@require_safe
def bundle(request: Request, slug: str) -> HttpResponseBase:
    """Hand out the bundle that everybody may have; a bundle made before is given again while nothing moved."""
    return _download(place_of(request, slug), whole=False)


@login_required
@require_safe
def whole_bundle(request: Request, slug: str) -> HttpResponseBase:
    """Hand out the bundle with every step, to those at the table."""
    return _download(insider(request, slug), whole=True)


def _download(place: Place, *, whole: bool) -> HttpResponseBase:
    found = place.collaboration
    raw = bundle_of(place.case, found.title, inside=frozenset(place.mine) if whole else None)
    name = f"wanowa-{found.pk}-{'whole' if whole else 'public'}.zip"
    response = FileResponse(BytesIO(raw), as_attachment=True, filename=name, content_type="application/zip")
    response["Content-Security-Policy"] = "sandbox; default-src 'none'"
    return response
