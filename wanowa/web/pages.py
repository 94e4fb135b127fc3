"""How a view answers: a page in the house style, or a refusal with its sentence."""

from collections.abc import Mapping, Sequence

from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.utils.http import content_disposition_header

from wanowa.kernel.errors import Refused
from wanowa.web import problems


class Page(HttpResponse):
    """A page that knows what of the record it shows."""

    cases: tuple[str, ...] = ()


def show(
    request: HttpRequest,
    template: str,
    context: Mapping[str, object] | None = None,
    *,
    status: int = 200,
    cases: Sequence[str] = (),
) -> Page:
    """Return the page, rendered from `template`.

    `cases`: every case ("collaborations.agreement/7") or app ("parties") whose change changes the page. With
    them an anonymous page is cached until one of them moves; without them it is never cached.
    """
    page = Page(render_to_string(template, dict(context or {}), request), status=status)
    page.cases = tuple(cases)
    return page


def refused(request: HttpRequest, refusal: Refused) -> HttpResponse:
    """Return the refusal as a page with its sentence and status; what was typed is given back."""
    return problems.page(request, refusal.status, refusal.sentence, typed=problems.typed(request))


def spreadsheet(raw: bytes, name: str, charset: str = "utf-8") -> HttpResponse:
    """Return a table (from `kernel.spreadsheets.written`, encoded) as a download under a Japanese name."""
    answer = HttpResponse(raw, content_type=f"text/csv; charset={charset}")
    disposition = content_disposition_header(as_attachment=True, filename=name)
    answer.headers["Content-Disposition"] = disposition or "attachment"
    answer.headers["X-Content-Type-Options"] = "nosniff"
    return answer
