"""Who leaves the desk leaves nothing behind: cases, calls, ideas and introductions go to others at once."""

from django.db import transaction
from django.db.models import QuerySet

from wanowa.consultations.queries import in_hand
from wanowa.consultations.services.passing import settle_owners, take_in
from wanowa.introductions.models import Introduction
from wanowa.introductions.queries import open_for
from wanowa.introductions.services import take_in as take_in_introduction
from wanowa.kernel.actors import SYSTEM
from wanowa.people.models import User
from wanowa.people.queries import coordinators, least_busy
from wanowa.proposals.models import Seed
from wanowa.proposals.queries.seeds import seeds_under_way
from wanowa.proposals.services.seeds import take_in as take_in_idea
from wanowa.record.services.unrecorded import unrecorded


@unrecorded("each thing that moves leaves its own entry")
def take_over_from(person: User) -> None:
    """Give everything that somebody holds for the desk to others, in the transaction in which she leaves it.

    What she holds for a department stays hers: that ends with her term there.
    """
    cases = in_hand().filter(owner=person, department__isnull=True)
    for case in cases.select_for_update(of=("self",)).order_by("pk"):
        take_in(case, person.pk)
    _ideas(seeds_under_way().filter(owner=person), without=person.pk)
    _introductions(open_for(person), without=person.pk)


@unrecorded("each thing that moves leaves its own entry")
def settle() -> int:
    """Take in what is held by people who can hold it no longer; return how many things moved. Can run twice."""
    count = settle_owners()
    with transaction.atomic():
        count += _ideas(seeds_under_way().exclude(owner__in=coordinators()))
        count += _introductions(open_for().exclude(owner__in=coordinators()))
    return count


def _ideas(found: QuerySet[Seed], *, without: int | None = None) -> int:
    count = 0
    for seed in found.select_for_update(of=("self",)).order_by("pk"):
        if (to := least_busy(seeds_under_way(), without=without)) is not None:
            take_in_idea(seed, to=to, by=SYSTEM)
            count += 1
    return count


def _introductions(found: QuerySet[Introduction], *, without: int | None = None) -> int:
    count = 0
    for introduction in found.select_for_update(of=("self",)).order_by("pk"):
        if (to := least_busy(open_for(), without=without)) is not None:
            take_in_introduction(introduction, to=to, by=SYSTEM)
            count += 1
    return count
