"""What came of a case: the introduction, proposal or collaboration at an address, shown to who may know of it."""

from collections.abc import Callable
from dataclasses import dataclass
from urllib.parse import unquote, urlsplit

from django.urls import Resolver404, resolve, reverse
from django.utils.translation import gettext as _

from wanowa.collaborations.models import Collaboration
from wanowa.collaborations.queries import visible_to as collaborations_for
from wanowa.consultations.models import Case
from wanowa.consultations.rules import Outcome
from wanowa.introductions.queries import introduction_at
from wanowa.kernel.actors import Actor
from wanowa.kernel.errors import Invalid
from wanowa.parties.queries import parties_of
from wanowa.people.queries import coordinators
from wanowa.proposals.queries.proposals import partners_of, proposal_at, readers_of


@dataclass(frozen=True, slots=True)
class Lead:
    """One sort of what may come of a case: the name of its page, and how it is shown to a reader."""

    page: str
    show: Callable[[int, Actor], tuple[str, str] | None]
    """Returns (title, address); None for who may not know of it."""


def _introduction(pk: int, by: Actor) -> tuple[str, str] | None:
    """Costs three queries."""
    found = introduction_at(pk, parties_of(by.person), desk=_at_the_desk(by))
    if found is None:
        return None
    sides = {"first": found.first.name, "second": found.second.name}
    return _("引き合わせ：%(first)sと%(second)s") % sides, found.get_absolute_url()


def _proposal(pk: int, by: Actor) -> tuple[str, str] | None:
    """Costs ≤ four queries."""
    found = proposal_at(pk)
    if found is None:
        return None
    around = readers_of(found, partners_of(found))
    if around.isdisjoint(parties_of(by.person)) and not _at_the_desk(by):
        return None
    return str(found), found.get_absolute_url()


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
        if pk is not None and lead.show(pk, by):
            return pk, None
    raise Invalid(_("このアドレスのページは見つかりません。空にするか、アドレスを写しなおしてください。"))


def _number(path: str, page: str) -> int | None:
    """Return the id in the path of a page, None for the path of another page."""
    try:
        match = resolve(path)
    except Resolver404:
        return None
    return match.kwargs["pk"] if match.view_name == page else None


def way_on(case: Case, by: Actor) -> tuple[str, str] | None:
    """Return (title, address) of what came of a case, if the reader may know of it. Costs ≤ four queries."""
    if case.collaboration_id is not None:
        found = collaborations_for(by).filter(pk=case.collaboration_id).first()
        return (found.title, reverse("collaborations:collaboration", args=[found.slug])) if found else None
    if case.outcome and case.lead is not None and (lead := LEADS.get(Outcome(case.outcome))):
        return lead.show(case.lead, by)
    return None
