"""Gathering what a paper speaks of: one version or draft, its parties as they are called today, who agreed when."""

from collections.abc import Iterable
from datetime import date, datetime
from urllib.parse import unquote

from django.conf import settings
from django.urls import reverse
from django.utils import timezone, translation

from wanowa.collaborations.models import Collaboration, Draft, Version
from wanowa.collaborations.queries import consents_to, in_force_before
from wanowa.collaborations.rules import Terms
from wanowa.guideline.queries import pack
from wanowa.guideline.rules import PaperKind
from wanowa.papers.rules import Agreement, Called, Figures, Standing, sheet_of
from wanowa.parties.models import Party
from wanowa.press.printing import printed


def agreement_of(version: Version, figures: Figures | None = None) -> Agreement:
    """Return one version as its papers tell it, with figures when given.

    Costs three queries, one more for the collaboration.
    """
    terms = version.terms
    consents = tuple((one.party_id, _day(one.given_at)) for one in consents_to(version))
    before = in_force_before(version)
    address = _public(version.collaboration, version.number)
    return Agreement(
        terms=terms,
        called=_called({*terms.parties, *version.concerned, *(figures.parties if figures else ())}),
        standing=_standing(version),
        made=timezone.localtime(version.in_force_at or version.offered_at),
        number=version.number,
        fingerprint=version.fingerprint,
        consents=consents,
        address=address,
        readable=unquote(address),
        before=before.terms if before else None,
        figures=figures,
    )


def drafted(draft: Draft, in_force: Version | None) -> Agreement:
    """Return a draft as its papers would be if everybody consented now. Costs one query."""
    terms: Terms = draft.terms
    return Agreement(
        terms=terms,
        called=_called(terms.parties),
        standing=Standing.DRAFT,
        made=timezone.localtime(draft.updated_at),
        before=in_force.terms if in_force else None,
    )


def paper(agreement: Agreement, kind: PaperKind) -> bytes:
    """Return one paper as PDF, in Japanese whatever the reader's language: the same bytes each time. No query."""
    with translation.override("ja"):
        return printed(sheet_of(agreement, kind, pack().papers.get(kind)))


def _standing(version: Version) -> Standing:
    if version.in_force_at:
        return Standing.IN_FORCE
    return Standing.CLOSED if version.closed_at else Standing.OFFERED


def _day(moment: datetime) -> date:
    return timezone.localtime(moment).date()


def _called(parties: Iterable[int]) -> dict[int, Called]:
    found = Party.objects.filter(pk__in=set(parties)).values_list("pk", "name", "alternative_name", "kind")
    return {pk: Called(name, other, kind) for pk, name, other, kind in found}


def _public(collaboration: Collaboration, number: int) -> str:
    return settings.PUBLIC_URL + reverse("collaborations:version", args=[collaboration.slug, number])
