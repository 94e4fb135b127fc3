"""What notices and people's own pages ask of requests: who stands around one, what it is called, what waits.

Nobody is told of a no: it looks like silence.
"""

from collections.abc import Collection, Iterable
from datetime import timedelta

from django.db.models import OuterRef, Q, Subquery
from django.utils import timezone
from django.utils.translation import gettext as _

from wanowa.talent.models import Message, Request
from wanowa.talent.queries.relay import request_of
from wanowa.talent.rules import Status

REQUEST = Request._meta.label_lower
FRESH = timedelta(days=14)
"""How long an answer is called to mind."""


def _key(case: str) -> int | None:
    label, _slash, key = case.partition("/")
    return int(key) if label == REQUEST else None


def around_request(case: str) -> tuple[frozenset[int], frozenset[int]]:
    """Return the party that asked and the person who was asked; nobody around other cases. Costs ≤ one query."""
    key = _key(case)
    rows = [] if key is None else Request.objects.filter(pk=key).values_list("party_id", "profile__person_id")
    sides = list(rows)
    return (
        frozenset(party for party, _person in sides),
        frozenset(person for _party, person in sides if person is not None),
    )


def may_know_request(case: str, mine: Collection[int], person: int) -> bool:
    """Tell whether somebody may know of a request. Costs ≤ one query."""
    key = _key(case)
    return key is not None and request_of(key, person, mine) is not None


def titles_of_requests(cases: Iterable[str]) -> dict[str, tuple[str, str]]:
    """Return title and address of the requests among `cases`: a pseudonym, never a name. Costs ≤ one query."""
    keys = {key for case in cases if (key := _key(case)) is not None}
    found = Request.objects.filter(pk__in=keys) if keys else ()
    return {
        f"{REQUEST}/{one.pk}": (
            _("人材バンクのお願い（%(handle)s）") % {"handle": one.handle},
            one.get_absolute_url(),
        )
        for one in found
    }


def answers_awaiting(parties: Collection[int]) -> list[Request]:
    """Return the accepted requests of parties in which the other side spoke last, oldest first. Costs one query.

    An acceptance counts as the first word. After two weeks nothing is called to mind any more.
    """
    if not parties:
        return []
    since = timezone.now() - FRESH
    last = Message.objects.filter(request=OuterRef("pk")).order_by("-said_at", "-id")
    found = Request.objects.filter(
        party__in=parties, status=Status.ACCEPTED, forgotten_at__isnull=True
    ).annotate(theirs=Subquery(last.values("from_person")[:1]), said=Subquery(last.values("said_at")[:1]))
    waiting = Q(theirs=True, said__gte=since) | Q(theirs__isnull=True, answered_at__gte=since)
    return list(found.filter(waiting).order_by("answered_at", "id"))
