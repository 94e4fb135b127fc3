"""What the search finds of exchange: what is open now, with everything that its page tells everybody."""

from collections.abc import Collection, Iterable, Iterator, Sequence

from django.utils.translation import gettext_lazy as _

from wanowa.exchange.models import Listing
from wanowa.exchange.queries.matching import taxonomy
from wanowa.exchange.queries.reading import open_listings, quarters
from wanowa.kernel.actors import Actor
from wanowa.parties.models import Party
from wanowa.parties.rules import ALONE
from wanowa.search.queries import Readable, Source


def source() -> Source:
    """Return open listings as documents."""
    label = _("できること・してほしいこと")
    return Source("exchange", label, _keys, _documents, _touched, _may_be_seen)


def _keys(after: str, limit: int) -> list[str]:
    """Costs one query."""
    found = Listing.objects.filter(pk__gt=int(after or 0)).order_by("pk")
    return [str(pk) for pk in found.values_list("pk", flat=True)[:limit]]


def _documents(keys: Sequence[str]) -> Iterator[Readable]:
    """Costs one query. What rests, is done or was withdrawn is no document."""
    named = quarters()
    for one in open_listings().filter(pk__in=map(int, keys)).order_by("pk"):
        chosen = "、".join(taxonomy().labels(one.keys))
        parts = (
            one.text,
            chosen,
            named.get(one.quarter, ""),
            one.place,
            one.bring,
            one.people,
            one.party.name,
        )
        yield Readable(
            key=str(one.pk),
            title=one.title,
            body="\n".join(part for part in parts if part),
            address=one.get_absolute_url(),
            day=one.day,
            personal=one.party.kind in ALONE,
        )


def _touched(case: str) -> Iterable[str]:
    """Costs one query for a party, whose name stands in the text; else none."""
    label, _slash, key = case.partition("/")
    if label == Listing._meta.label_lower:
        return [key]
    if label == Party._meta.label_lower:
        found = Listing.objects.filter(party_id=int(key)).order_by("pk")
        return [str(pk) for pk in found.values_list("pk", flat=True)]
    return []


def _may_be_seen(actor: Actor, keys: Collection[str]) -> set[str]:
    """Open listings are for everybody. Costs one query."""
    found = open_listings().filter(pk__in=map(int, keys))
    return {str(pk) for pk in found.values_list("pk", flat=True)}
