"""What the pages of the desk begin with: who acts, where they stand, how a table is handed out."""

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from wanowa.kernel.actors import Actor
from wanowa.opendata.rules import Encoding
from wanowa.people.models import User
from wanowa.web.pages import spreadsheet

CHARSETS = {Encoding.UTF8: "utf-8", Encoding.CP932: "shift_jis"}


def desk(request: HttpRequest) -> Actor:
    """Return who acts; for everybody but the desk these pages do not exist (Http404)."""
    person = request.user
    if not isinstance(person, User) or not (person.is_coordinator or person.is_staff):
        raise Http404
    return Actor(person=person.pk)


def trail(*pages: str) -> list[tuple[str, str]]:
    """Return the breadcrumb down to the page of the portal, or to one below it."""
    above = [(_("団体をさがす"), reverse("parties:directory"))]
    if not pages:
        return [*above, (_("NPO法人ポータル"), "")]
    return [*above, (_("NPO法人ポータル"), reverse("opendata:groups")), *((page, "") for page in pages)]


def table_file(raw: bytes, name: str, encoding: Encoding = Encoding.UTF8) -> HttpResponse:
    """Return a table as a download."""
    return spreadsheet(raw, name, CHARSETS[encoding])
