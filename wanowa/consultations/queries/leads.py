"""What came of a case and stands elsewhere: the introduction, proposal or collaboration at an address."""

from collections.abc import Callable
from dataclasses import dataclass
from urllib.parse import unquote, urlsplit

from django.urls import Resolver404, resolve, reverse
from django.utils.translation import gettext as _

from wanowa.collaborations.models import Collaboration
from wanowa.collaborations.queries import visible_to as collaborations_for
from wanowa.consultations.rules import Outcome
from wanowa.introductions.queries import introduction_at
from wanowa.kernel.actors import Actor
from wanowa.kernel.errors import Invalid
from wanowa.parties.queries import parties_of
from wanowa.people.queries import coordinators
from wanowa.proposals.queries.proposals import partners_of, proposal_at, readers_of


@dataclass(frozen=True, slots=True)
class Lead:
    """One sort of what may come of a case: the name of its page, and whether a reader may know of it."""

    page: str
    known: Callable[[int, Actor], bool]


def _introduction(pk: int, by: Actor) -> bool:
    """Costs three queries."""
    return introduction_at(pk, parties_of(by.person), desk=_at_the_desk(by)) is not None


def _proposal(pk: int, by: Actor) -> bool:
    """Costs ≤ four queries."""
    found = proposal_at(pk)
    if found is None:
        return False
    return not readers_of(found, partners_of(found)).isdisjoint(parties_of(by.person)) or _at_the_desk(by)


def _at_the_desk(by: Actor) -> bool:
    return by.person is not None and coordinators().filter(pk=by.person).exists()


LEADS = {
    Outcome.INTRODUCTION: Lead("introductions:introduction", _introduction),
    Outcome.PROPOSAL: Lead("proposals:proposal", _proposal),
}


def lead_at(outcome: Outcome, address: str, by: Actor) -> tuple[int | None, Collaboration | None]:
    """Return (id, collaboration) of what stands at an address that the actor may know of; one of them is None.

    Raises Invalid when there is no such thing. Costs ≤ four queries.
    """
    path = unquote(urlsplit(address.strip()).path)
    if outcome == Outcome.COLLABORATION:
        slug = path.removeprefix(reverse("collaborations:directory")).strip("/").partition("/")[0]
        if found := collaborations_for(by).filter(slug=slug).first():
            return None, found
    elif lead := LEADS.get(outcome):
        pk = _number(path, lead.page)
        if pk is not None and lead.known(pk, by):
            return pk, None
    raise Invalid(_("このアドレスのページは見つかりません。空にするか、アドレスを写しなおしてください。"))


def _number(path: str, page: str) -> int | None:
    """Return the id in the path of a page, None for the path of another page."""
    try:
        match = resolve(path)
    except Resolver404:
        return None
    return match.kwargs["pk"] if match.view_name == page else None
