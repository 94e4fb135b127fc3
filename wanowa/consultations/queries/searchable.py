"""What the search finds of the desk: answers that two people let everybody read, and nothing else."""

from collections.abc import Collection, Iterable, Iterator, Sequence

from django.utils.translation import gettext_lazy as _

from wanowa.consultations.models import Advice
from wanowa.consultations.queries.advice import released
from wanowa.consultations.queries.practice import category_label
from wanowa.kernel.actors import Actor
from wanowa.search.queries import Readable, Source


def source() -> Source:
    """Return public answers as documents."""
    return Source("consultations", _("よくある相談"), _keys, _documents, _touched, _may_be_seen)


def _keys(after: str, limit: int) -> list[str]:
    """Costs one query."""
    found = Advice.objects.filter(pk__gt=int(after or 0)).order_by("pk")
    return [str(pk) for pk in found.values_list("pk", flat=True)[:limit]]


def _documents(keys: Sequence[str]) -> Iterator[Readable]:
    """Costs one query. What waits or was withdrawn is no document."""
    for one in released().filter(advice_id__in=map(int, keys)).order_by("advice_id"):
        yield Readable(
            key=str(one.advice_id),
            title=one.question,
            body=f"{one.answer}\n{category_label(one.category)}",
            address=one.advice.get_absolute_url(),
            day=one.advice.checked_on,
        )


def _touched(case: str) -> Iterable[str]:
    """No query."""
    label, _slash, key = case.partition("/")
    return [key] if label == Advice._meta.label_lower else []


def _may_be_seen(actor: Actor, keys: Collection[str]) -> set[str]:
    """Released answers are for everybody. Costs one query."""
    found = released().filter(advice_id__in=map(int, keys))
    return {str(pk) for pk in found.values_list("advice_id", flat=True)}
