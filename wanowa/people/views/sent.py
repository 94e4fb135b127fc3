"""What was sent is no draft any more: a form that was accepted takes its draft with it."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

from wanowa.people import services
from wanowa.people.models import User

type Respond = Callable[[HttpRequest], HttpResponse]


class DraftsSent:
    """Forgets the draft of an address after a POST there led on. One query for each such POST of a person."""

    def __init__(self, get_response: Respond) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer the request; a redirect after a POST means that the form was accepted."""
        response = self.get_response(request)
        if request.method == "POST" and 300 <= response.status_code < 400 and isinstance(request.user, User):
            kept = getattr(response, "keeps_draft", False)
            if not kept:
                services.discard_draft(request.user, request.path)
        return response
