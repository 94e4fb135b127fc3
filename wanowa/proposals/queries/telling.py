"""What notices ask of the scheme: who stands around a case, what it is called, and who may know of it."""

from collections.abc import Collection, Iterable

from django.utils.translation import gettext as _

from wanowa.parties.models import Party
from wanowa.people.models import User
from wanowa.proposals.models import Proposal, Reviewer, Round, Seed
from wanowa.proposals.queries.proposals import partners_of, readers_of
from wanowa.proposals.queries.rounds import drafters_of
from wanowa.proposals.queries.seeds import address_of

PROPOSAL = Proposal._meta.label_lower
ROUND = Round._meta.label_lower
SEED = Seed._meta.label_lower


def parties_around(case: str) -> frozenset[int]:
    """Return the parties around a proposal, or those that write in a round; nobody else. Costs two queries."""
    label, _slash, key = case.partition("/")
    if label == PROPOSAL:
        proposal = Proposal.objects.filter(pk=int(key)).first()
        return readers_of(proposal, partners_of(proposal)) if proposal else frozenset()
    if label == ROUND:
        found = Round.objects.filter(pk=int(key)).first()
        return frozenset(drafters_of(found)) if found else frozenset()
    return frozenset()


def persons_around(case: str) -> frozenset[int]:
    """Return who hears of a case besides its parties: author, coordinator, who judges a round. Costs one query."""
    label, _slash, key = case.partition("/")
    if label == SEED:
        pairs = Seed.objects.filter(pk=int(key)).values_list("person", "owner")
        return frozenset(person for pair in pairs for person in pair if person)
    if label == PROPOSAL:
        owners = Proposal.objects.filter(pk=int(key)).values_list("owner", flat=True)
        return frozenset(owner for owner in owners if owner)
    if label == ROUND:
        return frozenset(Reviewer.objects.filter(round=int(key)).values_list("person", flat=True))
    return frozenset()


def may_know(case: str, mine: Collection[int], person: int) -> bool:
    """Tell whether somebody may know of a case. Costs at most three queries."""
    if person in persons_around(case) or not parties_around(case).isdisjoint(mine):
        return True
    return case.startswith((SEED, PROPOSAL)) and User.objects.filter(pk=person, is_coordinator=True).exists()


def titles_of(cases: Iterable[str]) -> dict[str, tuple[str, str]]:
    """Return title and address of what the scheme has among `cases`; never the words of an idea. Costs ≤ 3 queries."""
    keys: dict[str, set[int]] = {PROPOSAL: set(), ROUND: set(), SEED: set()}
    for case in cases:
        label, _slash, key = case.partition("/")
        if label in keys:
            keys[label].add(int(key))
    told = {}
    for proposal in Proposal.objects.filter(pk__in=keys[PROPOSAL]) if keys[PROPOSAL] else ():
        told[f"{PROPOSAL}/{proposal.pk}"] = (str(proposal), proposal.get_absolute_url())
    for found in Round.objects.filter(pk__in=keys[ROUND]) if keys[ROUND] else ():
        told[f"{ROUND}/{found.pk}"] = (found.title, found.get_absolute_url())
    for seed in Seed.objects.filter(pk__in=keys[SEED]) if keys[SEED] else ():
        title = _("ひとこと提案 %(number)s") % {"number": seed.number}
        told[f"{SEED}/{seed.pk}"] = (title, address_of(seed))
    return told


def closing_obstacle(party: Party) -> str | None:
    """Return why a party cannot close: a proposal of its is being judged or waits for money. Costs one query."""
    running = Proposal.objects.filter(
        party=party, status__in=["matching", "submitted", "returned", "review", "adopted"]
    )
    found = running.first()
    if found is None:
        return None
    return _("提案「%(title)s」が審査中です。先に取り下げてください。") % {"title": found}
