"""Letting a browser look as its person likes: the choice travels in web's cookie, so pages cost no query."""

from django.http import HttpRequest, HttpResponse

from wanowa.people.models import User
from wanowa.people.rules import TextSize, Theme
from wanowa.web import preferences


def remember_look(request: HttpRequest, response: HttpResponse, person: User) -> None:
    """Write what `person` chose into the cookie from which every page takes its look."""
    chosen = {
        "theme": "" if person.theme == Theme.AUTO else str(person.theme),
        "text": "" if person.text_size == TextSize.NORMAL else str(person.text_size),
        "motion": "reduced" if person.reduced_motion else "",
        "language": str(person.language),
    }
    preferences.keep(response, chosen, secure=request.is_secure())
