"""What collaborations lend to the pages of others: living examples of a word, cards on a party's page."""

from collections.abc import Iterator

from django.db.models import QuerySet
from django.urls import reverse

from wanowa.collaborations.models import Collaboration
from wanowa.collaborations.rules import Seat, Status
from wanowa.guideline.queries import Example, Word
from wanowa.guideline.rules import Area, Form, Kind
from wanowa.parties.models import Party
from wanowa.parties.queries import Card

EXAMPLES = 4
CARDS = 24


def living_examples(word: Word) -> Iterator[Example]:
    """Yield the newest public collaborations in this area or form, or with this kind of party. Costs one query."""
    found = Collaboration.objects.filter(public_since__isnull=False, in_force__isnull=False)
    match word:
        case Area():
            found = found.filter(area=word)
        case Form():
            found = found.filter(form=word)
        case Kind():
            found = found.filter(
                participations__party__kind=word, participations__seat=Seat.SEATED
            ).distinct()
        case _:
            return
    for one in found.order_by("-public_since", "-id")[:EXAMPLES]:
        yield Example(title=one.title, href=_address(one), detail=one.summary)


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
