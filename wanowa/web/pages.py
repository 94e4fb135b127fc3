"""How a view answers: a page in the house style, or a refusal with its sentence."""

from collections.abc import Mapping, Sequence

from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string

from wanowa.kernel.errors import Refused


def show(
    request: HttpRequest,
    template: str,
    context: Mapping[str, object] | None = None,
    *,
    status: int = 200,
    cases: Sequence[str] = (),
) -> HttpResponse:
    """Return the page. `cases`: what of the record it shows ("collaborations.agreement/7", "parties")."""
    response = HttpResponse(render_to_string(template, dict(context or {}), request), status=status)
    response.cases = tuple(cases)
    return response


def refused(request: HttpRequest, refusal: Refused) -> HttpResponse:
    """Return the refusal as a page that says what to do instead."""
    return show(request, "web/refused.html", {"sentence": refusal.sentence}, status=refusal.status)
