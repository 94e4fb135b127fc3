"""The page that explains the process log."""

from django.http import HttpResponse
from django.views.decorators.http import require_safe

from wanowa.web.pages import show
from wanowa.web.requests import Request


@require_safe
def explanation(request: Request) -> HttpResponse:
    """Say in plain Japanese what the process log promises, and what it does not."""
    return show(request, "record/explanation.html")
