"""Reading ideas: by which secret their author finds them again, and what waits at the desk."""

from collections.abc import Collection, Sequence

from django.core.signing import BadSignature, Signer
from django.db.models import Count, Q, QuerySet
from django.urls import reverse
from django.utils import timezone
from django.utils.crypto import constant_time_compare

from wanowa.kernel.rows import only
from wanowa.people.models import User
from wanowa.people.rules.receipts import plain_words
from wanowa.proposals.models import Seed
from wanowa.proposals.rules.lifecycle import SeedStatus

_signer = Signer(salt="proposals.seed")


def token_of(seed: Seed) -> str:
    """Return the secret of the page of an idea. No query."""
    return _signer.sign(str(seed.pk))


def address_of(seed: Seed) -> str:
    """Return the path of the page of an idea, for its author and the desk. No query."""
    return reverse("proposals:seed", args=[token_of(seed)])


def seed_at(token: str) -> Seed | None:
    """Return the idea that a link leads to. Costs one query at most."""
    try:
        key = int(_signer.unsign(token))
    except (BadSignature, ValueError):
        return None
    return only(Seed.objects.filter(pk=key).select_related("owner", "round"))


def seed_by_words(number: str, words: str) -> Seed | None:
    """Return the idea of a receipt, when number and words belong together. Costs one query."""
    found = only(Seed.objects.filter(number=number))
    return found if found is not None and constant_time_compare(words, plain_words(found.words)) else None


def seeds_under_way() -> QuerySet[Seed]:
    """Return the ideas that somebody at the desk has to do with. Costs one query."""
    return Seed.objects.filter(status__in=[SeedStatus.WAITING, SeedStatus.ANSWERED])


def seeds_waiting(limit: int = 50, *, among: Q | None = None) -> Sequence[Seed]:
    """Return the ideas that wait for the desk, or those `among` them, the most urgent first. Costs one query."""
    found = Seed.objects.filter(status=SeedStatus.WAITING).select_related("owner")
    if among is not None:
        found = found.filter(among)
    return list(found.order_by("due_on", "pk")[:limit])


def ideas_awaiting(owners: Collection[int]) -> tuple[int, int]:
    """Return how many ideas wait for an answer of some coordinators, and how many of them too long. Costs one query."""
    late = Count("pk", filter=Q(due_on__lt=timezone.localdate()))
    found = Seed.objects.filter(owner__in=owners, status=SeedStatus.WAITING)
    told = found.aggregate(number=Count("pk"), late=late)
    return told["number"], told["late"]


def own_seeds(person: User) -> Sequence[Seed]:
    """Return the ideas of a person, newest first. Costs one query."""
    found = Seed.objects.filter(Q(person=person) | Q(email=person.email), forgotten_at__isnull=True)
    return list(found.select_related("owner").order_by("-pk")[:50])
