"""Who reads a page of the desk: the person herself, by account, link or number; or somebody of the city."""

import time
from datetime import timedelta

from django.http import Http404
from django.urls import reverse
from django.utils.translation import gettext as _

from wanowa.consultations import queries
from wanowa.consultations.models import Case
from wanowa.consultations.queries import Reader
from wanowa.kernel.actors import Actor
from wanowa.people.models import User
from wanowa.people.rules.receipts import plain_number
from wanowa.web.requests import Request

GRANTS = "consultations_open"
"""Where the browser's session keeps which numbers it opened with link or passphrase, and until when."""
GRANT = timedelta(hours=2)
MOST_GRANTS = 10


def person_of(request: Request) -> User | None:
    """Return the signed-in person, if any."""
    return request.user if isinstance(request.user, User) else None


def actor_of(request: Request) -> Actor:
    """Return who acts on her own case: the person, or somebody without an account."""
    return Actor(request.user.pk)


def grant(request: Request, case: Case) -> None:
    """Let this browser read and write on a case for two hours."""
    kept = _grants(request)
    kept[case.number] = time.time() + GRANT.total_seconds()
    request.session[GRANTS] = dict(sorted(kept.items(), key=lambda one: one[1])[-MOST_GRANTS:])


def _grants(request: Request) -> dict[str, float]:
    kept: dict[str, float] = request.session.get(GRANTS) or {}
    return {number: until for number, until in kept.items() if until > time.time()}


def own_case(request: Request, number: str) -> Case:
    """Return the reader's own case; 404 for everybody else, whether there is one or not. Costs one query."""
    found = queries.by_number(plain_number(number))
    person = person_of(request)
    if found is None:
        raise Http404
    mine = person is not None and found.person_id == person.pk
    if not mine and found.number not in _grants(request):
        raise Http404
    return found


def staff(request: Request) -> Reader:
    """Return who reads for the city; for everybody else there is no such page. Costs as `reader_of`."""
    reader = queries.reader_of(request.user.pk)
    if reader is None:
        raise Http404
    return reader


def trail(*pages: tuple[str, str] | str) -> list[tuple[str, str]]:
    """Return the breadcrumb from the desk down."""
    above = [(_("相談する"), reverse("consultations:index"))]
    return above + [page if isinstance(page, tuple) else (page, "") for page in pages]


def desk_trail(*pages: str) -> list[tuple[str, str]]:
    """Return the breadcrumb from the queue down."""
    return [(_("相談の一覧"), reverse("consultations:desk")), *((page, "") for page in pages)]
