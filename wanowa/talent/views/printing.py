"""Papers of the desk: the form to fill in by hand, the draft of the register, and a person's receipt."""

from collections.abc import Callable
from functools import partial

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from wanowa.kernel.languages import in_japanese
from wanowa.press.printing import printed
from wanowa.press.sheets import Sheet
from wanowa.talent import queries
from wanowa.talent.views.standing import at_desk
from wanowa.web.requests import Request

SHEETS = {"form": queries.paper_form, "register": queries.register_draft}


@never_cache
@login_required
@require_safe
def sheet(request: Request, name: str) -> HttpResponse:
    """Hand out the form to fill in by hand, or the draft of the register. At most one query."""
    at_desk(request)
    if name not in SHEETS:
        raise Http404
    return _pdf(partial(SHEETS[name], timezone.localtime()), f"talent-{name}")


@never_cache
@login_required
@require_safe
def receipt(request: Request, pk: int) -> HttpResponse:
    """Hand out the receipt of a registration: its number and the consents. Costs two queries."""
    at_desk(request)
    profile = queries.profile_of(pk)
    if profile is None:
        raise Http404
    return _pdf(partial(queries.receipt_for, profile), f"talent-{profile.number}")


def _pdf(paper: Callable[[], Sheet], name: str) -> HttpResponse:
    with in_japanese():
        pdf = printed(paper())
    response = HttpResponse(pdf, content_type="application/pdf")
    response["Content-Disposition"] = f'inline; filename="{name}.pdf"'
    return response
