"""What the search finds of papers: for each collaboration the shelf of what is in force, by the names of its papers.

What was agreed is found where it stands, on the page of the collaboration: a second hit for the same words helps
nobody.
"""

from collections.abc import Collection, Iterable, Iterator, Sequence

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as say
from django.utils.translation import gettext_lazy as _

from wanowa.collaborations.models import Collaboration, Version
from wanowa.collaborations.queries.reading import visible_to
from wanowa.guideline.queries import pack
from wanowa.guideline.rules import PaperKind
from wanowa.kernel.actors import Actor
from wanowa.papers.queries.shelf import kinds_of
from wanowa.papers.rules import FACTS, WRITTEN
from wanowa.search.queries import Readable, Source


def source() -> Source:
    """Return the shelves of papers as documents."""
    return Source("papers", _("書類"), _keys, _documents, _touched, _may_be_seen)


def _keys(after: str, limit: int) -> list[str]:
    """Costs one query."""
    found = Collaboration.objects.filter(pk__gt=int(after or 0), in_force__isnull=False).order_by("pk")
    return [str(pk) for pk in found.values_list("pk", flat=True)[:limit]]


def _documents(keys: Sequence[str]) -> Iterator[Readable]:
    """Costs one query. A collaboration whose form has no papers is no document.

    Its title is no title here: whoever looks for a collaboration finds it before its papers.
    """
    newest = (
        Version.objects.filter(
            collaboration__in=map(int, keys), in_force_at__isnull=False, change__in=WRITTEN
        )
        .select_related("collaboration")
        .order_by("collaboration", "-number")
        .distinct("collaboration")
    )
    for version in newest:
        if (kinds := kinds_of(version)) and version.in_force_at:
            collaboration = version.collaboration
            yield Readable(
                key=str(collaboration.pk),
                title=say("書類（%(names)s）") % {"names": "・".join(str(kind.label) for kind in kinds)},
                body="\n".join((collaboration.title, *map(_told, kinds))),
                address=reverse("papers:papers", args=[collaboration.slug]),
                day=timezone.localdate(version.in_force_at),
                public=collaboration.public_since is not None,
                parties=tuple(sorted(version.terms.parties)),
            )


def _told(kind: PaperKind) -> str:
    official = pack().papers.get(kind)
    return f"{official.number if official else ''} {FACTS[kind].purpose}".strip()


def _touched(case: str) -> Iterable[str]:
    """Costs no query."""
    label, _slash, key = case.partition("/")
    return [key] if label == Collaboration._meta.label_lower else []


def _may_be_seen(actor: Actor, keys: Collection[str]) -> set[str]:
    """Return the shelves of collaborations that the actor may see. Costs two queries, one for the public."""
    found = visible_to(actor).filter(pk__in=map(int, keys), in_force__isnull=False)
    return {str(pk) for pk in found.values_list("pk", flat=True)}
