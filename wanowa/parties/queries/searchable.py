"""What the search finds of parties: what their page tells everybody; closed ones no longer."""

from collections.abc import Collection, Iterable, Iterator, Sequence

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from wanowa.kernel.actors import Actor
from wanowa.parties.models import Party
from wanowa.parties.rules import ALONE
from wanowa.search.queries import Readable, Source


def source() -> Source:
    """Return parties as documents."""
    return Source("parties", _("主体"), _keys, _documents, _touched, _may_be_seen)


def _keys(after: str, limit: int) -> list[str]:
    """Costs one query."""
    found = Party.objects.filter(pk__gt=int(after or 0)).order_by("pk")
    return [str(pk) for pk in found.values_list("pk", flat=True)[:limit]]


def _documents(keys: Sequence[str]) -> Iterator[Readable]:
    """Costs one query."""
    for one in Party.objects.filter(pk__in=map(int, keys), closed_at__isnull=True).order_by("pk"):
        told = (one.alternative_name, one.get_kind_display(), one.good_at, one.hard_for, one.story, one.place)
        yield Readable(
            key=str(one.pk),
            title=one.name,
            reading=one.reading,
            body="\n".join(part for part in (*told, *one.field_labels) if part),
            address=one.get_absolute_url(),
            fields=tuple(one.fields),
            day=timezone.localdate(one.created_at),
            personal=one.kind in ALONE,
        )


def _touched(case: str) -> Iterable[str]:
    """No query."""
    label, _slash, key = case.partition("/")
    return [key] if label == Party._meta.label_lower else []


def _may_be_seen(actor: Actor, keys: Collection[str]) -> set[str]:
    """Open parties are for everybody. Costs one query."""
    found = Party.objects.filter(pk__in=map(int, keys), closed_at__isnull=True)
    return {str(pk) for pk in found.values_list("pk", flat=True)}
