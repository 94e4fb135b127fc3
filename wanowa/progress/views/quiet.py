"""Collaborations that have gone quiet, for the coordinators."""

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from wanowa.guideline.queries import pack
from wanowa.kernel.errors import Forbidden
from wanowa.progress import queries
from wanowa.web.keyset import page_of
from wanowa.web.pages import show
from wanowa.web.requests import Request


@login_required
@require_safe
def quiet(request: Request) -> HttpResponse:
    """Show the coordinators which collaborations have gone quiet, and whom to ask. Costs four queries."""
    if not getattr(request.user, "is_coordinator", False):
        raise Forbidden(_("協働推進員のページです。取組のようすは、それぞれの「進みぐあい」で読めます。"))
    page = page_of(queries.quiet(), request)
    signs = queries.last_signs(page.rows)
    today = timezone.localdate()
    context = {
        "page": page,
        "rows": [
            (one, signs[one.pk].at, (today - timezone.localtime(signs[one.pk].at).date()).days)
            for one in page
        ],
        "days": pack().rhythm.quiet,
        "trail": [(_("マイページ"), "/me/"), (_("しばらく動きのない取組"), "")],
    }
    return show(request, "progress/quiet.html", context)
