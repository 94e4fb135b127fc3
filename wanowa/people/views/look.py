"""Letting a browser look and speak as its person likes: the choice travels in web's cookies, so pages cost no query."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils.translation import activate

from wanowa.kernel.actors import Actor
from wanowa.kernel.languages import known
from wanowa.people import services
from wanowa.people.models import User
from wanowa.people.rules import Language, TextSize, Theme
from wanowa.people.views.gate import Respond
from wanowa.web import languages, preferences


def remember_look(request: HttpRequest, response: HttpResponse, person: User) -> None:
    """Write what `person` chose into the cookie from which every page takes its look."""
    chosen = {
        "theme": "" if person.theme == Theme.AUTO else str(person.theme),
        "text": "" if person.text_size == TextSize.NORMAL else str(person.text_size),
        "motion": "reduced" if person.reduced_motion else "",
    }
    preferences.keep(response, chosen, secure=request.is_secure())


class Speaking:
    """Speaks the language of the signed-in person where the browser has none of its own.

    The person is loaded already, or will be for the second factor: no query of its own.
    """

    def __init__(self, get_response: Respond) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Speak it; web's middleware, which stands outside, ends it."""
        if settings.SESSION_COOKIE_NAME in request.COOKIES and not languages.chosen(request):
            code = known(getattr(request.user, "language", ""))
            if code:
                activate(code)
        return self.get_response(request)


def keep_language(request: HttpRequest, code: str) -> None:
    """Keep a language with the person who is signed in: her mails come in it."""
    if isinstance(request.user, User):
        services.change_settings(request.user, by=Actor(person=request.user.pk), language=language_of(code))


def language_of(code: str) -> Language:
    """Return the choice of a person for a language that is offered ("zh-hans" is zh_Hans)."""
    return next(choice for choice in Language if known(choice) == code)
