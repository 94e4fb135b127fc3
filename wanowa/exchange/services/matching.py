"""Comparing what is open: each listing is understood once, compared with all others, and its suggestions kept."""

from django.db import transaction
from django.db.models import F, Q

from wanowa.exchange import queries
from wanowa.exchange.models import Gist, Listing, Suggestion
from wanowa.kernel.embeddings import Encoder, closeness, encoder, unpacked
from wanowa.kernel.languages import in_japanese
from wanowa.record.services.unrecorded import unrecorded

MOST_KEPT = 8
"""Suggestions that are sought for one listing."""
MOST_GUESSED = 5
LEAST_GUESSED = 0.3
"""How near the meaning of a text has to be to a term that it does not name."""

_meanings: dict[str, dict[str, tuple[float, ...]]] = {}


@unrecorded("suggestions are computed from what is on record, and can be computed again")
def compare() -> int:
    """Compare every listing that is new or was changed with everything open. Returns how many were compared.

    What either side has left behind is swept away first. Run by one worker at a time (the task holds a lock).
    """
    model = encoder()
    name = model.model if model else ""
    _sweep()
    listings = list(queries.comparable())
    changed = [one for one in listings if queries.has_changed(one, name)]
    if changed:
        _understand(changed, model)
        _suggest(list(queries.comparable()), {one.pk for one in changed})
    return len(changed)


def _sweep() -> None:
    """Forget what was understood and suggested of listings that are not open any more, or were changed."""
    open_now = queries.open_listings().values("pk")
    Gist.objects.exclude(listing__in=open_now).delete()
    stale = ~Q(need_seen=F("need__updated_at")) | ~Q(offer_seen=F("offer__updated_at"))
    Suggestion.objects.filter(stale | ~Q(need__in=open_now) | ~Q(offer__in=open_now)).delete()


def _understand(listings: list[Listing], model: Encoder | None) -> None:
    """Keep what each listing means: its vector, and the terms near to it."""
    vectors = model.encode([f"{one.title}。{one.text}" for one in listings]) if model else []
    for at, listing in enumerate(listings):
        vector = vectors[at] if model else b""
        Gist.objects.update_or_create(
            listing=listing,
            defaults={
                "seen": listing.updated_at,
                "model": model.model if model else "",
                "vector": vector,
                "guessed": guessed(vector, model) if model else {},
            },
        )


def guessed(vector: bytes, model: Encoder) -> dict[str, float]:
    """Return the terms whose meaning is nearest, with how near they are."""
    here = unpacked(vector)
    near = {key: closeness(here, there) for key, there in meanings_of(model).items()}
    nearest = sorted(near, key=lambda key: -near[key])[:MOST_GUESSED]
    return {key: round(near[key], 3) for key in nearest if near[key] >= LEAST_GUESSED}


def meanings_of(model: Encoder) -> dict[str, tuple[float, ...]]:
    """Return the vectors of all terms, encoded once a process."""
    if model.model not in _meanings:
        terms = queries.taxonomy().terms
        vectors = model.encode([f"{term.label} {term.plain}" for term in terms.values()])
        _meanings[model.model] = {key: unpacked(vector) for key, vector in zip(terms, vectors, strict=True)}
    return _meanings[model.model]


def _suggest(listings: list[Listing], changed: set[int]) -> None:
    """Keep the best partners of the changed ones, so that nobody stands in all of them."""
    field, near = queries.field_of(listings)
    seen = {one.pk: one.updated_at for one in listings}
    with transaction.atomic():
        Suggestion.objects.filter(Q(need__in=changed) | Q(offer__in=changed)).delete()
        load = queries.load()
        kept: set[tuple[int, int]] = set()
        for pk in sorted(changed & seen.keys()):
            with in_japanese():  # the reasons are kept
                found = field.best(field.told[pk], most=MOST_KEPT, closeness=near, load=load)
            rows = [
                Suggestion(
                    need_id=match.need,
                    offer_id=match.offer,
                    need_seen=seen[match.need],
                    offer_seen=seen[match.offer],
                    place=place,
                    score=match.score,
                    reason=match.reason,
                    across=match.across,
                )
                for place, match in enumerate(found, 1)
                if (match.need, match.offer) not in kept
            ]
            for row in rows:
                kept.add((row.need_id, row.offer_id))
                for side in (row.need_id, row.offer_id):
                    load[field.told[side].terms.party] += 1 / row.place
            Suggestion.objects.bulk_create(rows)


@unrecorded("the erasure that asks for it is recorded")
def forget_matches(listing: Listing) -> None:
    """Delete what was understood and suggested of a listing."""
    Gist.objects.filter(listing=listing).delete()
    Suggestion.objects.filter(Q(need=listing) | Q(offer=listing)).delete()
