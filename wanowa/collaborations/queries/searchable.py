"""What the search finds of collaborations: the text in force for everybody, the text in preparation for its table."""

from collections.abc import Collection, Iterable, Iterator, Sequence

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from wanowa.collaborations.models import Collaboration, Draft, Participation
from wanowa.collaborations.queries.reading import names_in, visible_to
from wanowa.collaborations.rules import Clause, Seat, Terms, clause_text
from wanowa.kernel.actors import Actor
from wanowa.parties.models import Party
from wanowa.search.queries import Readable, Source

_INSIDE = (Seat.SEATED, Seat.INVITED)


def source() -> Source:
    """Return collaborations as documents."""
    return Source("collaborations", _("協働の取組"), _keys, _documents, _touched, _may_be_seen)


def _keys(after: str, limit: int) -> list[str]:
    """Costs one query."""
    found = Collaboration.objects.filter(pk__gt=int(after or 0)).order_by("pk")
    return [str(pk) for pk in found.values_list("pk", flat=True)[:limit]]


def _documents(keys: Sequence[str]) -> Iterator[Readable]:
    """Costs four queries. Its fields are those in which the parties at its table work."""
    found = list(
        Collaboration.objects.filter(pk__in=map(int, keys)).select_related("in_force").order_by("pk")
    )
    drafts = {draft.collaboration_id: draft for draft in Draft.objects.filter(collaboration__in=found)}
    seats: dict[int, set[int]] = {one.pk: set() for one in found}
    fields: dict[int, set[str]] = {one.pk: set() for one in found}
    inside = Participation.objects.filter(collaboration__in=found, seat__in=_INSIDE)
    for pk, party, seat, theirs in inside.values_list(
        "collaboration_id", "party_id", "seat", "party__fields"
    ):
        seats[pk].add(party)
        fields[pk] |= set(theirs) if seat == Seat.SEATED else set()
    texts = {one.pk: _terms(one, drafts.get(one.pk)) for one in found}
    names = names_in(*texts.values())
    for one in found:
        draft, terms = drafts.get(one.pk), texts[one.pk]
        newcomer = {draft.newcomer_id} if draft and draft.newcomer_id else set()
        yield Readable(
            key=str(one.pk),
            title=one.title,
            body=_text(terms, names) if terms else one.summary,
            address=reverse("collaborations:collaboration", args=[one.slug]),
            fields=tuple(sorted(fields[one.pk])),
            day=timezone.localdate(one.public_since or one.created_at),
            public=one.public_since is not None,
            parties=tuple(sorted(seats[one.pk] | newcomer)),
        )


def _terms(one: Collaboration, draft: Draft | None) -> Terms | None:
    """Return the text that whoever finds it may read: never the draft of what is public."""
    if one.in_force:
        return one.in_force.terms
    return draft.terms if draft and one.public_since is None else None


def _text(terms: Terms, names: dict[int, str]) -> str:
    rest = [clause_text(terms, clause, names) for clause in Clause if clause is not Clause.TITLE]
    return "\n".join(part for part in (terms.summary, *rest) if part)


def _touched(case: str) -> Iterable[str]:
    """Costs one query for a party, whose name stands in the texts; else none."""
    label, _slash, key = case.partition("/")
    if label == Collaboration._meta.label_lower:
        return [key]
    if label == Party._meta.label_lower:
        seats = Participation.objects.filter(party_id=int(key), seat__in=_INSIDE)
        return [
            str(pk) for pk in seats.order_by("collaboration_id").values_list("collaboration_id", flat=True)
        ]
    return []


def _may_be_seen(actor: Actor, keys: Collection[str]) -> set[str]:
    """Costs two queries, one for the public."""
    return {str(pk) for pk in visible_to(actor).filter(pk__in=map(int, keys)).values_list("pk", flat=True)}
