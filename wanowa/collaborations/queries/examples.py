"""What collaborations lend to the pages of others: living examples of a word, cards on a party's page."""

from collections.abc import Iterator

from django.db.models import Count, Q, QuerySet
from django.urls import reverse

from wanowa.collaborations.models import Collaboration
from wanowa.collaborations.queries.reading import directory, with_rings
from wanowa.collaborations.rules import Seat, Status
from wanowa.guideline.queries import Example, Word
from wanowa.guideline.rules import Area, Form, Kind, Ownership, Principle
from wanowa.parties.models import Party
from wanowa.parties.queries import Card

EXAMPLES = 4
CARDS = 24
SEVERAL = 3
"""Parties from which on an agreement shows that everybody counts."""


def living_examples(word: Word) -> Iterator[Example]:
    """Yield the newest public collaborations that show `word` at work, with their rings. Costs two or three queries.

    In this area or form, with results that belong so, or with this kind of party. Equality is shown by agreements
    of three parties and more, openness by whatever became public last; the other principles show none.
    """
    found = directory()
    match word:
        case Area():
            found = found.filter(in_force__isnull=False, area=word)
        case Form():
            found = found.filter(in_force__isnull=False, form=word)
        case Ownership():
            found = found.filter(in_force__isnull=False, ownership=word)
        case Kind():
            found = found.filter(
                in_force__isnull=False, participations__party__kind=word, participations__seat=Seat.SEATED
            ).distinct()
        case Principle.EQUALITY:
            seated = Count("participations", filter=Q(participations__seat=Seat.SEATED))
            found = found.filter(in_force__isnull=False).annotate(seated=seated).filter(seated__gte=SEVERAL)
        case Principle.OPENNESS:
            pass
        case _:
            return
    for card in with_rings(found[:EXAMPLES]):
        one = card.collaboration
        yield Example(
            title=one.title,
            href=_address(one),
            detail=one.summary,
            kicker=one.get_status_display(),
            ring=tuple(card.ring),
        )


def cards_of(party: Party) -> list[Card]:
    """Return what a party does together with others, as far as it is public, newest first. Costs one query."""
    found: QuerySet[Collaboration] = Collaboration.objects.filter(
        public_since__isnull=False, participations__party=party, participations__seat=Seat.SEATED
    ).exclude(status=Status.WITHDRAWN)
    return [
        Card(title=one.title, href=_address(one), text=one.summary, kicker=one.get_status_display())
        for one in found.order_by("-public_since", "-id")[:CARDS]
    ]


def _address(collaboration: Collaboration) -> str:
    return reverse("collaborations:collaboration", args=[collaboration.slug])
