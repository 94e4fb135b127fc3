"""Looking for somebody: who may, what fits, what the cards show."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Exists, OuterRef, QuerySet
from django.utils import timezone

from wanowa.guideline.rules import Kind
from wanowa.kernel.eras import fiscal_year_of
from wanowa.parties.models import Party, Registration
from wanowa.parties.rules import RegistrationStatus
from wanowa.talent.models import Access, Listing, Look, Profile
from wanowa.talent.queries.sight import (
    DESK,
    PARTY,
    PUBLIC,
    Viewer,
    fields_shown,
    live,
    pseudonym,
    said,
    seen,
    taxonomy,
)
from wanowa.talent.rules import Field, Group, answer, published


def may_look(party: Party) -> bool:
    """Tell whether a party may look: a department, or a group registered this year, and open. ≤ one query."""
    if party.closed_at is not None:
        return False
    if party.kind == Kind.CITY:
        return True
    return Registration.objects.filter(
        party=party, fiscal_year=fiscal_year_of(timezone.localdate()), status=RegistrationStatus.ACCEPTED
    ).exists()


def viewer_of(look: Look) -> Viewer:
    """Return as what the one who looked may see: as the desk, or as a party. No query."""
    return DESK if look.party_id is None else PARTY


def fitting(
    viewer: Viewer,
    skills: Collection[str],
    *,
    area: str = "",
    times: str = "",
    now: datetime | None = None,
) -> QuerySet[Listing]:
    """Return what a viewer may find, oldest first. Costs one query.

    A wish is compared only with what this viewer may see of a person: what is hidden answers nothing.
    """
    moment = now or timezone.now()

    def consented(field: Field) -> Exists:
        return Exists(live(viewer, moment).filter(profile=OuterRef("profile"), field=field))

    found = Listing.objects.filter(consented(Field.SKILLS), skills__overlap=sorted(skills))
    if area:
        found = found.filter(consented(Field.AREA), area__in=[area, "anywhere"])
    if times:
        found = found.filter(consented(Field.TIMES), times__overlap=[times, "any"])
    return found.order_by("pk")


def profiles_today(party: int, now: datetime | None = None) -> int:
    """Return how many people's cards a party has opened today. Costs one query."""
    moment = now or timezone.now()
    start = timezone.localtime(moment).replace(hour=0, minute=0, second=0, microsecond=0)
    found = Access.objects.filter(party_id=party, at__gte=start, look__isnull=False)
    return found.values("profile").distinct().count()


@dataclass(frozen=True, slots=True)
class Card:
    """One person on the page of a look, without a name."""

    profile: int
    handle: str
    lines: tuple[tuple[Field, str], ...]


def cards_of(look: Look, now: datetime | None = None) -> list[Card]:
    """Return the people of a look as they may be seen now; who has gone meanwhile is gone. Costs two queries."""
    profiles = list(Profile.objects.filter(accesses__look=look).order_by("accesses__id"))
    found = seen(profiles, viewer_of(look), now)
    return [
        Card(profile.pk, handle_of(profile, look.party_id), tuple(said(found[profile.pk])))
        for profile in profiles
        if found[profile.pk].get(Field.SKILLS)
    ]


def handle_of(profile: Profile, party: int | None) -> str:
    """Return what the viewer calls a person: the desk by the number of her receipt, a party by a pseudonym."""
    return profile.number if party is None else pseudonym(profile.pk, party)


def person_behind(look: Look, handle: str) -> Profile | None:
    """Return whom a party's pseudonym on a look means, while she may be seen. Costs two queries."""
    for profile in Profile.objects.filter(accesses__look=look):
        if (
            pseudonym(profile.pk, look.party_id) == handle
            and fields_shown([profile], viewer_of(look))[profile.pk]
        ):
            return profile
    return None


def look_of(pk: int, person: int | None) -> Look | None:
    """Return a look that this person made and may still read. Costs one query."""
    return (
        Look.objects.filter(pk=pk, person_id=person, until__gt=timezone.now()).select_related("party").first()
    )


def public_groups() -> tuple[Group, ...]:
    """Return how many people can do what, and where, as everybody may know it. Costs one query."""
    now, known = timezone.now(), taxonomy()

    def consented(field: Field) -> Exists:
        return Exists(live(PUBLIC, now).filter(profile=OuterRef("profile"), field=field))

    rows = Listing.objects.filter(consented(Field.SKILLS)).annotate(places=consented(Field.AREA))
    people: Iterable[tuple[frozenset[str], str]] = [
        (known.kinds_of(skills), area if places else "")
        for skills, area, places in rows.values_list("skills", "area", "places")
    ]
    return published(people, [block.key for block in known.blocks])


def public_answer(filters: dict[str, str]) -> list[tuple[str, str, int]]:
    """Return (what, where, how many) for everybody, by the filters `kind` and `block`. Costs one query."""
    known = taxonomy()
    return [
        (known.kind_label(group.kind), known.block_label(group.block), group.people)
        for group in answer(public_groups(), filters)
    ]
