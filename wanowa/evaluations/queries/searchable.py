"""What the search finds of looking back: the joint text and the lesson of every published round."""

from collections.abc import Collection, Iterable, Iterator, Sequence

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext as say
from django.utils.translation import gettext_lazy as _

from wanowa.collaborations.models import Collaboration
from wanowa.evaluations.models import Statement
from wanowa.evaluations.rules.joint import HEADINGS, SAYINGS, Joint
from wanowa.kernel.actors import Actor
from wanowa.search.queries import Readable, Source


def source() -> Source:
    """Return what all parties of a round have published together, as documents."""
    return Source("evaluations", _("ふりかえり"), _keys, _documents, _touched, _may_be_seen)


def _published() -> QuerySet[Statement]:
    return Statement.objects.filter(in_force_at__isnull=False).order_by("pk")


def _keys(after: str, limit: int) -> list[str]:
    """Costs one query."""
    found = _published().filter(pk__gt=int(after or 0))
    return [str(pk) for pk in found.values_list("pk", flat=True)[:limit]]


def _documents(keys: Sequence[str]) -> Iterator[Readable]:
    """Costs one query."""
    for one in _published().filter(pk__in=map(int, keys)).select_related("round__collaboration"):
        collaboration = one.round.collaboration
        yield Readable(
            key=str(one.pk),
            title=say("%(title)sのふりかえり（第%(number)s回）")
            % {"title": collaboration.title, "number": one.round.number},
            body=_told(one.joint),
            address=reverse("evaluations:results", args=[collaboration.slug, one.round.number]),
            day=one.round.until,
        )


def _told(joint: Joint) -> str:
    """Return the text under its headings; the lesson only where all want others to use it."""
    lesson = [getattr(joint.lesson, name) for name in HEADINGS] if joint.lesson.usable else []
    said = [getattr(joint, name) for name in SAYINGS]
    return "\n".join(text for text in (*said, *lesson) if text)


def _touched(case: str) -> Iterable[str]:
    """Costs one query for a collaboration; else none."""
    label, _slash, key = case.partition("/")
    if label != Collaboration._meta.label_lower:
        return []
    found = _published().filter(round__collaboration_id=int(key))
    return [str(pk) for pk in found.values_list("pk", flat=True)]


def _may_be_seen(actor: Actor, keys: Collection[str]) -> set[str]:
    """Whatever is published is for everybody. Costs one query."""
    found = _published().filter(pk__in=map(int, keys))
    return {str(pk) for pk in found.values_list("pk", flat=True)}
