"""What every page asks first: which party, who reads, may they look, did the form do what was wanted."""

from collections.abc import Callable

from django.forms import BaseForm
from django.http import Http404, HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _

from wanowa.kernel.actors import Actor
from wanowa.kernel.errors import Forbidden, Refused
from wanowa.parties import queries
from wanowa.parties.models import Party
from wanowa.parties.rules import ALLOWED, Act, Role
from wanowa.people.models import User


def party_at(slug: str) -> Party:
    """Return the party of the address; Http404 when there is none."""
    found = queries.by_slug(slug)
    if found is None:
        raise Http404
    return found


def user_of(request: HttpRequest) -> User:
    """Return the signed-in person; for pages behind `login_required`."""
    assert isinstance(request.user, User)  # noqa: S101 - narrows the type
    return request.user


def acting(request: HttpRequest, party: Party) -> Actor:
    """Return the reader acting for the party of the page; the service checks whether they may."""
    return queries.actor_of(user_of(request), party=party.pk)


def inside(request: HttpRequest, slug: str) -> tuple[Party, Role]:
    """Return the party and the reader's role in it; Http404 for everybody outside."""
    found = party_at(slug)
    role = queries.role_in(found.pk, request.user.pk)
    if role is None:
        raise Http404
    return found, role


def require_act(role: Role | None, act: Act) -> None:
    """Raise Forbidden when the role does not allow the act; the service asks again at commit."""
    if role not in ALLOWED[act]:
        raise Forbidden(_("この操作は、この主体の代表か担当の人ができます。代表にたのんでください。"))


def editable(request: HttpRequest, slug: str, act: Act) -> Party:
    """Return a public party for a reader who may do `act` to it; Forbidden for the others."""
    found = party_at(slug)
    require_act(queries.role_in(found.pk, request.user.pk), act)
    require_open(found)
    return found


def require_open(party: Party) -> None:
    """Raise Refused with a sentence when the party has ended its activity."""
    if party.closed_at:
        raise Refused(
            _("この主体は活動を終えています。新しく始めるときは、新しい主体として参加してください。")
        )


def trail(party: Party | None = None, *pages: str) -> list[tuple[str, str]]:
    """Return the breadcrumb down to the directory, a party, or a page of the party."""
    above = [(_("団体をさがす"), reverse("parties:directory"))]
    if party:
        above.append((party.name, party.get_absolute_url()))
    return above + [(page, "") for page in pages]


def attempted[R](form: BaseForm, act: Callable[[], R]) -> tuple[R | None, int]:
    """Return what `act` returned and 200; when refused, None and the status, the sentence in the form."""
    if not form.is_valid():
        return None, 400
    try:
        return act(), 200
    except Refused as refusal:
        form.add_error(None, str(refusal))
        return None, refusal.status
