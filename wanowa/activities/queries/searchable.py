"""What the search finds of activities: everything that their page tells everybody."""

from collections.abc import Collection, Iterable, Iterator, Sequence

from django.utils.translation import gettext_lazy as _

from wanowa.activities.models import Activity
from wanowa.kernel.actors import Actor
from wanowa.parties.models import Party
from wanowa.parties.rules import ALONE
from wanowa.search.queries import Readable, Source


def source() -> Source:
    """Return activities as documents."""
    return Source("activities", _("活動"), _keys, _documents, _touched, _may_be_seen)


def _keys(after: str, limit: int) -> list[str]:
    """Costs one query."""
    found = Activity.objects.filter(pk__gt=int(after or 0)).order_by("pk")
    return [str(pk) for pk in found.values_list("pk", flat=True)[:limit]]


def _documents(keys: Sequence[str]) -> Iterator[Readable]:
    """Costs one query. An activity whose words were erased is no document."""
    found = Activity.objects.filter(pk__in=map(int, keys), forgotten_at__isnull=True)
    for one in found.select_related("party").order_by("pk"):
        yield Readable(
            key=str(one.pk),
            title=one.title,
            body="\n".join(
                part for part in (one.what, one.for_whom, one.place, one.how_to_join, one.party.name) if part
            ),
            address=one.get_absolute_url(),
            fields=(one.field,),
            day=one.since,
            personal=one.party.kind in ALONE,
        )


def _touched(case: str) -> Iterable[str]:
    """Costs one query for a party, whose name stands in the text; else none."""
    label, _slash, key = case.partition("/")
    if label == Activity._meta.label_lower:
        return [key]
    if label == Party._meta.label_lower:
        found = Activity.objects.filter(party_id=int(key)).order_by("pk")
        return [str(pk) for pk in found.values_list("pk", flat=True)]
    return []


def _may_be_seen(actor: Actor, keys: Collection[str]) -> set[str]:
    """Activities are for everybody, for as long as their words stand. Costs one query."""
    found = Activity.objects.filter(pk__in=map(int, keys), forgotten_at__isnull=True)
    return {str(pk) for pk in found.values_list("pk", flat=True)}
