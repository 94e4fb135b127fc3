"""The gallery of components, the reader's choice of look, and the files of the look."""

from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from wanowa.web import assets, pages
from wanowa.web.gallery import content


@require_safe
def gallery(request: HttpRequest) -> HttpResponse:
    """Show every component in every state."""
    return pages.show(request, "web/gallery.html", content())


def look(request: HttpRequest) -> HttpResponse:
    """Let the reader choose colours and text size."""
    return pages.show(request, "web/look.html")


@require_safe
def asset(request: HttpRequest, digest: str, name: str) -> HttpResponse:
    """Give one bundle, for ever."""
    try:
        found = assets.get(name)
    except KeyError:
        raise Http404 from None
    squeeze = "gzip" in request.headers.get("Accept-Encoding", "")
    response = HttpResponse(found.squeezed if squeeze else found.body, content_type=found.media_type)
    if squeeze:
        response["Content-Encoding"] = "gzip"
    current = digest == found.digest
    response["Cache-Control"] = "public, max-age=31536000, immutable" if current else "no-cache"
    response["Vary"] = "Accept-Encoding"
    return response
